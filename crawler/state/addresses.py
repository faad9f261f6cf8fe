"""Addresses of articles: what seeds have named, what waits to be fetched, newest first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    bindparam,
    delete,
    exists,
    select,
    update,
)

from crawler.retries import DAY
from crawler.state.database import Database, chunks
from crawler.state.schema import addresses, lines

#: A story whose newer date brought no new words so often is believed only a day after its last fetch.
FALSE_ALARMS = 2


@dataclass(frozen=True, slots=True)
class Named:
    """An address as a seed names it. Dates are seconds since 1970."""

    key: bytes  # database.key_of(urls.identity(url))
    url: str
    published: int | None = None
    modified: int | None = None
    said: bytes | None = None  # fingerprint of what a feed says of it: 8 bytes
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Naming:
    """Who names addresses, when, and what that means for those that are known."""

    spider: str
    run: int
    now: int  # when the run began: undated addresses of one run keep the order in which it found them
    seed: int | None = None
    changes: bool = True  # a newer date fetches a delivered story again
    always: bool = False  # every story that is named is asked again
    afresh: bool = False  # as if it had never been seen
    claims: bool = False  # the run fetches only what it names itself: each address is marked as its own


@dataclass(frozen=True, slots=True)
class Address:
    """An address that waits to be fetched, and what the last stored record said of it."""

    id: int
    key: bytes
    url: str
    rank: int
    hints: Mapping[str, str]
    etag: str | None
    last_modified: str | None
    fingerprint: str | None
    revision: int
    tries: int
    unchanged: int
    partly: bool  # some feed already holds the revision that comes now


def note(database: Database, naming: Naming, named: Sequence[Named]) -> list[int]:
    """Remember what a seed names. For each address the number of the run that first saw it.

    A known address waits again when it has changed (``is_changed``). Nothing is durable before the seed's own row:
    a seed that was read counts as read only after its addresses are here.
    """
    first: dict[bytes, int] = {}
    for chunk in chunks({entry.key: entry for entry in reversed(named)}.values()):
        with database.begin(durable=False) as connection:
            known = _known(connection, naming.spider, [entry.key for entry in chunk])
            fresh = [_row(naming, entry) for entry in reversed(chunk) if entry.key not in known]
            if fresh:
                connection.execute(database.insert(addresses).on_conflict_do_nothing(), fresh)
            _update(connection, naming, [(known[e.key], e) for e in chunk if e.key in known])
        first |= {entry.key: known[entry.key]["first_run"] if entry.key in known else naming.run for entry in chunk}
    return [first[entry.key] for entry in named]


def _known(connection: Connection, spider: str, keys: list[bytes]) -> dict[bytes, RowMapping]:
    found = connection.execute(select(addresses).where(addresses.c.spider == spider, addresses.c.key.in_(keys)))
    return {bytes(row["key"]): row for row in found.mappings()}


def _row(naming: Naming, entry: Named) -> dict[str, Any]:
    return {
        "spider": naming.spider,
        "key": entry.key,
        "url": entry.url,
        "status": "new",
        "rank": _rank(entry, naming.now),
        "first_run": naming.run,
        "last_run": naming.run,
        "last_seen": naming.now,
        "seed": naming.seed,
        "hints": _packed(entry.hints),
        "modified": entry.modified,
        "said": entry.said,
        "tries": 0,
        "unchanged": 0,
        "revision": 0,
    }


def _rank(entry: Named, now: int) -> int:
    """Smallest first: minus the date."""
    return -(entry.published or entry.modified or now)


def _packed(hints: Mapping[str, str]) -> str:
    return json.dumps(dict(hints), ensure_ascii=False)


def _update(connection: Connection, naming: Naming, found: list[tuple[RowMapping, Named]]) -> None:
    """Touch what is named again, at most once a day; wake what has changed; learn more of what waits."""
    touched, told = [], []
    woken: list[int] = []
    for row, entry in found:
        settled = row["status"] in ("done", "refused") or (naming.afresh and row["status"] != "new")
        if settled and is_changed(row, entry, naming):
            woken.append(row["id"])
            told.append(_told(row, entry, -(entry.modified or entry.published or naming.now), entry.hints))
        elif row["status"] == "new" and _says_more(row, entry):
            known = json.loads(row["hints"] or "{}")
            is_dated = "date_published" in known or "date_modified" in known
            told.append(
                _told(row, entry, row["rank"] if is_dated else _rank(entry, naming.now), {**entry.hints, **known})
            )
        if row["last_seen"] < naming.now - DAY or (naming.claims and row["last_run"] != naming.run):
            touched.append(row["id"])
    if touched:
        seen = {"last_seen": naming.now, "last_run": naming.run, "seed": naming.seed or addresses.c.seed}
        connection.execute(update(addresses).where(addresses.c.id.in_(touched)).values(seen))
    if told:
        values: dict[str, Any] = {name: bindparam(name) for name in ("hints", "modified", "said", "rank")}
        connection.execute(update(addresses).where(addresses.c.id == bindparam("at")).values(**values), told)
    if woken:
        _wake(connection, woken, afresh=naming.afresh)


def _says_more(row: RowMapping, entry: Named) -> bool:
    """Whether a seed knows a newer date of an address that waits, or the first one."""
    newer = entry.modified is not None and entry.modified > (row["modified"] or 0)
    return newer or (entry.published is not None and "date_published" not in (row["hints"] or ""))


def _told(row: RowMapping, entry: Named, rank: int, hints: Mapping[str, str]) -> dict[str, Any]:
    modified, said = entry.modified or row["modified"], entry.said or row["said"]
    return {"at": row["id"], "hints": _packed(hints), "modified": modified, "said": said, "rank": rank}


def _wake(connection: Connection, woken: list[int], *, afresh: bool) -> None:
    values: dict[str, Any] = {"status": "new", "tries": 0}
    if afresh:
        values |= {"revision": 0, "fetched": None, "etag": None, "last_modified": None, "fingerprint": None}
        connection.execute(delete(lines).where(lines.c.address.in_(woken)))
    connection.execute(update(addresses).where(addresses.c.id.in_(woken)).values(values))


def is_changed(row: RowMapping | Mapping[str, Any], entry: Named, naming: Naming) -> bool:
    """Whether a story whose record is stored is worth another request.

    It is when a seed gives a newer date than at the last fetch, or the same feed says other words of it.
    """
    if naming.always or naming.afresh:
        return True
    if not naming.changes or row["fetched"] is None:
        return False
    before = row["fetched_modified"] or row["fetched"]
    if entry.modified is not None and entry.modified > before:
        return bool(row["unchanged"] < FALSE_ALARMS or entry.modified >= row["fetched"] + DAY)
    same_seed = row["seed"] == naming.seed and row["said"] is not None and entry.said is not None
    return bool(same_seed and bytes(row["said"]) != entry.said and row["unchanged"] < FALSE_ALARMS)


def find(database: Database, spider: str, key: bytes) -> Address:
    """One address that is known."""
    with database.read() as connection:
        query = selected().where(addresses.c.spider == spider, addresses.c.key == key)
        return address_from(connection.execute(query).mappings().one())


def selected() -> Select[Any]:
    """Rows that ``address_from`` takes."""
    some = exists().where(lines.c.address == addresses.c.id, lines.c.revision == addresses.c.revision + 1)
    return select(addresses, some.label("partly"))


def address_from(row: RowMapping) -> Address:
    """A row of ``selected``."""
    names = ("id", "url", "rank", "etag", "last_modified", "fingerprint", "revision", "tries", "unchanged")
    hints = json.loads(row["hints"] or "{}")
    return Address(key=bytes(row["key"]), hints=hints, partly=bool(row["partly"]), **{n: row[n] for n in names})


def unchanged(database: Database, address: Address, now: int) -> None:
    """The site answered 304: the stored record still says what the page says."""
    with database.begin(durable=False) as connection:
        connection.execute(
            update(addresses)
            .where(addresses.c.id == address.id)
            .values(
                status="done",
                fetched=now,
                fetched_modified=addresses.c.modified,
                unchanged=address.unchanged + 1,
                hints=None,
            )
        )
