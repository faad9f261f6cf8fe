"""Requests that are not made: to addresses that are forbidden, to hosts that are busy, beyond the run's budget."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Headers, Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.archives.writing import Exchange, Writer, finish
from crawler.closing import close
from crawler.engine import VERSION
from crawler.extensions.run import Run
from crawler.manners import BUSY, pause, retry_after
from crawler.state.addresses import Address
from crawler.urls import is_private, untracked

logger = logging.getLogger(__name__)


class AddressGuard:
    """Refuses requests, redirects among them, by scheme and by literal address."""

    def __init__(self, schemes: Sequence[str], *, private_allowed: bool) -> None:
        self.schemes = frozenset(schemes)
        self.private_allowed = private_allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        """ALLOWED_SCHEMES and PRIVATE_NETWORKS_ALLOWED come from the settings."""
        schemes = crawler.settings.getlist("ALLOWED_SCHEMES")
        if not schemes:
            raise NotConfigured("ALLOWED_SCHEMES is empty")
        return cls(schemes, private_allowed=crawler.settings.getbool("PRIVATE_NETWORKS_ALLOWED"))

    def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest with the reason, which becomes the Rejection's detail."""
        parts = urlsplit(request.url)
        if parts.scheme not in self.schemes:
            raise IgnoreRequest(f"scheme {parts.scheme!r} is not allowed (ALLOWED_SCHEMES)")
        if not self.private_allowed and is_private(parts.hostname or ""):
            raise IgnoreRequest(f"{parts.hostname} is a private address (PRIVATE_NETWORKS_ALLOWED)")


class NotNow(IgnoreRequest):
    """The request is left to a later run."""


