"""``urls``: a list of addresses, or any site by its root."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Request, Response, TextResponse

from crawler import seeds
from crawler.seeds import Entry
from crawler.sites import Feed, Robots, Site, site_for
from crawler.urls import host, origin, section_of

from .news import NewsSpider


class UrlsSpider(NewsSpider):
    """``-a url=…`` or ``-a file=…``: single articles, or sites by their root, with definition or without.

    For a root the page's own feeds, the sitemaps of its robots.txt and, where there are none, its links are
    the seeds.
    """

    name = "urls"
    takes_addresses = True

    def __init__(self, **given: str) -> None:
        super().__init__(**given)
        roots = [url for url in self.arguments.urls if _is_root(url)]
        self.hosts = frozenset(host(url) for url in roots)

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every address."""
        for url in self.arguments.urls:
            if not _is_root(url):
                for request in self.ask_articles([Entry(url)]):
                    yield request
                continue
            site = site_for(url)
            for seed in site.seeds if site else (Robots(f"{origin(url)}/robots.txt"),):
                yield self.ask_seed(seed)
            yield Request(url, self.parse_root, errback=self.seed_failed, priority=10)

    def parse_root(self, response: Response) -> Iterator[Any]:
        """The feeds that the page names, and its links."""
        if not isinstance(response, TextResponse):
            return
        for address in dict.fromkeys(seeds.feeds_of(response.selector, response.url)):
            if self.accepts_seed(address):
                yield self.ask_seed(Feed(address))
        yield from self.ask_articles(seeds.listing(response.selector, response.url))

    def accepts_seed(self, url: str) -> bool:
        """Seeds stay on the hosts that were asked for."""
        return host(url) in self.hosts or any(host(url).endswith("." + name) for name in self.hosts)

    def is_article(self, url: str) -> bool:
        """A named address is; one that a seed names must look like one."""
        if url in self.arguments.urls:
            return not _is_root(url)
        site = site_for(url)
        return self.accepts_seed(url) and (site.is_article(url) if site else seeds.looks_like_article(url))

    def site_name(self, url: str) -> str:
        """The definition's name, or the host."""
        site: Site | None = site_for(url)
        return site.name if site else host(url)

    def is_wanted(self, entry: Entry) -> bool:
        """As for a site; the section is the first part of the path."""
        wanted = self.arguments.sections
        if wanted and section_of(entry.url) not in wanted:
            return False
        return self.wants_date(entry.date)


def _is_root(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
