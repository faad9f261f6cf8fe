"""Seeds: feeds, sitemaps, listings; when each was read, and by what the site can tell that it has not changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import RowMapping, select, update

from crawler.retries import DAY, HOUR
from crawler.state.database import Database, chunks, key_of
from crawler.state.schema import seeds

WEEK = 7 * DAY


@dataclass(frozen=True, slots=True)
class SeedRow:
    """What is known of a seed. Times are seconds since 1970."""

    id: int
    url: str
    kind: str
    lastmod: int | None
    etag: str | None
    last_modified: str | None
    success: int | None
    read_run: int | None
    complete: int | None
    failures: int  # in a row
    newest: int | None = None

    @property
    def validators(self) -> dict[str, str]:
        """The headers of a conditional request (RFC 9110, 13.1); none while what it led to was not walked whole."""
        if self.read_run is None or self.read_run != self.complete:
            return {}
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in found.items() if value}

    @property
    def last_change(self) -> int | None:
        """When an index says that this sitemap last changed; none where it has had entries of a later day."""
        return None if self.lastmod is None or (self.newest or 0) > self.lastmod + DAY else self.lastmod

    def is_settled(self, now: int) -> bool:
        """Whether an index's ``lastmod`` says that this sitemap was read since it last changed.

        A day without a time lasts to its end (the caller's reading of it), clocks differ by an hour, and once a week
        the word of an index is not taken.
        """
        if self.last_change is None or self.success is None or self.read_run != self.complete:
            return False
        return self.last_change + HOUR <= self.success and now - self.success < WEEK


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a seed."""

    run: int
    now: int
    etag: str | None
    last_modified: str | None
    entries: int
    whole: bool  # nothing is left to walk from it
    newest: int = 0  # the last moment that an entry has; 0 where none has any


def know(
    database: Database, spider: str, named: Iterable[tuple[str, str, int | None]], parent: int | None = None
) -> list[SeedRow]:
    """The rows of seeds, made where they are new: (url, kind, the parent's lastmod) of each."""
    found = []
    with database.begin(durable=False) as connection:
        for url, kind, lastmod in named:
            key = key_of(url)
            values = {"spider": spider, "key": key, "url": url, "kind": kind, "parent": parent, "failures": 0}
            connection.execute(database.insert(seeds).values(values).on_conflict_do_nothing())
            where = (seeds.c.spider == spider, seeds.c.key == key)
            if lastmod is not None or parent is not None:
                connection.execute(update(seeds).where(*where).values(lastmod=lastmod, parent=parent))
            found.append(_row(connection.execute(select(seeds).where(*where)).mappings().one()))
    return found


def of_spider(database: Database, spider: str) -> list[SeedRow]:
    """All that is known of a spider's seeds."""
    with database.read() as connection:
        return [_row(row) for row in connection.execute(select(seeds).where(seeds.c.spider == spider)).mappings()]


def children(database: Database, seed: SeedRow) -> list[SeedRow]:
    """The seeds that a seed has led to: what an index that has not changed still names."""
    with database.read() as connection:
        rows = connection.execute(select(seeds).where(seeds.c.parent == seed.id).order_by(seeds.c.id)).mappings()
        return [_row(row) for row in rows]


def _row(row: RowMapping) -> SeedRow:
    return SeedRow(**{name: row[name] for name in SeedRow.__slots__})


def read(database: Database, seed: SeedRow, reading: Reading) -> None:
    """A seed was read, and all that it names is noted."""
    run, now = reading.run, reading.now
    values: dict[str, object] = {"success": now, "vouched": now, "changed": now, "read_run": run, "failures": 0}
    values |= {"etag": reading.etag, "last_modified": reading.last_modified}
    values |= {"entries": reading.entries, "newest": reading.newest}
    if reading.whole:
        values["complete"] = run
    _set(database, seed, values)


def walked(database: Database, seed: SeedRow, run: int) -> None:
    """All pages that a listing leads to, as far as they have anything new, are noted."""
    _set(database, seed, {"complete": run})


def not_modified(database: Database, seed: SeedRow, now: int) -> None:
    """The site answered 304."""
    _set(database, seed, {"success": now, "vouched": now, "failures": 0})


def vouched(database: Database, seeds_: Iterable[SeedRow], now: int) -> None:
    """Their index says that they have not changed."""
    with database.begin(durable=False) as connection:
        # An index has up to 50,000 sitemaps, and plain SQLite takes 32,766 parameters.
        for chunk in chunks(seed.id for seed in seeds_):
            connection.execute(update(seeds).where(seeds.c.id.in_(chunk)).values(vouched=now))


def failed(database: Database, seed: SeedRow, now: int) -> None:
    """A seed that could not be read."""
    _set(database, seed, {"failure": now, "failures": seeds.c.failures + 1})


def _set(database: Database, seed: SeedRow, values: Mapping[str, object]) -> None:
    with database.begin(durable=False) as connection:
        connection.execute(update(seeds).where(seeds.c.id == seed.id).values(**values))
