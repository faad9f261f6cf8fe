"""``NewsSpider``: one site's seeds -> addresses in the state -> article pages, newest first -> ``Page``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from crawler.browser import request_meta
from crawler.extensions.run import Run
from crawler.items import Page, Reason, Rejection
from crawler.middlewares import NotNow
from crawler.seeds import Entry
from crawler.sites import Archive, Seed, Site
from crawler.state.addresses import Address
from crawler.urls import is_above, section_of, untracked

from .answers import content_type, header, is_forbidden, outcome
from .backfill import BackfillSpider
from .links import Links

if TYPE_CHECKING:
    from typing_extensions import Self


class NewsSpider(BackfillSpider):
    """Crawls one site. Subclasses set ``site``; ``scrapy list`` names them (sites.py)."""

    site: Site
    paging: Links
    only_named = False  # whether only what this run's seeds name is fetched, not what earlier runs left

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **given: Any) -> Self:
        """SITE_MIRRORS may name another origin for the site, SITE_CONFIG_DIR what leads to further pages."""
        spider = super().from_crawler(crawler, *args, **given)
        spider.paging = Links.of_settings(crawler.settings)
        known = spider.paging.known
        if cls.name in known.sites:  # "urls" is no site
            spider.site = known.sites[cls.name]
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every seed; when all are read, for the addresses that wait, newest first."""
        self.run = Run.of(self.crawler)
        self.run.wake(*self.arguments.bounds)
        for request in self.first_requests():
            yield request
        async for request in self.article_requests():
            yield request

    def first_requests(self) -> Iterator[Request]:
        """What a crawl begins with."""
        seeds = list(self.seeds())
        yield from self.ask_seeds(seed for seed in seeds if not isinstance(seed, Archive))
        if self.backfills:
            yield from self.ask_archives(seed for seed in seeds if isinstance(seed, Archive))

    def seeds(self) -> Iterable[Seed]:
        """The site's seeds."""
        return self.site.seeds

    def is_article(self, url: str) -> bool:
        """Whether an address is one of the site's articles."""
        return self.site.is_article(url)

    def is_section(self, url: str) -> bool:
        """Whether an address of the site is that of no article."""
        return not self.is_article(url)

    def accepts_seed(self, url: str) -> bool:
        """Seeds that a seed names stay on the site."""
        return self.site.owns(url)

    def wants_date(self, published: str | None) -> bool:
        """Whether the run's since and until let a date in."""
        return self.arguments.wants(published)

    def is_wanted(self, entry: Entry) -> bool:
        """Whether the run's sections and dates let an entry in; an undated one is judged once it is read."""
        wanted = self.arguments.sections
        if wanted and section_of(entry.url) not in wanted and entry.hints.get("section") not in wanted:
            return False
        return self.wants_date(entry.date)

    # --- articles -------------------------------------------------------------------------------

    async def article_requests(self) -> AsyncIterator[Request]:
        """Requests for the addresses that wait, a few at a time: the queue is in the state, not in memory."""
        asked, last = 0, None
        while self.arguments.max_articles is None or asked < self.arguments.max_articles:
            await self.crawler.signals.wait_for(signals.scheduler_empty)
            if self.open_seeds:
                continue
            found = self.run.waiting(after=last, mine=self.only_named)
            if not found:
                return
            for address in found:
                last = address
                if self.is_too_old(address):
                    return
                if self.is_wanted(Entry(address.url, dict(address.hints))) and self.is_article(address.url):
                    yield self.ask_article(address)
                    asked += 1
                    if asked == self.arguments.max_articles:
                        return

    def is_too_old(self, address: Address) -> bool:
        """Whether this address and so all that follow are older than the run's days."""
        since, _ = self.arguments.bounds
        return since is not None and -address.rank < since

    def ask_article(self, address: Address) -> Request:
        """The request for an article page, conditional where it was delivered before; every outcome of it becomes
        a record, but for «not modified».
        """
        self.run.asking(address)
        validators = {"If-None-Match": address.etag, "If-Modified-Since": address.last_modified}
        known = address.revision > 0 and not self.is_scripted(address.url)
        return Request(
            untracked(address.url),
            self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"address": address},
            headers={name: value for name, value in validators.items() if known and value},
            meta={"handle_httpstatus_list": [304]} if known else self.article_meta(address.url),
            dont_filter=True,
        )

    def is_scripted(self, url: str) -> bool:
        """Whether an article is built by script."""
        site = self.paging.known.of(self.site_name(url), url)
        return site is not None and site.browser

    def article_meta(self, url: str) -> dict[str, Any]:
        """What the request for an article says to the downloader."""
        if not self.is_scripted(url):
            return {}
        if self.settings.getbool("BROWSER"):
            return request_meta()
        self.logger.info("%s is built by script: with BROWSER=True a browser fetches it", url)
        return {}

    def parse_article(self, response: Response, address: Address) -> Iterator[Page | Request | Rejection]:
        """The page as it was fetched, with the article's further pages. Where a site sends readers of what it has taken
        down to its front page or a section's, that is as a 404 is.
        """
        if response.status == 304:
            self.count("not_modified")
            self.run.unchanged(address)
            return
        self.count("pages")
        if is_above(response.url, address.url) and self.is_section(response.url):
            yield self.refused(response.url, address, Reason.ERROR, f"the address leads to {response.url}")
            return
        self.run.answered(address, header(response, "ETag"), header(response, "Last-Modified"))
        page = Page(
            url=response.url,
            body=response.body,
            requested_url=untracked(address.url),
            content_type=content_type(response),
            fetched_at=response.meta.get("fetched_at") or _now(),  # when it is archived: as the archive has it
            site=self.site_name(response.url),
            hints=address.hints,
        )
        whole = self.paging.whole(page, response)
        yield self.ask_more(whole, address, page, whole=True) if whole else self.or_next(page, response, address)

    def or_next(self, page: Page, response: Response, address: Address) -> Page | Request:
        """The page, or the request for the article's next one."""
        following = self.paging.following(page, response)
        return self.ask_more(following, address, page) if following else page

    def ask_more(self, url: str, address: Address, page: Page, *, whole: bool = False) -> Request:
        """The request for more of an article: its next page, or all of it on one."""
        return Request(
            url,
            self.parse_more,
            errback=self.article_failed,
            cb_kwargs={"address": address, "page": page, "whole": whole},
            meta=self.article_meta(url),
            dont_filter=True,
        )

    def parse_more(self, response: Response, address: Address, page: Page, *, whole: bool) -> Iterator[Page | Request]:
        """The article so far with what has come, and so on."""
        self.count("further_pages")
        part = Page(url=response.url, body=response.body, content_type=content_type(response), site=page.site)
        page = page.continued(part, whole=whole)
        yield page if whole else self.or_next(page, response, address)

    def site_name(self, url: str) -> str:  # noqa: ARG002 (other spiders go by it)
        """The name that the record carries."""
        return self.site.name

    def article_failed(self, failure: Failure) -> Iterator[Page | Rejection]:
        """A page that could not be fetched is a Rejection, also one of several: without it the article is not whole,
        and it is asked for again. What robots.txt or the address guard forbids was never asked for, and is a line in
        the log; a further page that they forbid ends the article.
        """
        request: Request = failure.request  # type: ignore[attr-defined]
        address: Address = request.cb_kwargs["address"]
        begun: Page | None = request.cb_kwargs.get("page")  # counted already
        if isinstance(failure.value, NotNow):
            self.run.left(address)
            return
        if is_forbidden(failure):
            self.logger.warning("Not fetched: %s: %s", request.url, failure.value)
            if begun:
                yield begun
                return
            self.count("not_fetched")
            self.run.forbidden(address)
            return
        if not begun:
            self.count("pages")
        yield self.refused(request.url, address, *outcome(failure))

    def refused(self, url: str, address: Address, reason: Reason, detail: str) -> Rejection:
        """The record of an address that gave no page of an article."""
        return Rejection(
            url=url,
            requested_url=untracked(address.url),
            site=self.site_name(url),
            fetched_at=_now(),
            reason=reason,
            detail=detail,
        )


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
