"""Feeds and the records they hold. An address is done when every feed that holds its record is stored.

A feed is ``open`` while lines are written, ``closing`` from when its bytes are whole on this disk (the spool) until
its storage has them, then ``stored``. Killed while open, it is lost and its addresses wait again; killed while
closing, the same bytes are stored under the same name once more, which changes nothing where they had arrived.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, case, delete, exists, func, insert, select, update

from crawler.state.database import Database, chunks
from crawler.state.schema import addresses, feeds, lines, outcomes, runs, texts

DEFERRED = ("open", "closing")


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed of some run."""

    id: int
    template: str
    uri: str
    spool: str | None
    records: int | None
    size: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class StoredFeed:
    """A feed that its storage has, and the run that wrote it."""

    id: int
    run: int
    template: str
    uri: str
    records: int
    size: int
    sha256: str
    spider: str
    started: int
    arguments: str  # JSON

    @property
    def shown(self) -> str:
        """Its address without a password."""
        scheme, between, rest = self.uri.partition("://")
        return f"{scheme}://{rest.rpartition('@')[2]}" if between else self.uri


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one address, and the feeds that have a line of it."""

    address: int
    run: int
    status: str | None  # what the address becomes; None: a feed could not take the record, so it waits on
    fetched: int
    revision: int
    rank: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    reason: str | None = None
    tries: int = 0
    retry_at: int | None = None
    unchanged: int = 0
    fingerprint: str | None = None
    words: bytes | None = None
    feeds: tuple[int, ...] = ()

    @property
    def outcome(self) -> dict[str, object]:
        """Its row."""
        return {column.name: getattr(self, column.name) for column in outcomes.columns}


def open_feed(database: Database, run: int, spider: str, template: str, uri: str, spool: str | None) -> int:
    """A feed that is about to get its first line. Its number."""
    values = {
        "run": run,
        "spider": spider,
        "template": template,
        "uri": uri,
        "spool": spool,
        "state": "open",
        "listed": False,
    }
    with database.begin() as connection:
        return int(connection.execute(insert(feeds).values(values).returning(feeds.c.id)).scalar_one())


def write(database: Database, written: Sequence[Written]) -> None:
    """Note records whose lines are written; those that no feed takes are settled at once."""
    if not written:
        return
    with database.begin(durable=False) as connection:
        held = outcomes.c.address.in_([record.address for record in written])
        connection.execute(delete(outcomes).where(held))
        settled = [record.outcome for record in written if record.status]
        if settled:
            connection.execute(insert(outcomes), settled)
        rows = [
            {"address": record.address, "feed": feed, "revision": record.revision}
            for record in written
            for feed in record.feeds
        ]
        if rows:
            connection.execute(database.insert(lines).on_conflict_do_nothing(), rows)
        _settle(database, connection, [record.address for record in written if not record.feeds])


def closing(database: Database, feed: int, *, records: int, size: int, sha256: str) -> None:
    """The feed's bytes are whole and on the disk."""
    values = {"state": "closing", "records": records, "size": size, "sha256": sha256}
    with database.begin() as connection:
        connection.execute(update(feeds).where(feeds.c.id == feed).values(**values))


def stored(database: Database, feed: int, now: int) -> None:
    """The storage has the feed: what it holds is done, unless another feed still owes it."""
    with database.begin() as connection:
        connection.execute(update(feeds).where(feeds.c.id == feed).values(state="stored", stored=now, spool=None))
        query = select(outcomes.c.address).join(lines, lines.c.address == outcomes.c.address)
        found = connection.execute(query.where(lines.c.feed == feed)).scalars().all()
        for chunk in chunks(found):
            _settle(database, connection, chunk)


def lose(database: Database, lost: Iterable[int]) -> None:
    """Feeds that will never be stored: the addresses that they alone hold wait again."""
    with database.begin() as connection:
        for feed in lost:
            of_feed = select(lines.c.address).where(lines.c.feed == feed)
            connection.execute(delete(outcomes).where(outcomes.c.address.in_(of_feed)))
            connection.execute(delete(lines).where(lines.c.feed == feed))
            connection.execute(delete(feeds).where(feeds.c.id == feed))


