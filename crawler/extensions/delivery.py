"""From the lines of a feed to its storage, with the state told before and after; again by the next run if need be."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import time
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlsplit

from scrapy import Spider
from scrapy.extensions.feedexport import FeedSlot
from scrapy.utils.defer import ensure_awaitable
from sqlalchemy.exc import SQLAlchemyError

from crawler.errors import StateError
from crawler.extensions.run import Run
from crawler.state import feeds
from crawler.state.feeds import FeedRow
from crawler.storages import WholeFileStorage

logger = logging.getLogger(__name__)
PATIENCE = (1, 3, 9)  # seconds between tries, where the state does not answer
BACKOFF = 2  # seconds before a storage is tried again; four times as long each time


class RecordedStorage:
    """A feed's storage, with the state told before and after it stores.

    A feed for another machine is written into FEED_SPOOL and stays there until its storage has it.
    """

    def __init__(self, run: Run, slot: FeedSlot) -> None:
        self.run = run
        self.slot = slot
        self.inner: Any = slot.storage
        self.broken = False
        self.number: int | None = None  # the state's, once it is open
        self.opened = 0.0  # seconds of time.monotonic
        self.spool: Path | None = None
        if isinstance(self.inner, WholeFileStorage):
            self.spool = self.inner.part
        elif urlsplit(slot.uri).scheme != "stdout":
            self.spool = Path(run.settings["FEED_SPOOL"], f"{run.id}-{quote(slot.uri, safe='')[-150:]}")

    def open(self, spider: Spider) -> IO[bytes]:
        """The file that the lines go into. The state knows the feed before it has one."""
        run, slot = self.run, self.slot
        spool = None if self.spool is None else str(self.spool)
        self.number = feeds.open_feed(run.database, run.id, run.spider, slot.uri_template, slot.uri, spool)
        self.opened = time.monotonic()
        if isinstance(self.inner, WholeFileStorage) or self.spool is None:
            return self.inner.open(spider)  # type: ignore[no-any-return]
        self.spool.parent.mkdir(parents=True, exist_ok=True)
        return self.spool.open("w+b")

    async def store(self, file: IO[bytes]) -> None:
        """Note every line, make the bytes durable, store them, and say so."""
        if self.broken:
            raise StateError(f"{self.slot.uri} broke in the middle of a line: what it held is fetched again")
        run, number = self.run, self.number
        size, digest = await asyncio.to_thread(_settled, file, self.spool)
        await patiently(run.flush)
        await patiently(feeds.closing, run.database, number, records=self.slot.itemcount, size=size, sha256=digest)
        remote = self.spool is not None and not isinstance(self.inner, WholeFileStorage)
        await deliver(self.inner, file, self.spool if remote else None, run.settings.getint("FEED_STORE_RETRIES"))
        await patiently(feeds.stored, run.database, number, run.now())
        if self.spool is not None:
            self.spool.unlink(missing_ok=True)  # of a local feed it is the feed by now


async def deliver(storage: Any, file: IO[bytes], spool: Path | None, retries: int) -> None:
    """Store a file; where it lies in a spool, again after 2, 8, 32 … seconds. Raises what the last try raised."""
    for number in range(retries + 1):
        try:
            await ensure_awaitable(storage.store(file))
        except Exception as error:  # whatever a storage raises
            if spool is None or number == retries:
                raise
            pause = BACKOFF * 4**number
            logger.warning("%s could not be stored and is tried again in %d s: %s", spool.name, pause, error)
            await asyncio.sleep(pause)
            file = spool.open("rb")  # the storage has closed the one it was given
        else:
            return


async def store_again(storage: Any, feed: FeedRow) -> bool:
    """Store what an earlier run could not; whether its bytes are there still. Raises what the storage raises."""
    spool = Path(feed.spool or "")
    if isinstance(storage, WholeFileStorage):
        storage.part = spool
        if not spool.is_file():  # the kill came after the renaming
            return storage.final.is_file() and storage.final.stat().st_size == feed.size
    elif not spool.is_file():
        return False
    if spool.stat().st_size != feed.size or _digest(spool) != feed.sha256:
        return False
    await deliver(storage, spool.open("rb"), None, retries=0)
    spool.unlink(missing_ok=True)  # of a local feed it is the feed by now
    return True


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
