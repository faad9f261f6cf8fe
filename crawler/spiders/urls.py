"""``urls``: a list of addresses, or any site by its root."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from scrapy.http import Request, Response, TextResponse

from crawler import arguments, seeds
from crawler.seeds import Entry
from crawler.sites import Feed, Listing, Robots, Seed, Site, site_for
from crawler.state.seeds import SeedRow
from crawler.urls import host, identity, is_root, origin, section_of

from .discovery import Walk
from .links import base_of
from .news import NewsSpider


class Root(Listing):
    """The root page of a site, whose next pages are not walked."""


class UrlsSpider(NewsSpider):
    """``-a url=…`` or ``-a file=…``: single articles, or sites by their root, with definition or without.

    For a root the page's own feeds, the sitemaps of its robots.txt and, where there are none, its links are
    the seeds.
    """

    name = "urls"
    takes = arguments.ADDRESSES
    only_named = True

    def __init__(self, **given: str) -> None:
        super().__init__(**given)
        self.roots = [url for url in self.arguments.urls if is_root(url)]
        self.pages = {identity(url) for url in self.arguments.urls if not is_root(url)}
        self.hosts = frozenset(host(url) for url in self.roots)

    @property
    def lock_name(self) -> str:
        """Two runs with different addresses may overlap."""
        asked = "\n".join(self.arguments.urls).encode()
        return f"urls-{blake2b(asked, digest_size=4).hexdigest()}"

    def seeds(self) -> Iterator[Seed]:
        """Those of the sites whose roots were given, and the roots."""
        for url in self.roots:
            site = site_for(url)
            yield from site.seeds if site else (Robots(f"{origin(url)}/robots.txt"),)
        yield from map(Root, self.roots)

    def first_requests(self) -> Iterator[Request]:
        """Note the pages; ask for the seeds."""
        self.note((Entry(url) for url in self.arguments.urls if not is_root(url)), None)
        yield from super().first_requests()

    def read_seed(self, response: Response, seed: Seed, row: SeedRow, walk: Walk) -> Iterator[Any]:
        """Of a root the feeds that it names, and its links."""
        if not isinstance(seed, Root):
            yield from super().read_seed(response, seed, row, walk)
        elif isinstance(response, TextResponse):
            base = base_of(response)
            self.note(seeds.listing(response.selector, base), row)
            found = dict.fromkeys(seeds.feeds_of(response.selector, base))
            yield from self.ask_seeds(Feed(address) for address in found if self.accepts_seed(address))

    def accepts_seed(self, url: str) -> bool:
        """Seeds stay on the hosts that were asked for."""
        return host(url) in self.hosts or any(host(url).endswith("." + name) for name in self.hosts)

    def is_article(self, url: str) -> bool:
        """A named address is; one that a seed names must look like one."""
        if identity(url) in self.pages:
            return True
        return self.accepts_seed(url) and not self.is_section(url)

    def is_section(self, url: str) -> bool:
        """Whether an address looks like that of no article."""
        site = site_for(url)
        return is_root(url) or not (site.is_article(url) if site else seeds.looks_like_article(url))

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
