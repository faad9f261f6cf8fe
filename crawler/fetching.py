"""One page for a command: from the network as a crawl would fetch it, from a file, from standard input."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.errors import RecordError
from crawler.items import Page
from crawler.records import fixtures, pages
from crawler.sites import all_sites, site_for
from crawler.spiders.urls import UrlsSpider
from crawler.urls import is_http


class _Fetch(UrlsSpider):
    """Fetches pages as ``urls`` does, and keeps them."""

    keeps_state = False
    custom_settings = {"LOGSTATS_INTERVAL": 0}  # noqa: RUF012 (Scrapy's) nothing to watch
    fetched: list[Page]

    def parse_article(self, response, address):  # type: ignore[no-untyped-def]
        for page in super().parse_article(response, address):
            self.fetched.append(page)
            yield from ()


def fetched(process: Any, url: str) -> Page:
    """The page at an address, with the site's definition where there is one. Scrapy runs once in a process.

    RecordError where it gave none; the log says why.
    """
    _Fetch.fetched = []
    process.crawl(process.create_crawler(_Fetch), url=url)
    process.start()
    if not _Fetch.fetched:
        raise RecordError(f"{url} gave no page; the log says why")
    return with_site(_Fetch.fetched[0])


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
