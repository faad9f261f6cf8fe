"""Feeds for feed readers, of the cleaned articles with their whole text: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1.

The elements of RSS and Atom are feedgen's (kept; knows what each standard asks for); the feeds are written an entry at
a time.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, ClassVar

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree
from scrapy.exporters import BaseItemExporter

from crawler.exporters.lines import Entries
from crawler.records import syndication
from crawler.records.syndication import Channel, Entry

etree.register_namespace("content", "http://purl.org/rss/1.0/modules/content/")
etree.register_namespace("dc", "http://purl.org/dc/elements/1.1/")


class _Xml(BaseItemExporter):
    """The feed's head is written before its first entry, and is about that one's site."""

    end: ClassVar[bytes]

    def __init__(self, file: BytesIO, **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        self.file = file
        self.begun = False

    def head(self, feed: FeedGenerator) -> bytes:
        """A whole feed without entries."""
        raise NotImplementedError

    def element(self, entry: FeedEntry) -> Any:
        """The XML of an entry."""
        raise NotImplementedError

    def export_item(self, item: Any) -> None:
        """One entry."""
        element = self.element(_entry(syndication.entry(item)))
        written = etree.tostring(element, encoding="unicode").encode()
        self._begin(item)
        self.file.write(written + b"\n")

    def finish_exporting(self) -> None:
        """The end of the feed."""
        self._begin(None)
        self.file.write(self.end)

    def _begin(self, item: Any) -> None:
        if not self.begun:
            whole = self.head(_feed(syndication.channel(item)))
            self.file.write(whole[: whole.rindex(self.end.strip().split(b"\n")[0])] + b"\n")
            self.begun = True


class Rss(_Xml):
    """RSS 2.0 (https://www.rssboard.org/rss-specification), the text in ``content:encoded``."""

    end = b"</channel></rss>\n"

    def head(self, feed: FeedGenerator) -> bytes:
        """The channel."""
        return bytes(feed.rss_str())

    def element(self, entry: FeedEntry) -> Any:
        """An item."""
        return entry.rss_entry()


class Atom(_Xml):
    """Atom (RFC 4287)."""

    end = b"</feed>\n"

    def head(self, feed: FeedGenerator) -> bytes:
        """The feed."""
        return bytes(feed.atom_str())

    def element(self, entry: FeedEntry) -> Any:
        """An entry."""
        return entry.atom_entry()


class JsonFeed(Entries):
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

    def head(self, item: Any) -> dict[str, Any]:
        """What the feed is about."""
        return syndication.json_head(syndication.channel(item))

    def entry(self, item: Any) -> dict[str, Any]:
        """One item."""
        return syndication.json_item(syndication.entry(item))


def _feed(channel: Channel) -> FeedGenerator:
    feed = FeedGenerator()
    feed.id(channel.link)
    feed.title(channel.title)
    feed.link(href=channel.link)
    feed.description(f"Articles of {channel.title}")
    feed.updated(channel.updated)
    feed.author(name=channel.title)  # RFC 4287: where an entry has none
    if channel.language:
        feed.language(channel.language)
    return feed


def _entry(said: Entry) -> FeedEntry:
    entry = FeedEntry()
    entry.id(said.id)
    entry.guid(said.id, permalink=True)
    entry.title(said.title)
    entry.link(href=said.url, rel="alternate")
    entry.updated(said.updated)
    if said.published:
        entry.published(said.published)
    if said.summary:
        entry.description(said.summary, isSummary=True)
    entry.content(said.html, type="html")
    for name in said.authors:
        entry.author(name=name)
    entry.load_extension("dc")
    entry.dc.dc_creator(list(said.authors))
    for term in said.terms:
        entry.category(term=term)
    return entry
