"""Seeds -> entries: what feeds, sitemaps and listings say. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import feedparser
from lxml import etree
from parsel import Selector

from crawler.engine import dates
from crawler.urls import is_http

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_CLOSED = re.compile(rb"</(?:[\w.-]+:)?(?:urlset|sitemapindex)\s*>\s*$")
_NUMBERED = re.compile(r"\d{4,}")
_WORDY = re.compile(r"(?:[^/-]+-){3,}[^/-]+/?$|(?:[^/_]+_){3,}[^/_]+/?$")


@dataclass(frozen=True)
class Entry:
    """An address that a seed names, and what it says about it (the page's ``hints``)."""

    url: str
    hints: dict[str, str] = field(default_factory=dict)

    @property
    def date(self) -> str | None:
        """The day the seed gives, as ISO 8601."""
        return dates.parse(self.hints.get("date_published"))


@dataclass(frozen=True)
class SitemapPage:
    """A sitemap: entries of articles, or of further sitemaps."""

    sitemaps: tuple[Entry, ...]
    entries: tuple[Entry, ...]


def feed(body: bytes, url: str, content_type: str | None = None) -> list[Entry]:
    """The entries of an RSS, RDF or Atom feed, in its order."""
    headers = {"content-type": content_type or "", "content-location": url}
    parsed = feedparser.parse(body, response_headers=headers, sanitize_html=False)
    entries = []
    for item in parsed.entries:
        link = _absolute(url, item.get("link") or "")
        if link:
            entries.append(Entry(link, _feed_hints(item)))
    return entries


def _feed_hints(item: Any) -> dict[str, str]:
    tags = [tag.get("term") for tag in item.get("tags", ()) if tag.get("term")]
    hints = {
        "headline": _plain(item.get("title")),
        "description": _plain(item.get("summary")),
        "date_published": item.get("published") or item.get("updated") or "",
        "section": tags[0] if tags else "",
    }
    return {name: value for name, value in hints.items() if value}


def _plain(markup: str | None) -> str:
    """A feed's text without its markup."""
    if not markup or "<" not in markup:
        return " ".join((markup or "").split())
    return " ".join(Selector(markup).xpath("string()").get("").split())


def sitemap(body: bytes, url: str) -> SitemapPage:
    """A sitemap, news sitemap or sitemap index (sitemaps.org 0.9), broken ones as far as they go."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(body.strip(), parser=parser)
    except etree.XMLSyntaxError:  # nothing in it at all
        root = None
    if root is None:
        return SitemapPage((), ())
    index: list[Entry] = []
    entries: list[Entry] = []
    nodes = list(root.iterchildren("{*}sitemap", "{*}url"))
    if not _CLOSED.search(body):
        del nodes[-1:]  # cut off in its middle: half an address is none
    for node in nodes:
        link = _absolute(url, _child(node, "loc"))
        if link:
            into = index if etree.QName(node).localname == "sitemap" else entries
            into.append(Entry(link, _sitemap_hints(node)))
    return SitemapPage(tuple(index), tuple(entries))


def _sitemap_hints(node: Any) -> dict[str, str]:
    hints = {
        "headline": _child(node, "title"),
        "date_published": _child(node, "publication_date"),
        "date_modified": _child(node, "lastmod"),
    }
    return {name: value for name, value in hints.items() if value}


def _child(node: Any, name: str) -> str:
    return next((" ".join(child.text.split()) for child in node.iter(f"{{*}}{name}") if child.text), "")


def listing(page: Selector, url: str) -> list[Entry]:
    """The links of a page, in its order, each once, with the longest text that one of them has."""
    found: dict[str, str] = {}
    for anchor in page.css("a[href]"):
        link = _absolute(url, anchor.attrib["href"])
        if link:
            text = " ".join("".join(anchor.css("::text").getall()).split())
            found[link] = max(found.get(link, ""), text, key=len)
    return [Entry(link, {"headline": text} if text else {}) for link, text in found.items()]


def next_page(page: Selector, url: str, selector: str) -> str | None:
    """The address of the listing's next page."""
    href = page.css(selector).xpath("@href").get()
    return _absolute(url, href) if href else None


def feeds_of(page: Selector, url: str) -> Iterator[str]:
    """The feeds that a page's head names (``link rel=alternate``)."""
    for link in page.css("link[rel~=alternate][href]"):
        address = _absolute(url, link.attrib["href"])
        if address and link.attrib.get("type", "").lower() in _FEED_TYPES:
            yield address


def looks_like_article(url: str) -> bool:
    """A guess for sites without a definition: a long number or a slug of four words in the path."""
    path = url.split("?", maxsplit=1)[0].split("://", 1)[-1].partition("/")[2]
    return bool(_NUMBERED.search(path) or _WORDY.search(path))


def _absolute(base: str, href: str) -> str | None:
    try:
        url = urljoin(base, href.strip())
    except ValueError:
        return None
    return url.split("#")[0] if is_http(url) else None
