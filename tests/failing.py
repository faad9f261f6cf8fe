"""Parts that fail, for tests of what a failure leaves behind."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import IO, Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import BlockingFeedStorage

from crawler.exporters.lines import PlainJsonLines
from crawler.storages import WholeFileStorage


class Storage(WholeFileStorage):
    """Takes every line, and then cannot store the feed."""

    def store(self, file: IO[bytes]) -> None:
        file.close()
        raise OSError("the storage is away")


class Flaky(BlockingFeedStorage):
    """``flaky://path``: fails once, then has the feed."""

    def __init__(self, uri: str, **_: Any) -> None:
        self.path = Path(uri.removeprefix("flaky://"))
        self.tries = 0

    def _store_in_thread(self, file: IO[bytes]) -> None:
        with file:
            self.tries += 1
            if self.tries == 1:
                raise OSError("not now")
            file.seek(0)
            self.path.write_bytes(file.read())


class Exporter(PlainJsonLines):
    """Fails at every fifth record."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.seen = 0

    def export_item(self, item: Any) -> None:
        self.seen += 1
        if self.seen % 5 == 0:
            raise ValueError("the exporter fails")
        super().export_item(item)


class Interrupted:
    """An extension: Ctrl-C while the spider opens, so that nothing has begun."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Interrupted:
        interrupted = cls()
        crawler.signals.connect(interrupted.opened, signal=signals.spider_opened)
        return interrupted

    async def opened(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(1)  # until Scrapy has been told
