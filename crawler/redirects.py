"""Redirects as Scrapy follows them: with the cookies that they set, and without decoding pages that have none."""

from __future__ import annotations

from itertools import count

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

_REDIRECTS = (301, 302, 303, 307, 308)
_SEARCHED = 4 * 4096  # bytes: four for each of the characters
_REFRESH = (b"refresh", b"\0")  # a NUL: UTF-16, where the word has other bytes


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


class MetaRefresh(MetaRefreshMiddleware):
    """Scrapy's own decodes every page in order to look for the word; most do not have it (a thirtieth of the time that
    a crawl's own process takes).
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Ask Scrapy's of pages that may send their readers on."""
        head = head_of(response)
        return super().process_response(request, response) if any(sign in head for sign in _REFRESH) else response


def head_of(response: Response) -> bytes:
    """What Scrapy looks through for a page's ``meta`` and ``base``, its first 4096 characters, in lower case. To look
    for the word there first saves decoding the page.
    """
    return response.body[:_SEARCHED].lower()
