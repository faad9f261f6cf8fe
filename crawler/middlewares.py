"""The address guard: no request leaves http(s) or enters a private network unless a setting allows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.urls import is_private


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
