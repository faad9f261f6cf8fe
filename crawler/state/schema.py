"""The tables, and how an older database becomes this one.

Times are seconds since 1970 (UTC). Every row belongs to a spider: two spiders deliver into feeds of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    inspect,
    select,
    text,
    update,
)

from crawler.errors import StateError

metadata = MetaData()
_ID = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by an INTEGER only

version = Table("version", metadata, Column("number", Integer, nullable=False))

runs = Table(
    "runs",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("spider", String(200), nullable=False),
    Column("lock", String(200), nullable=False),  # runs with one lock cannot overlap
    Column("owner", String(300), nullable=False),  # host and process
    Column("arguments", Text, nullable=False),  # JSON: what the run was asked (-a)
    Column("settings", Text, nullable=False),  # JSON: what its command line set (-s), without secrets
    Column("started", BigInteger, nullable=False),
    Column("finished", BigInteger),
    Column("exit", String(100)),  # Scrapy's finish_reason; "killed" for a run that never said
    Column("counts", Text),  # JSON
    Column("digest", Text),  # JSON: what the run has brought in (crawler/reports/digest.py), and its alerts
    Index("runs_by_lock", "lock", "finished"),
)

seeds = Table(
    "seeds",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("spider", String(200), nullable=False),
    Column("key", LargeBinary(16), nullable=False),
    Column("url", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("parent", BigInteger),
    Column("lastmod", BigInteger),  # what the parent says
    Column("etag", Text),
    Column("last_modified", Text),
    Column("success", BigInteger),  # the last 200 or 304
    Column("vouched", BigInteger),  # when what it named was last known to be named still
    Column("changed", BigInteger),  # the last 200
    Column("read_run", BigInteger),  # the run of the last 200
    Column("complete", BigInteger),  # the last run that walked all there was to walk from here
    Column("failure", BigInteger),
    Column("failures", Integer, nullable=False, default=0),  # since the last success
    Column("entries", Integer),
    Column("newest", BigInteger),  # the last moment that one of its entries has
    UniqueConstraint("spider", "key"),
    Index("seeds_by_parent", "parent"),
)

addresses = Table(
    "addresses",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("spider", String(200), nullable=False),
    Column("key", LargeBinary(16), nullable=False),  # of urls.identity
    Column("url", Text, nullable=False),  # as to fetch it
    Column("status", String(10), nullable=False),  # new | done | retry | refused | unwanted
    Column("rank", BigInteger, nullable=False),  # newest first: the date that is known, or when it was first seen
    Column("first_run", BigInteger, nullable=False),
    Column("last_run", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),  # exact to a day
    Column("seed", BigInteger),  # the seed that named it
    Column("hints", Text),  # JSON: what seeds said; only while it waits
    Column("modified", BigInteger),  # the newest date a seed gave
    Column("said", LargeBinary(8)),  # fingerprint of what the feed says of it
    # What the last stored record says:
    Column("fetched", BigInteger),
    Column("fetched_modified", BigInteger),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("reason", String(20)),
    Column("tries", Integer, nullable=False, default=0),
    Column("retry_at", BigInteger),
    Column("unchanged", Integer, nullable=False, default=0),  # fetched again for nothing, in a row
    Column("fingerprint", String(32)),
    Column("revision", Integer, nullable=False, default=0),
    UniqueConstraint("spider", "key"),
    Index("addresses_by_rank", "spider", "status", "rank", "id"),
)

texts = Table(  # the words of the last revision, to say what the next one changes
    "texts",
    metadata,
    Column("address", BigInteger, primary_key=True, autoincrement=False),
    Column("words", LargeBinary, nullable=False),  # zlib of JSON: headline and body
)

hosts = Table(  # that have asked to be left alone
    "hosts",
    metadata,
    Column("name", String(300), primary_key=True),
    Column("closed_until", BigInteger, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("run", BigInteger, nullable=False),
    Column("spider", String(200), nullable=False),
    Column("template", Text, nullable=False),  # the key in FEEDS
    Column("uri", Text, nullable=False),
    Column("spool", Text),  # where its bytes lie until they are stored
    Column("state", String(10), nullable=False),  # open | closing | stored
    Column("records", Integer),
    Column("size", BigInteger),
    Column("sha256", String(64)),
    Column("stored", BigInteger),
    Column("listed", Boolean),  # whether a manifest lists it; unknown of feeds from before there were manifests
    Index("feeds_by_state", "spider", "state"),
    Index("feeds_by_run", "run"),
)

lines = Table(  # which feed holds which revision of which address
    "lines",
    metadata,
    Column("address", BigInteger, primary_key=True, autoincrement=False),
    Column("feed", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False),
    Index("lines_by_feed", "feed"),
)

outcomes = Table(  # what an address's row becomes when the feeds that hold its record are stored
    "outcomes",
    metadata,
    Column("address", BigInteger, primary_key=True, autoincrement=False),
    Column("run", BigInteger, nullable=False),
    Column("status", String(10), nullable=False),
    Column("rank", BigInteger),
    Column("fetched", BigInteger, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("reason", String(20)),
    Column("tries", Integer, nullable=False),
    Column("retry_at", BigInteger),
    Column("unchanged", Integer, nullable=False),
    Column("fingerprint", String(32)),
    Column("revision", Integer, nullable=False),
    Column("words", LargeBinary),
)

sketches = Table(  # the articles of the last weeks, for finding near-duplicates
    "sketches",
    metadata,
    Column("address", BigInteger, primary_key=True, autoincrement=False),
    Column("spider", String(200), nullable=False),
    Column("url", Text, nullable=False),
    Column("fingerprint", String(32), nullable=False, index=True),
    Column("sketch", LargeBinary, nullable=False),
    Column("seen", BigInteger, nullable=False, index=True),
)

bands = Table(  # looked for by band alone: with an index by address, too, the state would be three times as large
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("address", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)


def _add(table: str, column: str, kind: str) -> Callable[[Connection], None]:
    """A step that adds a column, where the tables were made without it."""

    def step(connection: Connection) -> None:
        if column not in {known["name"] for known in inspect(connection).get_columns(table)}:
            connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {column} {kind}"))

    return step


def _bands_by_key(connection: Connection) -> None:
    """Bands had two indexes and no key."""
    if inspect(connection).get_pk_constraint("bands")["constrained_columns"]:
        return
    connection.execute(text("ALTER TABLE bands RENAME TO old_bands"))
    bands.create(connection)
    connection.execute(text("INSERT INTO bands SELECT DISTINCT band, address FROM old_bands"))
    connection.execute(text("DROP TABLE old_bands"))


#: What each version adds to the one before it. The first makes the tables as they are now; the next one's function
#: goes to the end.
MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    metadata.create_all,
    _add("feeds", "listed", "BOOLEAN"),
    _add("runs", "digest", "TEXT"),
    _bands_by_key,
    _add("seeds", "newest", "BIGINT"),
)


def migrate(
    connection: Connection, version: Table = version, steps: Sequence[Callable[[Connection], None]] = ()
) -> None:
    """Bring a database to this version, from nothing or from any older one. StateError for a newer one."""
    steps = steps or MIGRATIONS
    known = inspect(connection).has_table(version.name)
    number = connection.execute(select(version.c.number)).scalar_one() if known else 0
    if number > len(steps):
        raise StateError(f"it has version {number}, this program knows {len(steps)}: the program is too old")
    for step in steps[number:]:
        step(connection)
    if not known:
        connection.execute(insert(version).values(number=len(steps)))
    elif number < len(steps):
        connection.execute(update(version).values(number=len(steps)))