class BusyHosts:
    """A host that answers 429 or 503 is left alone for as long as it asks (Retry-After), or twice as long each time.

    The request itself is tried again by Scrapy's RetryMiddleware. A host that asks for longer than RETRY_AFTER_MAX
    ends the run, and later runs stay away until then.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.run = Run.of(crawler)
        self.most = crawler.settings.getfloat("RETRY_AFTER_MAX")
        self.until: dict[str, float] = {}
        self.times: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BusyHosts:
        """RETRY_AFTER_MAX comes from the settings."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait until the host may be asked; NotNow where that is after this run."""
        host = urlsplit(request.url).netloc
        if host not in self.until:
            self.until[host] = self.run.closed_until(host)
        while (left := self.until[host] - time.time()) > 0:
            if left > self.most:
                close(self.crawler, "busy")
                raise NotNow(f"{host} asks to be left alone for {left:.0f} s (RETRY_AFTER_MAX is {self.most:.0f})")
            await asyncio.sleep(left)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note when the host may be asked again."""
        host = urlsplit(request.url).netloc
        if response.status not in BUSY:
            self.times[host] = 0
            return response
        if self.until.get(host, 0.0) <= time.time():  # what was under way is told the same thing
            self.times[host] += 1
        said = (response.headers.get("Retry-After") or b"").decode("latin-1")
        seconds = pause(retry_after(said, time.time()), self.times[host])
        self.until[host] = max(self.until.get(host, 0.0), time.time() + seconds)
        logger.info("%s answers %d and is left alone for %.0f s", host, response.status, seconds)
        if seconds > self.most:
            self.run.stay_away(host, self.until[host])
        return response


class Budget:
    """At most CRAWL_MAX_REQUESTS requests and CRAWL_MAX_BYTES bytes (as they come over the wire) in a run."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.requests = crawler.settings.getint("CRAWL_MAX_REQUESTS")
        self.bytes = crawler.settings.getint("CRAWL_MAX_BYTES")
        if not self.requests and not self.bytes:
            raise NotConfigured
        self.asked = self.got = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Budget:
        """Both come from the settings; 0 is no limit."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:  # noqa: ARG002 (Scrapy's signature)
        """NotNow, and the end of the run, once either is spent."""
        if (self.requests and self.asked >= self.requests) or (self.bytes and self.got >= self.bytes):
            close(self.crawler, "budget")
            raise NotNow("the run's budget is spent (CRAWL_MAX_REQUESTS, CRAWL_MAX_BYTES)")
        self.asked += 1

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002
        """Count what came."""
        self.got += len(response.body)
        return response


class Archive:
    """Writes every answer into WARC_STORE, as it came over the wire, before anything else sees it.

    An archive that cannot be written ends the crawl in good order: what was meant to be kept would be lost.
    """

    def __init__(self, crawler: Crawler) -> None:
        folder = crawler.settings["WARC_STORE"]
        if not folder:
            raise NotConfigured
        self.crawler = crawler
        run, most = Run.of(crawler), crawler.settings.getint("WARC_MAXSIZE")
        began = datetime.fromtimestamp(run.began, timezone.utc).isoformat(timespec="seconds").replace(":", "-")
        for path in finish(Path(folder), run.lock.name):
            logger.warning("%s was left by a run that was killed; its last record may be broken", path)
        info = {"software": f"{crawler.settings['BOT_NAME']} {VERSION}", "format": "WARC File Format 1.1"}
        info |= {"robots": "obey" if crawler.settings.getbool("ROBOTSTXT_OBEY") else "ignore", "isPartOf": run.spider}
        self.writer = Writer(Path(folder), f"{run.lock.name}-{began}-{run.id}", most, info)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Archive:
        """WARC_STORE and WARC_MAXSIZE come from the settings."""
        archive = cls(crawler)
        crawler.signals.connect(archive.close, signal=signals.spider_closed)
        return archive

    def process_response(self, request: Request, response: Response) -> Response:
        """The exchange; its time is the page's ``fetched_at``, so that a replay has the same."""
        now = datetime.now(timezone.utc).replace(microsecond=0)
        request.meta["fetched_at"] = now.isoformat()
        try:
            self.writer.write(self._exchange(request, response, f"{now:%Y-%m-%dT%H:%M:%SZ}"))
        except OSError as error:
            self._failed(error)
        return response

    def close(self) -> None:
        """The last file gets its name."""
        try:
            self.writer.close()
        except OSError as error:
            self._failed(error)

    def _exchange(self, request: Request, response: Response, date: str) -> Exchange:
        return Exchange(
            url=response.url,
            date=date,
            method=request.method,
            request_headers=_lines(request.headers),
            request_body=request.body,
            status=response.status,
            response_headers=_lines(response.headers),
            body=response.body,
            ip=None if response.ip_address is None else str(response.ip_address),
            about=self._about(request, response),
        )

    def _about(self, request: Request, response: Response) -> dict[str, Any]:
        address = request.cb_kwargs.get("address")
        if not isinstance(address, Address):
            return {"kind": "other"}
        site = self.crawler.spider.site_name(response.url)  # type: ignore[union-attr]
        begun = request.cb_kwargs.get("page")
        if begun:  # the article goes on
            return {"kind": "part", "of": begun.url, "whole": request.cb_kwargs["whole"], "site": site}
        asked = untracked(address.url)
        return {"kind": "article", "requested_url": asked, "site": site, "hints": dict(address.hints)}

    def _failed(self, error: OSError) -> None:
        logger.error("WARC_STORE cannot be written, the crawl ends: %s", error)
        if self.crawler.stats:
            self.crawler.stats.inc_value("archive/failed")
        close(self.crawler, "archive_failed")


def _lines(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in (values if isinstance(values, list) else [values])
        if value is not None
    ]


class GuardedResolver(CachingThreadedResolver):
    """Refuses names that resolve to private addresses: what the guard above cannot see."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.private_allowed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """As Scrapy's own, with PRIVATE_NETWORKS_ALLOWED."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.private_allowed = crawler.settings.getbool("PRIVATE_NETWORKS_ALLOWED")
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 (Twisted's name)
        """The address of a name; fails with DNSLookupError where it is private."""
        found = super().getHostByName(name, timeout)
        return found if self.private_allowed else found.addCallback(self._public, name)

    @staticmethod
    def _public(address: Any, name: str) -> Any:
        if isinstance(address, str) and is_private(address):
            raise DNSLookupError(f"{name} is {address}, a private address (PRIVATE_NETWORKS_ALLOWED)")
        return address
