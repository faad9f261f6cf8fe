"""``RecordedFeeds``: Scrapy's feed export, with the state told what each feed holds and when it is stored."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.extensions.feedexport import FeedExporter, FeedSlot
from scrapy.extensions.postprocessing import PostProcessingManager
from scrapy.utils.defer import ensure_awaitable
from sqlalchemy.exc import SQLAlchemyError

from crawler.closing import close
from crawler.errors import StateError
from crawler.extensions.run import Run
from crawler.items import Article, Rejection
from crawler.state import feeds
from crawler.state.feeds import FeedRow
from crawler.storages import WholeFileStorage

logger = logging.getLogger(__name__)
PATIENCE = (1, 3, 9)  # seconds between tries, where the state does not answer


class RecordedFeeds(FeedExporter):
    """Notes an address when its line is written, and the feed when it is whole on this disk and when it is stored.

    Feeds for other machines are written into FEED_SPOOL first and stay there until their storage has them: the
    next run stores what this one could not.
    """

    run: Run

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.open_feeds: dict[str, int] = {}  # by uri

    async def open_spider(self, spider: Spider) -> None:  # type: ignore[override]
        """First what earlier runs left, then this run's feeds."""
        self.run = Run.of(self.crawler)
        try:
            await self.recover()
            super().open_spider(spider)
        except Exception as error:  # a crawl without feeds would fetch for nothing
            logger.exception("The feeds could not be opened")
            raise CloseSpider("feeds_not_opened") from error
        self._record_new_slots()

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
        self.run.write(item, [self.open_feeds[slot.uri] for slot in written], owed=failed)

    def _check(self, slot: FeedSlot, before: int | None) -> None:
        """A feed that broke in the middle of a line is never stored, and the crawl ends: a full disk stays full."""
        if before is None or _position(slot) != before:
            slot.storage.broken = True  # type: ignore[attr-defined]
            close(self.crawler, "feed_broken")

    def _record_new_slots(self) -> None:
        for slot in self.slots:
            if not isinstance(slot.storage, RecordedStorage):
                slot.storage = RecordedStorage(self, slot)  # type: ignore[assignment]

    # --- what earlier runs left -----------------------------------------------------------------

    async def recover(self) -> None:
        """Feeds that were open are lost; feeds that were whole are stored once more under the same name."""
        database, lock = self.run.database, self.run.lock.name
        self.run.lose_open_feeds()
        for feed in feeds.unfinished(database, lock, "closing"):
            try:
                arrived = await self._store_again(feed)
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

    async def _store_again(self, feed: FeedRow) -> bool:
        options = self.feeds.get(feed.template) or {"overwrite": True}
        storage: Any = self._get_storage(feed.uri, {**options, "overwrite": True})
        spool = Path(feed.spool or "")
        if isinstance(storage, WholeFileStorage):
            storage.part = spool
            if not spool.is_file():  # the kill came after the renaming
                return storage.final.is_file() and storage.final.stat().st_size == feed.size
        elif not spool.is_file():
            return False
        if spool.stat().st_size != feed.size or _digest(spool) != feed.sha256:
            return False
        await ensure_awaitable(storage.store(spool.open("rb")))
        spool.unlink(missing_ok=True)  # of a local feed it is the feed by now
        return True

    def _count(self, what: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"feeds/{what}")


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """FEED_URI_PARAMS: Scrapy's, and ``run``, the state's number of the run: no two runs write the same file."""
    return {**params, "run": Run.of(spider.crawler).id}


class RecordedStorage:
    """A feed's storage, with the state told before and after it stores."""

    def __init__(self, exporter: RecordedFeeds, slot: FeedSlot) -> None:
        self.exporter = exporter
        self.slot = slot
        self.inner: Any = slot.storage
        self.broken = False
        self.spool: Path | None = None
        if isinstance(self.inner, WholeFileStorage):
            self.spool = self.inner.part
        elif urlsplit(slot.uri).scheme != "stdout":
            self.spool = Path(exporter.settings["FEED_SPOOL"], f"{exporter.run.id}-{quote(slot.uri, safe='')[-150:]}")

    def open(self, spider: Spider) -> IO[bytes]:
        """The file that the lines go into. The state knows the feed before it has one."""
        run, slot = self.exporter.run, self.slot
        spool = None if self.spool is None else str(self.spool)
        number = feeds.open_feed(run.database, run.id, run.spider, slot.uri_template, slot.uri, spool)
        self.exporter.open_feeds[slot.uri] = number
        if isinstance(self.inner, WholeFileStorage) or self.spool is None:
            return self.inner.open(spider)  # type: ignore[no-any-return]
        self.spool.parent.mkdir(parents=True, exist_ok=True)
        return self.spool.open("w+b")

    async def store(self, file: IO[bytes]) -> None:
        """Note every line, make the bytes durable, store them, and say so."""
        if self.broken:
            raise StateError(f"{self.slot.uri} broke in the middle of a line: what it held is fetched again")
        run, number = self.exporter.run, self.exporter.open_feeds.pop(self.slot.uri)
        size, digest = await asyncio.to_thread(_settled, file, self.spool)
        await patiently(run.flush)
        await patiently(feeds.closing, run.database, number, records=self.slot.itemcount, size=size, sha256=digest)
        await ensure_awaitable(self.inner.store(file))
        await patiently(feeds.stored, run.database, number, run.now())
        if self.spool is not None:
            self.spool.unlink(missing_ok=True)  # of a local feed it is the feed by now


async def patiently(work: Any, *args: Any, **options: Any) -> None:
    """Ask the state again a few times where it does not answer. StateError in the end."""
    for pause in (*PATIENCE, None):
        try:
            work(*args, **options)
        except SQLAlchemyError as error:
            if pause is None:
                raise StateError(f"the state does not answer: {str(error).splitlines()[0]}") from error
            await asyncio.sleep(pause)
        else:
            return


def _position(slot: FeedSlot) -> int | None:
    """How far a feed is written, where that can be known: not through compression."""
    if slot.file is None:
        return 0
    return None if isinstance(slot.file, PostProcessingManager) else slot.file.tell()


def _settled(file: IO[bytes], path: Path | None) -> tuple[int, str]:
    """Flush to the disk; size and SHA-256 of the file."""
    file.flush()
    if path is None:
        return 0, ""
    os.fsync(file.fileno())
    return path.stat().st_size, _digest(path)


def _digest(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            made.update(part)
    return made.hexdigest()
