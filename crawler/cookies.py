"""Cookies for as long as one page takes: none are kept, and yet some sites send on who has none of theirs."""

from __future__ import annotations

from itertools import count

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

_REDIRECTS = (301, 302, 303, 307, 308)


class RedirectCookies(CookiesMiddleware):
    """What a redirect sets is sent with the request that follows it: a site that tries readers' cookies by sending
    them back to the same address would do so for ever. After the answer it is forgotten.
    """

    def __init__(self) -> None:
        super().__init__()
        self._names = count(1)  # of jars

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RedirectCookies:
        """With COOKIES_ENABLED Scrapy's own does this and more."""
        if crawler.settings.getbool("COOKIES_ENABLED"):
            raise NotConfigured
        made = cls()
        made.crawler = crawler
        return made

    def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Send what the redirect before set."""
        if request.meta.get("cookiejar") in self.jars:
            super().process_request(request)

    def process_response(self, request: Request, response: Response) -> Response:  # type: ignore[override]
        """Keep what a redirect sets, and forget it after the answer."""
        if response.status not in _REDIRECTS:
            self._forget(request)
        elif "Set-Cookie" in response.headers:
            request.meta.setdefault("cookiejar", next(self._names))
            super().process_response(request, response)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:  # noqa: ARG002 (Scrapy's signature)
        """Nothing comes after it but another try."""
        self._forget(request)

    def _forget(self, request: Request) -> None:
        self.jars.pop(request.meta.get("cookiejar"), None)
