"""``RecordedFeeds``: Scrapy's feed export, with the state told what each feed holds and when it is stored."""

from __future__ import annotations

import logging
import time
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.extensions.feedexport import FeedExporter, FeedSlot, apply_uri_params
from scrapy.extensions.postprocessing import PostProcessingManager
from scrapy.utils.asyncio import create_looping_call

from crawler import formats
from crawler.closing import close
from crawler.errors import ArgumentError
from crawler.extensions.delivery import RecordedStorage, store_again
from crawler.extensions.manifests import Manifests
from crawler.extensions.run import Run
from crawler.items import Article, Rejection
from crawler.state import feeds

logger = logging.getLogger(__name__)


class RecordedFeeds(FeedExporter):
    """Notes an address when its line is written, and the feed when it is whole on this disk and when it is stored.

    Feeds for other machines are written into FEED_SPOOL first and stay there until their storage has them: the
    next run stores what this one could not. A feed with ``batch_seconds`` or ``batch_bytes`` begins a new file after
    so many; ``batch_item_count`` is Scrapy's.
    """

    run: Run

    def __init__(self, crawler: Crawler) -> None:
        named = formats.completed(crawler.settings.getdict("FEEDS"))
        crawler.settings.set("FEEDS", named, priority="cmdline")
        try:
            super().__init__(crawler)
        except NotConfigured as error:  # Scrapy would crawl on, and write nothing
            if named:
                raise ArgumentError("FEEDS names a storage or a format that there is not: see the log") from error
            raise
        self._clock = create_looping_call(self._close_full)

    async def open_spider(self, spider: Spider) -> None:  # type: ignore[override]
        """First what earlier runs left, then this run's feeds."""
        self.run = Run.of(self.crawler)
        self.manifests = Manifests(self.run, self._get_storage)
        try:
            await self.recover()
            super().open_spider(spider)
        except Exception as error:  # a crawl without feeds would fetch for nothing
            logger.exception("The feeds could not be opened")
            raise CloseSpider("feeds_not_opened") from error
        self._record_new_slots()
        if any(options.get("batch_seconds") for options in self.feeds.values()):
            self._clock.start(1.0, now=False)

    async def close_spider(self, spider: Spider) -> None:
        """All feeds, and what lists them."""
        if self._clock.running:
            self._clock.stop()
        await super().close_spider(spider)
        await self._list()

    def item_scraped(self, item: Any, spider: Spider) -> None:
        """Write the lines, feed by feed so that one's failure is its own, and note them."""
        if not isinstance(item, Article | Rejection):
            super().item_scraped(item, spider)
            return
        holders = self.run.holders(item)
        left, written, failed = [], [], False
        for slot in self.slots:
            self.slots, count, at = [slot], slot.itemcount, _position(slot)
            if slot.uri_template not in holders:
                try:
                    super().item_scraped(item, spider)
                except Exception:
                    logger.exception("Feed %s: %s could not be written", slot.uri, item)
                    self._count("unwritten")
                    failed = True
                    self._check(slot, at)
            written += [slot] if slot.itemcount > count else []
            left += self.slots
        self.slots = left
        self._record_new_slots()
        held: list[Any] = [slot.storage for slot in written]
        self.run.write(item, [storage.number for storage in held], owed=failed)
        self._close_full()

    def _check(self, slot: FeedSlot, before: int | None) -> None:
        """A feed that broke in the middle of a line is never stored, and the crawl ends: a full disk stays full."""
        if before is None or _position(slot) != before or getattr(slot.exporter, "broken", False):
            slot.storage.broken = True  # type: ignore[attr-defined]
            close(self.crawler, "feed_broken")

    def _record_new_slots(self) -> None:
        for slot in self.slots:
            if not isinstance(slot.storage, RecordedStorage):
                slot.storage = RecordedStorage(self.run, slot)  # type: ignore[assignment]

    def _count(self, what: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"feeds/{what}")

    # --- batches --------------------------------------------------------------------------------

    def _close_full(self) -> None:
        """Begin a new file for each feed whose last one is large or old enough."""
        for at, slot in enumerate(self.slots):
            if slot.itemcount and self._is_full(slot):
                params = self._get_uri_params(slot.spider, slot.feed_options["uri_params"], slot)
                self._schedule_slot_close(slot, slot.spider)
                self.slots[at] = self._start_new_batch(
                    batch_id=slot.batch_id + 1,
                    uri=apply_uri_params(slot.uri_template, params),
                    feed_options=slot.feed_options,
                    spider=slot.spider,
                    uri_template=slot.uri_template,
                )
        self._record_new_slots()

    @staticmethod
    def _is_full(slot: FeedSlot) -> bool:
        seconds, size = slot.feed_options.get("batch_seconds"), slot.feed_options.get("batch_bytes")
        storage: Any = slot.storage
        if seconds and time.monotonic() - storage.opened >= seconds:
            return True
        return bool(size and slot.file is not None and slot.file.tell() >= size)

    # --- what earlier runs left -----------------------------------------------------------------

    async def recover(self) -> None:
        """Feeds that were open are lost; feeds that were whole are stored once more under the same name."""
        database, lock = self.run.database, self.run.lock.name
        self.run.lose_open_feeds()
        for feed in feeds.unfinished(database, lock, "closing"):
            options = self.feeds.get(feed.template) or {}
            try:
                arrived = await store_again(self._get_storage(feed.uri, {**options, "overwrite": True}), feed)
            except Exception as error:  # whatever the storage raises: the next run tries again
                logger.error("Feed %s of an earlier run could not be stored: %s", feed.uri, error)
                self._count("failed")
                continue
            if arrived:
                feeds.stored(database, feed.id, self.run.now())
                self._count("recovered")
                logger.info("Stored feed %s of an earlier run (%s records)", feed.uri, feed.records)
            else:
                feeds.lose(database, [feed.id])
                logger.error("Feed %s of an earlier run is gone: what it held is fetched again", feed.uri)
        await self._list()

    async def _list(self) -> None:
        """Write the manifests that stored feeds are still to be listed in."""
        for uri, error in await self.manifests.write(self.feeds):
            logger.error("Manifest %s could not be stored and is left to the next run: %s", uri, error)
            self._count("failed")


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """FEED_URI_PARAMS: Scrapy's, and ``run``, the state's number of the run: no two runs write the same file."""
    return {**params, "run": Run.of(spider.crawler).id}


def _position(slot: FeedSlot) -> int | None:
    """How far a feed is written, where that can be known: not through compression, nor into a pipe."""
    if slot.file is None:
        return 0
    if isinstance(slot.file, PostProcessingManager) or not slot.file.seekable():
        return None
    return slot.file.tell()
