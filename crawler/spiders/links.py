"""Which links of an article's page lead to the rest of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.utils.response import get_base_url

from crawler import paging
from crawler.items import Page
from crawler.redirects import head_of
from crawler.sites.definitions import Definitions
from crawler.sites.siteconfig import SiteConfig
from crawler.urls import host, identity, is_http


def base_of(response: Response) -> str:
    """What the links of a page are relative to: its address, or its base element's (HTML, 2.4.3)."""
    if isinstance(response, TextResponse) and b"<base" in head_of(response):
        return get_base_url(response)
    return response.url


@dataclass(frozen=True)
class Links:
    """By the site's config, where it has one, and by the page's own numbers; ``most`` pages an article."""

    known: Definitions
    most: int

    @classmethod
    def of_settings(cls, settings: Any) -> Links:
        """By ARTICLE_MAX_PAGES, SITE_MIRRORS and SITE_CONFIG_DIR. SiteError where these are wrong."""
        return cls(Definitions.of_settings(settings), settings.getint("ARTICLE_MAX_PAGES"))

    def whole(self, page: Page, response: Response) -> str | None:
        """The address of the whole article on one page, by the site's config."""
        return self._by_config("single_page_link", page, response)

    def following(self, page: Page, response: Response) -> str | None:
        """The address of the page after the article's last one so far."""
        number = len(page.parts) + 2
        if number > self.most or not isinstance(response, TextResponse):
            return None
        named = self._by_config("next_page_link", page, response)
        base = base_of(response)
        if named or not paging.may_follow(response.body, page.url, number, base):
            return named
        return paging.following(response.selector, page.url, number, base)

    def goes_on(self, page: Page) -> bool:
        """Whether a crawl asks for more of an article after the last page that it has of it."""
        last = page.parts[-1] if page.parts else page
        kind = {"Content-Type": last.content_type} if last.content_type else {}
        response = HtmlResponse(last.url, body=last.body, headers=kind)
        return bool((not page.parts and self.whole(page, response)) or self.following(page, response))

    def _by_config(self, directive: str, page: Page, response: Response) -> str | None:
        site = self.known.of(page.site, page.url)
        if not isinstance(site, SiteConfig) or directive not in site.rules or not isinstance(response, TextResponse):
            return None
        href = site.link(response.selector.root, directive)
        url = urljoin(base_of(response), href) if href else ""
        read = {identity(seen) for seen in (page.url, *(part.url for part in page.parts))}
        return url if is_http(url) and host(url) == host(page.url) and identity(url) not in read else None
