"""Pages for a command: one, or some of a site, from the network as a crawl would fetch them, or from files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.drafting.definition import ReadSeed, Visit
from crawler.errors import RecordError
from crawler.items import Page
from crawler.records import fixtures, pages
from crawler.sites import Feed, Robots, all_sites, site_for
from crawler.spiders.urls import UrlsSpider
from crawler.urls import is_http, origin

#: What a look at a page does without: it keeps nothing, there is nothing to watch, and it is at that page alone.
_NOTHING: dict[str, Any] = {
    "ARTICLE_MAX_PAGES": 1,
    "FEEDS": {},
    "LOGSTATS_INTERVAL": 0,
    "STORE_URL": None,
    "WARC_STORE": None,
}
_UNWATCHED = "crawler.extensions.report.Report"


def keep_nothing(process: Any) -> None:
    """The crawls of this process leave no feed, no report, no archive."""
    extensions = {**process.settings.getdict("EXTENSIONS"), _UNWATCHED: None}
    for name, value in {**_NOTHING, "EXTENSIONS": extensions}.items():
        process.settings.set(name, value, priority="cmdline")


class _Fetch(UrlsSpider):
    """Fetches pages as ``urls`` does, and keeps them."""

    keeps_state = False
    fetched: list[Page]

    def parse_article(self, response, address):  # type: ignore[no-untyped-def]
        return self._kept(super().parse_article(response, address))

    def parse_more(self, response, address, page, *, whole):  # type: ignore[no-untyped-def]
        return self._kept(super().parse_more(response, address, page, whole=whole))

    def article_failed(self, failure):  # type: ignore[no-untyped-def]
        return self._kept(super().article_failed(failure))

    def _kept(self, found: Iterable[Any]) -> Iterator[Any]:
        for item in found:
            if isinstance(item, Page):
                self.fetched.append(item)
            else:
                yield item


def fetched(process: Any, url: str) -> Page:
    """The page at an address, with the site's definition where there is one. Scrapy runs once in a process.

    RecordError where it gave none; the log says why.
    """
    _Fetch.fetched = []
    keep_nothing(process)
    process.crawl(process.create_crawler(_Fetch), url=url)
    process.start()
    if not _Fetch.fetched:
        raise RecordError(f"{url} gave no page; the log says why")
    return with_site(_Fetch.fetched[0])


class _Scout(_Fetch):
    """Some articles of a site by its root, and the seeds that it has."""

    seen: list[ReadSeed]
    named: list[str]
    links: list[str]

    def note(self, entries, row, **more):  # type: ignore[no-untyped-def]
        known = {"Feed": self.named, "Root": self.links}.get(row.kind if row else "")
        found = list(entries)
        if known is not None:
            known += [entry.url for entry in found]
        return super().note(found, row, **more)

    def _seed_read(self, response, row, entries, **more):  # type: ignore[no-untyped-def]
        if row.kind in ("Feed", "Robots"):
            self.seen.append(ReadSeed(Feed(row.url) if row.kind == "Feed" else Robots(row.url), entries))
        super()._seed_read(response, row, entries, **more)


def visited(process: Any, url: str, most: int) -> Visit:
    """A site by its root, or by one of its articles: so many of its newest articles, and what leads to them."""
    _Scout.fetched, _Scout.seen, _Scout.named, _Scout.links = [], [], [], []
    keep_nothing(process)
    root = f"{origin(url)}/"
    process.crawl(process.create_crawler(_Scout), url=",".join(dict.fromkeys((url, root))), max_articles=str(most))
    process.start()
    return Visit(_Scout.fetched, _Scout.seen, _Scout.named, _Scout.links)


def loaded(name: str, url: str | None = None) -> Page:
    """A saved page: an HTML file, the first line of a JSON Lines file, a fixture's folder, ``-`` for standard input.

    ``url`` is the address that it was saved from. RecordError where there is no page.
    """
    if name == "-":
        page = Page(url=url or "about:blank", body=sys.stdin.buffer.read())
    elif (Path(name) / "page.json").is_file():
        page, _ = fixtures.load(Path(name))
    else:
        found = next(pages.read(Path(name)), None)
        if found is None:
            raise RecordError(f"{name}: no page in it")
        page = found[1]
    return with_site(replace(page, url=url) if url else page)


def with_site(page: Page) -> Page:
    """With the definition of its site, where the page names one that there is or its address belongs to one."""
    known = site_for(page.url) if is_http(page.url) else None
    return replace(page, site=page.site if page.site in all_sites() else known.name if known else None)
