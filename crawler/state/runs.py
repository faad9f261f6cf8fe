"""Runs, their locks, and what is forgotten."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple

from sqlalchemy import Connection, case, delete, insert, or_, select, text, update

from crawler.errors import LockedError
from crawler.retries import DAY
from crawler.state.database import Database, chunks, key_of
from crawler.state.schema import addresses, feeds, hosts, lines, outcomes, runs, seeds, texts
from crawler.state.similar import take_out

HISTORY = 30  # runs that a run is seen beside
_HELD: set[tuple[str, str]] = set()  # the locks of this process, which the system does not hold against itself


class PastRun(NamedTuple):
    """A run as the state remembers it; what it has not said is empty."""

    id: int
    spider: str
    started: int
    finished: int | None
    exit: str | None
    arguments: Mapping[str, Any]
    counts: Mapping[str, Any]  # stats
    digest: Mapping[str, Any]  # as reports/digest.py makes it, and "alerts"


class Lock(AbstractContextManager["Lock"]):
    """Only one run at a time has it; the system takes it back when its owner dies, however that dies.

    SQLite: a POSIX record lock on a file beside the database (unlike flock, a worker that outlives its parent does not
    keep it). PostgreSQL: an advisory lock on a connection of its own. In memory there is nobody to keep out.
    """

    def __init__(self, database: Database, name: str, owner: str) -> None:
        self.database = database
        self.name = name
        self.owner = owner
        self._file: IO[str] | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Lock:
        """Take it, or raise LockedError with who has it."""
        me = (self.database.url, self.name)
        path = self.database.engine.url.database
        if me in _HELD:
            raise LockedError(f"{self.name}: this process already crawls it")
        if self.database.is_postgresql:
            self._ask_server()
        elif path:
            self._ask_system(Path(f"{path}.{self.name}.lock"))
            _HELD.add(me)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it back."""
        _HELD.discard((self.database.url, self.name))
        if self._file is not None:
            self._file.close()
        if self._connection is not None:
            self._connection.close()

    def _ask_system(self, path: Path) -> None:
        self._file = path.open("a+", encoding="utf-8")
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.seek(0)
            owner = self._file.read().strip()
            self._file.close()
            self._file = None
            raise LockedError(f"{self.name}: another run is under way ({owner})") from None
        self._file.truncate(0)
        self._file.write(self.owner)
        self._file.flush()

    def _ask_server(self) -> None:
        number = int.from_bytes(key_of(self.name)[:8], "big", signed=True)
        connection = self.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.execute(text("SELECT pg_try_advisory_lock(:n)"), {"n": number}).scalar_one():
            self._connection = connection
            return
        owner = connection.execute(
            select(runs.c.owner).where(runs.c.lock == self.name, runs.c.finished.is_(None)).order_by(runs.c.id.desc())
        ).scalar()
        connection.close()
        raise LockedError(f"{self.name}: another run is under way ({owner})")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run was asked."""

    arguments: Mapping[str, str] = field(default_factory=dict)  # -a
    settings: Mapping[str, str] = field(default_factory=dict)  # -s


def begin(database: Database, lock: Lock, spider: str, asked: Asked, now: int) -> int:
    """A run begins; runs under its lock that never ended were killed. Its number."""
    values = {"spider": spider, "lock": lock.name, "owner": lock.owner, "started": now}
    values |= {name: json.dumps(dict(getattr(asked, name)), ensure_ascii=False) for name in ("arguments", "settings")}
    with database.begin() as connection:
        dead = (runs.c.lock == lock.name, runs.c.finished.is_(None))
        connection.execute(update(runs).where(*dead).values(finished=now, exit="killed"))
        made = connection.execute(insert(runs).values(**values).returning(runs.c.id))
        return int(made.scalar_one())


def finish(database: Database, run: int, reason: str, counts: Mapping[str, Any], now: int) -> None:
    """A run ends as Scrapy says (``finish_reason``)."""
    said = json.dumps(dict(counts), ensure_ascii=False)
    with database.begin() as connection:
        connection.execute(update(runs).where(runs.c.id == run).values(finished=now, exit=reason, counts=said))


def digested(database: Database, run: int, digest: Mapping[str, Any]) -> None:
    """What a run has brought in."""
    said = json.dumps(dict(digest), ensure_ascii=False)
    with database.begin() as connection:
        connection.execute(update(runs).where(runs.c.id == run).values(digest=said))


def past(
    database: Database, spider: str | None = None, before: int | None = None, limit: int = HISTORY
) -> list[PastRun]:
    """The last runs, of a spider, before a run; the last one first."""
    query = select(*(runs.c[name] for name in PastRun._fields)).order_by(runs.c.id.desc()).limit(limit)
    if spider is not None:
        query = query.where(runs.c.spider == spider)
    if before is not None:
        query = query.where(runs.c.id < before)
    with database.read() as connection:
        return [PastRun(*row[:5], *(json.loads(text or "{}") for text in row[5:])) for row in connection.execute(query)]


def is_first_of_its_day(database: Database, run: int) -> bool:
    """Whether no run of the spider began earlier on the same day (UTC)."""
    mine, other = runs.alias(), runs.alias()
    morning = mine.c.started - mine.c.started % DAY
    same = (other.c.spider == mine.c.spider, other.c.id < mine.c.id, other.c.started >= morning)
    earlier = select(other.c.id).where(*same)
    with database.read() as connection:
        return not connection.execute(select(earlier.exists()).select_from(mine).where(mine.c.id == run)).scalar_one()


def closed_until(database: Database, host: str) -> int:
    """When a host that asked to be left alone may be asked again; 0 where it has not."""
    with database.read() as connection:
        query = select(hosts.c.closed_until).where(hosts.c.name == host)
        return int(connection.execute(query).scalar() or 0)


def stay_away(database: Database, host: str, until: int) -> None:
    """A host asks to be left alone."""
    adding = database.insert(hosts).values(name=host, closed_until=until)
    with database.begin(durable=False) as connection:
        connection.execute(adding.on_conflict_do_update(index_elements=["name"], set_={"closed_until": until}))


def forget(database: Database, spider: str, before: int) -> int:
    """Forget the addresses that no seed has named since, and what hangs on them. How many.

    A seed that was not changed since it named an address (304, an index's word) names it still.
    """
    still = addresses.c.last_seen >= seeds.c.changed - DAY
    named = case((still, seeds.c.vouched), else_=addresses.c.last_seen)
    query = (
        select(addresses.c.id)
        .outerjoin(seeds, seeds.c.id == addresses.c.seed)
        .where(
            addresses.c.spider == spider,
            addresses.c.status.in_(("done", "refused")),
            addresses.c.last_seen < before,
            or_(named.is_(None), named < before),
            ~select(outcomes.c.address).where(outcomes.c.address == addresses.c.id).exists(),
        )
    )
    with database.begin() as connection:
        gone = connection.execute(query).scalars().all()
        for chunk in chunks(gone):
            for table in (lines, texts):
                connection.execute(delete(table).where(table.c.address.in_(chunk)))
            take_out(connection, chunk)
            connection.execute(delete(addresses).where(addresses.c.id.in_(chunk)))
        empty = ~select(lines.c.feed).where(lines.c.feed == feeds.c.id).exists()
        connection.execute(delete(feeds).where(feeds.c.spider == spider, feeds.c.stored < before, empty))
        used = select(feeds.c.id).where(feeds.c.run == runs.c.id).exists()
        connection.execute(delete(runs).where(runs.c.spider == spider, runs.c.finished < before, ~used))
    return len(gone)
