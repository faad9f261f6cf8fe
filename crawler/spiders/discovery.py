"""``SeedSpider``: reads a site's seeds and notes the addresses that they name. Nothing here fetches an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

import scrapy
from scrapy.http import Request, Response, TextResponse
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import sitemap_urls_from_robots
from twisted.python.failure import Failure

from crawler import arguments, seeds
from crawler.extensions.run import Run
from crawler.middlewares import NotNow
from crawler.seeds import Entry, moment
from crawler.sites import Archive, Feed, Listing, Robots, Seed, Sitemap
from crawler.state import seeds as known
from crawler.state.addresses import Named
from crawler.state.database import CHUNK, chunks, key_of
from crawler.state.seeds import Reading, SeedRow
from crawler.urls import identity

from .answers import content_type, header, outcome
from .links import base_of

_GZIP = b"\x1f\x8b"
_KINDS: dict[str, type[Seed]] = {kind.__name__: kind for kind in (Feed, Sitemap, Listing, Robots)}


@dataclass
class Walk:
    """A listing on its way from page to page, until the first page without anything new."""

    archive: Archive | None = None  # whose day it is
    day: date | None = None
    pages: int = 0
    seen: set[str] = field(default_factory=set)  # the addresses on the pages so far


class SeedSpider(scrapy.Spider):
    """What a subclass decides: ``seeds_to_ask``, ``is_article``, ``accepts_seed``."""

    keeps_state = True
    takes: tuple[str, ...] = arguments.COMMON  # the arguments
    run: Run

    def __init__(self, **given: str) -> None:
        super().__init__()
        self.given = given
        self.arguments = arguments.parse(given, self.takes)
        self.open_seeds = 0  # asked for and not yet read
        self.found = 0  # addresses that no run has seen before
        self._asked_seeds: set[str] = set()

    @property
    def backfills(self) -> bool:
        """Whether the run walks archives."""
        return self.arguments.mode == "backfill"

    @property
    def afresh(self) -> bool:
        """Whether the run delivers once more what was delivered."""
        return self.arguments.again

    @property
    def reads_all(self) -> bool:
        """Whether seeds are read whole, whatever is known of them."""
        return self.backfills or self.afresh

    def is_article(self, url: str) -> bool:
        """Whether an address is one of the site's articles."""
        raise NotImplementedError

    def accepts_seed(self, url: str) -> bool:
        """Whether an address that a seed names may be a seed."""
        raise NotImplementedError

    # --- asking ---------------------------------------------------------------------------------

    def ask_seeds(self, found: Iterable[Seed]) -> Iterator[Request]:
        """Requests for seeds, each once in a run."""
        fresh = [seed for seed in found if seed.url not in self._asked_seeds]
        self._asked_seeds |= {seed.url for seed in fresh}
        named = [(seed.url, type(seed).__name__, None) for seed in fresh]
        rows = known.know(self.run.database, self.name, named)
        for seed, row in zip(fresh, rows, strict=True):
            yield self.ask_seed(seed, row)

    def ask_seed(self, seed: Seed, row: SeedRow, walk: Walk | None = None) -> Request:
        """The request for a seed; conditional where the seed was read before."""
        self.open_seeds += 1
        return Request(
            seed.url,
            self.parse_seed,
            errback=self.seed_failed,
            cb_kwargs={"seed": seed, "row": row, "walk": walk or Walk()},
            headers={} if self.reads_all or walk else row.validators,
            meta={"handle_httpstatus_list": [304]},
            priority=10,
            dont_filter=True,
        )

    def seed_failed(self, failure: Failure) -> None:
        """A seed that gives nothing is an error in the log and a stat; the others go on."""
        self.open_seeds -= 1
        request: Request = failure.request  # type: ignore[attr-defined]
        if isinstance(failure.value, NotNow):
            self.logger.warning("Seed %s: %s", request.url, failure.value)
            return
        known.failed(self.run.database, request.cb_kwargs["row"], self.run.now())
        self.logger.error("Seed %s failed: %s", request.url, outcome(failure)[1])
        self.count("seeds/failed")

    # --- reading --------------------------------------------------------------------------------

    def parse_seed(self, response: Response, seed: Seed, row: SeedRow, walk: Walk) -> Iterator[Any]:
        """Note what a seed names; ask the seeds that it leads to."""
        try:
            if response.status == 304:
                self.count("seeds/not_modified")
                known.not_modified(self.run.database, row, self.run.now())
                yield from self.ask_children(known.children(self.run.database, row))
            else:
                yield from self.read_seed(response, seed, row, walk)
        finally:
            self.open_seeds -= 1

    def read_seed(self, response: Response, seed: Seed, row: SeedRow, walk: Walk) -> Iterator[Any]:
        """What a seed names and leads to."""
        if isinstance(seed, Listing):
            yield from self.read_listing(response, seed, row, walk)
        else:
            yield from self.read_whole(response, seed, row)

    def read_whole(self, response: Response, seed: Seed, row: SeedRow) -> Iterator[Any]:
        """A seed that is one document."""
        entries: Iterable[Entry] = ()
        if isinstance(seed, Feed):
            entries = seeds.feed(response.body, response.url, content_type(response))
        elif isinstance(seed, Sitemap):
            entries = seeds.sitemap(self._unpacked(response.body), response.url)
        elif isinstance(seed, Robots):
            found = sitemap_urls_from_robots(response.body, base_url=response.url)
            entries = [Entry(url, is_sitemap=True) for url in found]
        total, newest, children = 0, 0, []
        for chunk in chunks(entries, CHUNK):
            children += self._children(chunk, row)
            articles = [entry for entry in chunk if not entry.is_sitemap]
            self.note(articles, row, says_words=isinstance(seed, Feed), always=isinstance(seed, Feed))
            total += len(chunk)
            newest = max([newest, *(entry.changed or 0 for entry in chunk)])
        self._seed_read(response, row, total, whole=True, newest=newest)
        yield from self.ask_children(children)

    def _children(self, chunk: list[Entry], row: SeedRow) -> list[SeedRow]:
        named = [
            (entry.url, "Sitemap", moment(entry.hints.get("date_modified"), end=True))
            for entry in chunk
            if entry.is_sitemap and self.accepts_seed(entry.url)
        ]
        return known.know(self.run.database, self.name, named, row.id) if named else []

    def _unpacked(self, body: bytes) -> bytes:
        return gunzip(body, max_size=self.settings.getint("DOWNLOAD_MAXSIZE")) if body.startswith(_GZIP) else body

    def _seed_read(self, response: Response, row: SeedRow, entries: int, *, whole: bool, newest: int = 0) -> None:
        etag, last_modified = header(response, "ETag"), header(response, "Last-Modified")
        reading = Reading(self.run.id, self.run.now(), etag, last_modified, entries, whole, newest)
        known.read(self.run.database, row, reading)
        self.count("seeds/read")

    def ask_children(self, rows: Iterable[SeedRow]) -> Iterator[Request]:
        """The sitemaps of an index, newest first; not those that were read since they changed, by its own word,
        nor those that end before the run's days.
        """
        fresh = [row for row in rows if row.url not in self._asked_seeds]
        settled = [] if self.reads_all else [row for row in fresh if row.is_settled(self.run.now())]
        known.vouched(self.run.database, settled, self.run.now())
        for row in sorted(fresh, key=lambda row: -(row.last_change or self.run.began)):
            self._asked_seeds.add(row.url)
            if row not in settled and self.arguments.may_hold(row.url, row.last_change):
                yield self.ask_seed(_KINDS[row.kind](row.url), row)

    def read_listing(self, response: Response, seed: Listing, row: SeedRow, walk: Walk) -> Iterator[Any]:
        """A listing's page; the next one too while this one has anything new since the last whole walk."""
        if not isinstance(response, TextResponse):
            return
        base = base_of(response)
        noted = self.note(seeds.listing(response.selector, base), row, always=True)
        unseen = {entry.url for entry, _ in noted} - walk.seen
        walk.seen |= unseen
        walk.pages += 1
        since = 0 if self.reads_all else (row.complete or 0)
        following = seeds.next_page(response.selector, base, seed.next_page)
        goes_on = bool(
            following
            and self.accepts_seed(following)
            and any(run > since and entry.url in unseen for entry, run in noted)
        )
        if walk.pages == 1:
            self._seed_read(response, row, len(noted), whole=not goes_on)
        elif not goes_on:
            known.walked(self.run.database, row, self.run.id)
        if goes_on and following:
            yield self.ask_seed(Listing(following, seed.next_page), row, walk)
        else:
            yield from self.ask_day_before(walk)

    def ask_day_before(self, walk: Walk) -> Iterator[Request]:  # noqa: ARG002 (a backfill goes on)
        """A listing is read as far as it has anything new."""
        yield from ()

    def note(
        self, entries: Iterable[Entry], row: SeedRow | None, *, says_words: bool = False, always: bool = False
    ) -> list[tuple[Entry, int]]:
        """Note the entries that are articles; each of those with the run that first saw it."""
        kept = [entry for entry in entries if self.is_article(entry.url)]
        named = [named_by(entry, says_words=says_words) for entry in kept]
        first_runs = self.run.note(named, seed=row.id if row else None, always=always)
        self.found += first_runs.count(self.run.id)
        return list(zip(kept, first_runs, strict=True))

    def count(self, name: str) -> None:
        """Count in the crawl's stats: ``news/<name>``."""
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"news/{name}")


def named_by(entry: Entry, *, says_words: bool = False) -> Named:
    """An entry as the state keeps it."""
    words = "\n".join(entry.hints.get(name, "") for name in ("headline", "description")) if says_words else ""
    return Named(
        key=key_of(identity(entry.url)),
        url=entry.url,
        published=moment(entry.hints.get("date_published")),
        modified=moment(entry.hints.get("date_modified")),
        said=blake2b(words.encode(), digest_size=8).digest() if words else None,
        hints=entry.hints,
    )
