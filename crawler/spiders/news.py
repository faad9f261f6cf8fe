"""``NewsSpider``: one site's seeds -> article pages -> ``Page``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime, timezone
from typing import Any

import scrapy
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Request, Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import sitemap_urls_from_robots
from twisted.internet.error import TCPTimedOutError
from twisted.internet.error import TimeoutError as TwistedTimeout
from twisted.python.failure import Failure

from crawler import arguments, seeds
from crawler.items import Page, Reason, Rejection
from crawler.seeds import Entry
from crawler.sites import Feed, Listing, Robots, Seed, Site, Sitemap, with_mirrors
from crawler.urls import canonical, section_of, untracked

_TIMEOUTS = (DownloadTimeoutError, TwistedTimeout, TCPTimedOutError)
_GZIP = b"\x1f\x8b"


class NewsSpider(scrapy.Spider):
    """Crawls one site. Subclasses set ``site``; ``scrapy list`` names them (sites.py)."""

    site: Site
    takes_addresses = False

    def __init__(self, **given: str) -> None:
        super().__init__()
        self.arguments = arguments.parse(given, addresses=self.takes_addresses)
        self.listed: set[str] = set()  # article addresses that listing pages have shown
        self.asked: set[str] = set()  # canonical addresses of the article pages asked for

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **given: Any) -> NewsSpider:
        """SITE_MIRRORS may name another origin for the site."""
        spider = super().from_crawler(crawler, *args, **given)
        sites = with_mirrors(crawler.settings.getdict("SITE_MIRRORS"))
        if cls.name in sites:  # "urls" is no site
            spider.site = sites[cls.name]
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every seed."""
        for seed in self.site.seeds:
            yield self.ask_seed(seed)

    def wants_date(self, published: str | None) -> bool:
        """Whether the run's since and until let a date in."""
        return self.arguments.wants(published)

    # --- seeds ----------------------------------------------------------------------------------

    def ask_seed(self, seed: Seed) -> Request:
        """The request for a seed."""
        return Request(seed.url, self.parse_seed, errback=self.seed_failed, cb_kwargs={"seed": seed}, priority=10)

    def parse_seed(self, response: Response, seed: Seed) -> Iterator[Any]:
        """Entries of a seed, and the seeds that it leads to."""
        if isinstance(seed, Feed):
            yield from self.ask_articles(seeds.feed(response.body, response.url, _content_type(response)))
        elif isinstance(seed, Sitemap):
            yield from self.parse_sitemap(response)
        elif isinstance(seed, Robots):
            yield from self.parse_robots(response)
        elif isinstance(response, TextResponse):
            yield from self.parse_listing(response, seed)

    def parse_robots(self, response: Response) -> Iterator[Any]:
        """The sitemaps that robots.txt names."""
        for address in sitemap_urls_from_robots(response.body, base_url=response.url):
            if self.accepts_seed(address):
                yield self.ask_seed(Sitemap(address))

    def parse_sitemap(self, response: Response) -> Iterator[Any]:
        """A sitemap's articles, or its sitemaps."""
        body = response.body
        if body.startswith(_GZIP):
            body = gunzip(body, max_size=self.settings.getint("DOWNLOAD_MAXSIZE"))
        page = seeds.sitemap(body, response.url)
        for child in page.sitemaps:
            if self.accepts_seed(child.url):
                yield self.ask_seed(Sitemap(child.url))
        yield from self.ask_articles(page.entries)

    def parse_listing(self, response: TextResponse, seed: Listing) -> Iterator[Any]:
        """A listing's articles; the next page too while this one lists any that no page before it did."""
        entries = [e for e in seeds.listing(response.selector, response.url) if self.is_article(e.url)]
        fresh = {entry.url for entry in entries} - self.listed
        self.listed |= fresh
        yield from self.ask_articles(entries)
        following = seeds.next_page(response.selector, response.url, seed.next_page)
        if fresh and following and self.accepts_seed(following):
            yield self.ask_seed(Listing(following, seed.next_page))

    def accepts_seed(self, url: str) -> bool:
        """Seeds that a seed names stay on the site."""
        return self.site.owns(url)

    def seed_failed(self, failure: Failure) -> None:
        """A seed that gives nothing is an error in the log and a stat; the others go on."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self.logger.error("Seed %s failed: %s", request.url, _outcome(failure)[1])
        self.count("seeds/failed")

    # --- articles -------------------------------------------------------------------------------

    def is_article(self, url: str) -> bool:
        """Whether an address is one of the site's articles."""
        return self.site.is_article(url)

    def ask_articles(self, entries: Iterable[Entry]) -> Iterator[Request]:
        """Requests for the entries that this run wants and has not asked for."""
        for entry in entries:
            key = canonical(entry.url)
            if key in self.asked or not self.is_article(entry.url) or not self.is_wanted(entry):
                continue
            if self.arguments.max_articles is not None and len(self.asked) >= self.arguments.max_articles:
                return
            self.asked.add(key)
            yield self.ask_article(entry)

    def is_wanted(self, entry: Entry) -> bool:
        """Whether the run's sections and dates let an entry in; an undated one is judged once it is read."""
        wanted = self.arguments.sections
        if wanted and section_of(entry.url) not in wanted and entry.hints.get("section") not in wanted:
            return False
        return self.wants_date(entry.date)

    def ask_article(self, entry: Entry) -> Request:
        """The request for an article page; every outcome of it becomes a record."""
        return Request(
            untracked(entry.url), self.parse_article, errback=self.article_failed, cb_kwargs={"hints": entry.hints}
        )

    def parse_article(self, response: Response, hints: dict[str, str]) -> Iterator[Page]:
        """The page as it was fetched."""
        self.count("pages")
        yield Page(
            url=response.url,
            body=response.body,
            requested_url=response.meta.get("redirect_urls", [response.url])[0],
            content_type=_content_type(response),
            fetched_at=_now(),
            site=self.site_name(response.url),
            hints=hints,
        )

    def site_name(self, url: str) -> str:  # noqa: ARG002 (other spiders go by it)
        """The name that the record carries."""
        return self.site.name

    def article_failed(self, failure: Failure) -> Iterator[Rejection]:
        """A page that could not be fetched is a Rejection; one that robots.txt or the address guard forbids
        was never asked for, and is a line in the log.
        """
        request: Request = failure.request  # type: ignore[attr-defined]
        if isinstance(failure.value, IgnoreRequest) and not isinstance(failure.value, HttpError):
            self.logger.warning("Not fetched: %s: %s", request.url, failure.value)
            self.count("not_fetched")
            return
        self.count("pages")
        reason, detail = _outcome(failure)
        yield Rejection(
            url=request.url, site=self.site_name(request.url), fetched_at=_now(), reason=reason, detail=detail
        )

    def count(self, name: str) -> None:
        """Count in the crawl's stats: ``news/<name>``."""
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"news/{name}")


def _content_type(response: Response) -> str | None:
    return (response.headers.get("Content-Type") or b"").decode("latin-1") or None


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def _outcome(failure: Failure) -> tuple[Reason, str]:
    """What a failed request is in a record: the reason, and words for people."""
    error = failure.value
    if isinstance(error, HttpError):
        return Reason.ERROR, f"HTTP {error.response.status}"
    if isinstance(error, _TIMEOUTS):
        return Reason.TIMEOUT, "no answer within DOWNLOAD_TIMEOUT"
    if isinstance(error, DownloadCancelledError):
        return Reason.TOO_LARGE, "larger than DOWNLOAD_MAXSIZE"
    return Reason.ERROR, f"{type(error).__name__}: {error}"
