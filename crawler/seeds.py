"""Seeds -> entries: what feeds, sitemaps and listings say. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser
from lxml import etree
from parsel import Selector

from crawler import mending
from crawler.engine import dates
from crawler.engine.structured import load_json
from crawler.urls import is_http

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_ENTRY = re.compile(rb"<(/?)(?:[\w.-]+:)?(?:url|sitemap)(?=[\s>])")
_FEED = re.compile(rb"\s*(?:<[?!][^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b")
_NUMBERED = re.compile(r"\d{4,}")
_WORDY = re.compile(r"(?:[^/-]+-){3,}[^/-]+/?$|(?:[^/_]+_){3,}[^/_]+/?$")


@dataclass(frozen=True)
class Entry:
    """An address that a seed names, and what it says about it (the page's ``hints``)."""

    url: str
    hints: dict[str, str] = field(default_factory=dict)
    is_sitemap: bool = False  # of an index: a sitemap's address

    @property
    def date(self) -> str | None:
        """The day the seed gives, as ISO 8601."""
        return dates.parse(self.hints.get("date_published"))

    @property
    def changed(self) -> int | None:
        """When it last changed or was published, in seconds since 1970."""
        return moment(self.hints.get("date_modified") or self.hints.get("date_published"))


def moment(date: str | None, *, end: bool = False) -> int | None:
    """A date as feeds and sitemaps write it, in seconds since 1970; of a day without a time its beginning or end."""
    if not date:
        return None
    try:
        found = datetime.fromisoformat(date.strip().replace("Z", "+00:00"))
    except ValueError:
        try:
            found = datetime.fromisoformat(dates.parse(date) or "")
        except ValueError:
            return None
    if not dates.is_given(found.date().isoformat()):
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=timezone.utc)
    return int(found.timestamp()) + (86399 if end and len(date.strip()) <= len("2026-11-25") else 0)


def feed(body: bytes, url: str, content_type: str | None = None) -> list[Entry]:
    """The entries of an RSS, RDF or Atom feed, in its order."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(body, url)
    headers = {"content-type": content_type or "", "content-location": url}
    parsed = feedparser.parse(mending.references(body), response_headers=headers, sanitize_html=False)
    entries = []
    for item in parsed.entries:
        link = _absolute(url, _link(item))
        if link:
            entries.append(Entry(link, _feed_hints(item)))
    return entries


def _link(item: Any) -> str:
    """The article's own address: not its counting detour's, and its id's where the item has no other."""
    identifier = item.get("id") or ""
    return str(item.get("feedburner_origlink") or item.get("link") or (identifier if is_http(identifier) else ""))


def _feed_hints(item: Any) -> dict[str, str]:
    tags = [tag.get("term") for tag in item.get("tags", ()) if tag.get("term")]
    hints = {
        "headline": _plain(item.get("title")),
        "description": _plain(item.get("summary")),
        "date_published": item.get("published") or item.get("updated") or "",
        "date_modified": dict.get(item, "updated") or "",  # feedparser's own get makes it up from "published"
        "section": tags[0] if tags else "",
    }
    return {name: value for name, value in hints.items() if value}


def _json_feed(body: bytes, url: str) -> list[Entry]:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser 6 does not read."""
    read = load_json(body.decode("utf-8-sig", "replace"))
    items = read.get("items") if isinstance(read, dict) else None
    entries = []
    for item in items if isinstance(items, list) else []:
        pairs = item.items() if isinstance(item, dict) else ()
        values = {name: value for name, value in pairs if isinstance(value, str)}
        link = _absolute(url, values.get("url") or values.get("external_url") or "")
        if link:
            hints = {
                "headline": _plain(values.get("title")),
                "description": _plain(values.get("summary")),
                "date_published": values.get("date_published", ""),
                "date_modified": values.get("date_modified", ""),
            }
            entries.append(Entry(link, {name: value for name, value in hints.items() if value}))
    return entries


def _plain(markup: str | None) -> str:
    """A feed's text without its markup."""
    if not markup or "<" not in markup:
        return " ".join(unescape(markup or "").split())
    return " ".join(Selector(markup).xpath("string()").get("").split())


def sitemap(body: bytes, url: str) -> Iterator[Entry]:
    """The entries of a sitemap, news sitemap or sitemap index (sitemaps.org 0.9), broken ones as far as they go; of
    what stands for one there: a feed, or lines of addresses.

    One at a time: a sitemap of 50 MB is never a tree. What is cut off in its middle loses its last entry: half an
    address is none.
    """
    body = mending.xml(body)
    if b"<" not in body:
        yield from (Entry(line) for line in body.decode("utf-8-sig", "replace").split() if is_http(line))
        return
    if _FEED.match(body):
        yield from feed(body, url)
        return
    options = {"recover": True, "resolve_entities": False, "huge_tree": True, "no_network": True}
    nodes = etree.iterparse(BytesIO(body), tag=("{*}sitemap", "{*}url"), **options)
    last: Entry | None = None
    try:
        for _, node in nodes:
            if last is not None:
                yield last
            said = _children(node)
            link = _absolute(url, _text(said.get("loc")))
            last = Entry(link, _sitemap_hints(said), _local(node.tag) == "sitemap") if link else None
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
    except etree.XMLSyntaxError:  # nothing more in it
        pass
    tag = None
    for tag in _ENTRY.finditer(body):  # noqa: B007 (the last one is wanted)
        pass
    if last is not None and tag and tag.group(1):
        yield last


def _sitemap_hints(said: Mapping[str, Any]) -> dict[str, str]:
    news = _children(said.get("news", ()))
    hints = {
        "headline": _plain(_text(news.get("title"))),
        "date_published": _text(news.get("publication_date")),
        "date_modified": _text(said.get("lastmod")),
    }
    return {name: value for name, value in hints.items() if value}


def _children(node: Iterable[Any]) -> dict[str, Any]:
    """The children by name, the first of each. An entry's pictures have a ``loc``, too, but they are no children."""
    return {_local(child.tag): child for child in reversed([*node])}


def _local(tag: Any) -> str:
    """A tag's name without its namespace, or without a prefix that nothing declares; a comment's tag is no name."""
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _text(node: Any) -> str:
    return " ".join(node.text.split()) if node is not None and node.text else ""


def listing(page: Selector, url: str) -> list[Entry]:
    """The links of a page, in its order, each once, with the longest text that one of them has. ``url`` is what they
    are relative to: the page's address, or its base element's (HTML, 2.4.3).
    """
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
    return url.split("#")[0] if href.strip() and is_http(url) else None
