"""``Site``: everything the crawler knows about one news site, as data. Checked when it is built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from .. import urls
from ..errors import SiteError


@dataclass(frozen=True)
class Feed:
    """RSS, RDF or Atom."""

    url: str


@dataclass(frozen=True)
class Sitemap:
    """A sitemap, a news sitemap or an index of them, gzipped or not."""

    url: str


@dataclass(frozen=True)
class Listing:
    """A page of links to articles; ``next_page`` (CSS, of a link) leads to the one after it."""

    url: str
    next_page: str = "a[rel=next], link[rel=next]"


@dataclass(frozen=True)
class Archive(Listing):
    """A listing for each day, which ``mode=backfill`` walks back through: ``https://…/archive/%Y/%m/%d`` (strftime)."""

    def on(self, day: date) -> Listing:
        """The listing of a day."""
        return Listing(day.strftime(self.url), self.next_page)


@dataclass(frozen=True)
class Robots:
    """A robots.txt, for the sitemaps that it names (RFC 9309; sitemaps.org)."""

    url: str


#: The attribute that tells the engine what a site's selectors name.
MARK = "crawler-mark"

Seed: TypeAlias = Feed | Sitemap | Listing | Robots


@dataclass(frozen=True)
class Site:
    """One site. Raises SiteError with the site's name when a field cannot work.

    ``article_url`` is a pattern over the whole address; ``content`` are CSS selectors of which the first
    that matches wins; ``drop`` are CSS selectors whose elements go; ``drop_text`` are patterns over a
    block's text. A site needs no selector to work: without ``content`` the scorer finds the article.
    ``country`` is ISO 3166-1 alpha-2; ``timezone`` (IANA) is of times that come without an offset; ``agency`` is the
    news agency that the site is, the ``source`` of articles that name none; ``browser`` says that articles are built
    by script.
    """

    name: str
    domains: tuple[str, ...]
    language: str
    seeds: tuple[Seed, ...]
    article_url: str
    content: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    drop_text: tuple[str, ...] = ()
    encoding: str | None = None
    country: str | None = None
    timezone: str | None = None
    agency: str | None = None
    browser: bool = False
    mirror: str | None = None  # crawl this origin in the place of the site's own

    def __post_init__(self) -> None:
        self._check("name", "letters, digits and _", fine=bool(re.fullmatch(r"[a-z][a-z0-9_]*", self.name)))
        self._check("domains", "at least one", fine=bool(self.domains))
        for seed in self.seeds:
            self._check(
                "seeds", f"{seed.url!r} is not on {self.domains}", fine=urls.is_http(seed.url) and self.owns(seed.url)
            )
        for pattern in (self.article_url, *self.drop_text):
            self._compiles(pattern)
        for selector in (*self.content, *self.drop):
            self._translates(selector)
        if self.country is not None:
            self._check("country", "two letters, as in ISO 3166-1", fine=bool(re.fullmatch("[A-Z]{2}", self.country)))
        if self.timezone is not None:
            self._check("timezone", f"{self.timezone!r} is not known", fine=_is_zone(self.timezone))

    def _check(self, field: str, what: str, *, fine: bool) -> None:
        if not fine:
            raise SiteError(f"site {self.name!r}: {field}: {what}")

    def _compiles(self, pattern: str) -> None:
        try:
            re.compile(pattern)
        except re.error as error:
            raise SiteError(f"site {self.name!r}: pattern {pattern!r}: {error}") from None

    def _translates(self, selector: str) -> None:
        try:
            LexborHTMLParser("").css(selector)
        except Exception as error:  # selectolax has several
            raise SiteError(f"site {self.name!r}: selector {selector!r}: {error}") from None

    @property
    def home(self) -> str:
        """The site's own origin, as its first seed or domain has it."""
        return urls.origin(self.seeds[0].url) if self.seeds else f"https://{self.domains[0]}"

    def mirrored(self, origin: str) -> Site:
        """The same site, fetched from another origin: a mirror, a test server."""
        moved = tuple(replace(seed, url=origin + seed.url[len(urls.origin(seed.url)) :]) for seed in self.seeds)
        return replace(self, seeds=moved, mirror=origin)

    def _at_home(self, url: str) -> str:
        """A mirror's address as the site's own."""
        if self.mirror and urls.origin(url) == urls.origin(self.mirror):
            return self._own_origin + url[len(urls.origin(url)) :]
        return url

    @property
    def _own_origin(self) -> str:
        return f"https://{self.domains[0]}" if self.mirror else self.home

    def owns(self, url: str) -> bool:
        """Whether the address is this site's."""
        return urls.belongs(self._at_home(url), self.domains)

    def is_article(self, url: str) -> bool:
        """Whether the address is one of this site's articles."""
        return self.owns(url) and bool(self._article_pattern.search(self._at_home(url)))

    @cached_property
    def _article_pattern(self) -> re.Pattern[str]:
        return re.compile(self.article_url)

    def matching(self, tree: LexborHTMLParser) -> list[str]:
        """Which of the site's selectors name something on a page."""
        return [selector for selector in (*self.content, *self.drop) if tree.css_first(selector) is not None]

    def prepared(self, page: bytes) -> bytes:
        """The page (UTF-8) as it is to be read."""
        return page

    def mark(self, tree: LexborHTMLParser) -> Mapping[str, str]:
        """Note on the elements of a page that the site's selectors name what they are: content or drop; say what
        the site's own rules read of the page: ``title``, ``author``, ``date``.
        """
        named = next((found for selector in self.content if (found := tree.css(selector))), [])
        for element in named:
            element.attrs[MARK] = "content"
        for selector in self.drop:
            for element in tree.css(selector):
                element.attrs[MARK] = "drop"
        return {}


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # of all names the list would be read from the disk
        return False
    return True