def unfinished(database: Database, lock: str, state: str) -> list[FeedRow]:
    """The feeds of runs under a lock that are still open, or closing."""
    query = (
        select(*(feeds.c[name] for name in FeedRow.__slots__))
        .join(runs, runs.c.id == feeds.c.run)
        .where(runs.c.lock == lock, feeds.c.state == state)
        .order_by(feeds.c.id)
    )
    with database.read() as connection:
        return [FeedRow(*row) for row in connection.execute(query)]


def unlisted(database: Database, lock: str) -> list[StoredFeed]:
    """The stored feeds of runs under a lock that no manifest lists yet."""
    return _stored(database, runs.c.lock == lock, feeds.c.listed.is_(False))


def of_run(database: Database, run: int) -> list[StoredFeed]:
    """The stored feeds of a run."""
    return _stored(database, runs.c.id == run)


def _stored(database: Database, *wanted: ColumnElement[bool]) -> list[StoredFeed]:
    columns = [(feeds if name in feeds.c else runs).c[name] for name in StoredFeed.__slots__]
    query = select(*columns).join(runs, runs.c.id == feeds.c.run).order_by(feeds.c.id)
    filed = (feeds.c.state == "stored", feeds.c.sha256 != "")  # what went to stdout is nowhere
    with database.read() as connection:
        return [StoredFeed(*row) for row in connection.execute(query.where(*filed, *wanted))]


def listed(database: Database, ids: Sequence[int]) -> None:
    """A manifest lists these feeds."""
    with database.begin() as connection:
        for chunk in chunks(ids):
            connection.execute(update(feeds).where(feeds.c.id.in_(chunk)).values(listed=True))


def holders(database: Database, address: int, revision: int) -> set[str]:
    """The templates of the feeds that hold a revision."""
    query = select(feeds.c.template).join(lines, lines.c.feed == feeds.c.id)
    with database.read() as connection:
        found = connection.execute(query.where(lines.c.address == address, lines.c.revision == revision))
        return set(found.scalars())


def words(database: Database, address: int) -> bytes | None:
    """The words of an address' stored revision, as revisions.pack made them."""
    with database.read() as connection:
        return connection.execute(select(texts.c.words).where(texts.c.address == address)).scalar()


def _settle(database: Database, connection: Connection, candidates: Sequence[int]) -> None:
    """Of these addresses, those that no feed owes any more become what their outcome says."""
    if not candidates:
        return
    owed = exists().where(
        lines.c.address == outcomes.c.address,
        lines.c.feed == feeds.c.id,
        lines.c.revision == outcomes.c.revision,
        feeds.c.state.in_(DEFERRED),
    )
    query = select(outcomes.c.address).where(outcomes.c.address.in_(candidates), ~owed)
    free = connection.execute(query).scalars().all()
    if not free:
        return
    mine = and_(outcomes.c.address == addresses.c.id, addresses.c.id.in_(free))
    same = (
        "status fetched etag last_modified reason tries retry_at unchanged".split()  # as the outcome says
    )
    connection.execute(
        update(addresses)
        .where(mine)
        .values(
            {name: outcomes.c[name] for name in same}
            | {
                "rank": func.coalesce(outcomes.c.rank, addresses.c.rank),
                "fingerprint": func.coalesce(outcomes.c.fingerprint, addresses.c.fingerprint),
                "revision": outcomes.c.revision,
                "fetched_modified": addresses.c.modified,
                "hints": case((outcomes.c.status.in_(("unwanted", "retry")), addresses.c.hints), else_=None),
            }
        )
    )
    said = select(outcomes.c.address, outcomes.c.words).where(
        outcomes.c.address.in_(free), outcomes.c.words.is_not(None)
    )
    adding = database.insert(texts).from_select(["address", "words"], said)
    connection.execute(adding.on_conflict_do_update(index_elements=["address"], set_={"words": adding.excluded.words}))
    connection.execute(delete(outcomes).where(outcomes.c.address.in_(free)))
