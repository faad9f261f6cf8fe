"""``archive``: the pages in WARC files, through the same pipelines and feeds as a crawl, without a request."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler

from crawler import arguments, remote
from crawler.archives.joining import Joining
from crawler.archives.pages import pages
from crawler.archives.record import Skipped
from crawler.items import Page, Reason, Rejection
from crawler.sites import site_for

from .links import Links

if TYPE_CHECKING:
    from typing_extensions import Self

FLYING = 16  # pages in the pipelines at a time: enough for the engine's processes, little enough for flat memory
PROGRESS = 10_000  # records between lines in the log
_TIME = re.compile(r"(?<!\d)(?:20\d\d-\d\d-\d\dT\d\d-\d\d-\d\d|20\d{12})")  # as we write it, as CC-NEWS does


class ArchiveSpider(scrapy.Spider):
    """``-a path=…``: a file, a folder, a pattern, or ``s3://bucket/prefix``; ours, CC-NEWS, anybody's.

    What cannot be read is a Rejection(ERROR) that says which bytes of which file, and the rest is read.
    """

    name = "archive"
    takes = arguments.ARCHIVE
    keeps_state = False  # each replay makes all records again
    replays = True
    names: list[str]  # of the files
    joining: Joining

    def __init__(self, **given: str) -> None:
        super().__init__()
        self.given = given
        self.arguments = arguments.parse(given, self.takes)
        self.counts: Counter[str] = Counter()
        self.flying = 0
        self.landed = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **given: Any) -> Self:
        """Finds the files, the oldest first by the time in their names. RecordError where there are none, SiteError
        where SITE_CONFIG_DIR is wrong.
        """
        spider = super().from_crawler(crawler, *args, **given)
        spider.names = sorted(remote.found(spider.arguments.path, crawler.settings), key=_age)
        spider.joining = Joining(Links.of_settings(crawler.settings).goes_on)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.land, signal=signal)
        return spider

    def wants_date(self, published: str | None) -> bool:
        """Whether the run's since and until let a date in."""
        return self.arguments.wants(published)

    async def start(self) -> AsyncIterator[Page | Rejection]:
        """Every page of every file, a few at a time."""
        most = self.settings.getint("DOWNLOAD_MAXSIZE")
        for name in self.names:
            self.logger.info("Reading %s", name)
            with remote.opened(name, self.settings) as file:
                for found in pages(file, most, _site_of, self.counts, self.joining):
                    yield await self._sent(found if isinstance(found, Page) else self._rejection(name, found))
            self.logger.info("Read %s: %s", name, self._so_far())
        for page in self.joining.rest():
            yield await self._sent(page)
        while self.flying:  # the crawl must not end before its last record
            await self._landing()

    async def _sent(self, item: Page | Rejection) -> Page | Rejection:
        while self.flying >= FLYING:
            await self._landing()
        self.flying += 1
        if self.counts["records"] % PROGRESS == 0:
            self.logger.info("So far %s", self._so_far())
        return item

    async def _landing(self) -> None:
        self.landed.clear()
        await self.landed.wait()

    def land(self) -> None:
        """A record has left the pipelines."""
        self.flying -= 1
        self.landed.set()

    def _rejection(self, name: str, skipped: Skipped) -> Rejection:
        at, end, reason = skipped
        self.logger.warning("%s: bytes %d to %d are skipped: %s", name, at, end, reason)
        url = f"{name if remote.is_remote(name) else remote.uri(name)}?bytes={at}-{end}"
        return Rejection(url=url, site=None, fetched_at=None, reason=Reason.ERROR, detail=f"skipped: {reason}")

    def _so_far(self) -> str:
        if self.crawler.stats:
            for name, count in self.counts.items():
                self.crawler.stats.set_value(f"archive/{name}", count)
        return ", ".join(f"{count} {name}" for name, count in sorted(self.counts.items())) or "nothing"


def _age(name: str) -> tuple[str, str]:
    """A story is archived before its next revision and before who republishes it."""
    base = name.rpartition("/")[2]
    time = _TIME.search(base)
    return re.sub(r"\D", "", time[0])[:14] if time else "", name


def _site_of(url: str) -> str | None:
    site = site_for(url)
    return site.name if site else None
