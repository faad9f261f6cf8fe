"""``ShowProgress``: a crawl as it goes, live on a terminal, a line now and then anywhere else.

The live view is rich's (kept; it leaves the log's lines whole above the view). Takes the place of Scrapy's LogStats.
"""

from __future__ import annotations

import logging
import sys
import time
from typing import Any

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from crawler.extensions.run import Run
from crawler.items import Article, Rejection
from crawler.reports.progress import Progress, clock

logger = logging.getLogger(__name__)
REFRESH = 0.5  # seconds between two looks of the live view
COUNT = 5  # seconds between two counts of what waits
SITES = 8  # lines of the live view


class ShowProgress:
    """LOGSTATS_INTERVAL=0 shows nothing."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.interval = crawler.settings.getfloat("LOGSTATS_INTERVAL")
        if not self.interval:
            raise NotConfigured
        self.live: Live | None = None
        self.streams: list[logging.StreamHandler[Any]] = []
        self.waiting: tuple[float, int | None] = (0.0, None)  # when it was counted, and the count

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ShowProgress:
        """From the opening of the spider to its close."""
        shown = cls(crawler)
        crawler.signals.connect(shown.open, signal=signals.spider_opened)
        crawler.signals.connect(shown.add, signal=signals.item_scraped)
        crawler.signals.connect(shown.close, signal=signals.spider_closed)
        return shown

    def open(self) -> None:
        """Begin to show."""
        spider: Any = self.crawler.spider
        self.run = Run.of(self.crawler)
        self.progress = Progress(time.monotonic(), _most(spider))
        console = Console(stderr=True)
        if console.is_terminal and not console.is_dumb_terminal and self.crawler.settings.getbool("PROGRESS_LIVE"):
            self.live = Live(console=console, auto_refresh=False, transient=True)
            self.live.start()
            self._lead_the_log_to(sys.stderr)
        self.task = create_looping_call(self.show)
        self.task.start(REFRESH if self.live else self.interval, now=False)

    def add(self, item: Any) -> None:
        """A record has left the pipelines."""
        if isinstance(item, Article | Rejection):
            self.progress.add(item)

    def show(self) -> None:
        """As it is now."""
        stats: Any = self.crawler.stats
        engine: Any = self.crawler.engine
        now = time.monotonic()
        if now - self.waiting[0] >= COUNT:
            self.waiting = now, self._count_waiting()
        self.progress.tick(
            now,
            waiting=self.waiting[1],
            requests=stats.get_value("downloader/request_count", 0),
            flying=len(engine.downloader.active),
            errors=stats.get_value("log_count/ERROR", 0),
        )
        if self.live:
            self.live.update(view(self.crawler.spidercls.name, self.progress), refresh=True)
        else:
            logger.info("So far %s", self.progress.line())

    def close(self) -> None:
        """Leave the log as it was."""
        self.task.stop()
        if self.live:
            self.live.stop()
            self._lead_the_log_to(sys.stderr)

    def _count_waiting(self) -> int | None:
        spider: Any = self.crawler.spider
        if not getattr(spider, "keeps_state", False):  # another kind of spider
            return None
        return self.run.how_many_wait(mine=spider.only_named)

    def _lead_the_log_to(self, stream: Any) -> None:
        """Rich puts another stream in the place of standard error while its view stands."""
        streams = [one for one in logging.root.handlers if type(one) is logging.StreamHandler]
        self.streams = self.streams or [one for one in streams if one.stream is sys.__stderr__]
        for handler in self.streams:
            handler.setStream(stream)


def _most(spider: Any) -> int | None:
    return getattr(getattr(spider, "arguments", None), "max_articles", None)


def view(spider: str, progress: Progress) -> Group:
    """What stands on the terminal."""
    rates = progress.rates
    left = f", {clock(progress.left)} left" if progress.left else ""
    head = Text(f"{spider}  {clock(progress.now - progress.began)}{left}", style="bold")
    table = Table.grid(padding=(0, 2))
    table.add_row("pages", str(progress.pages), f"{rates.pages:.1f}/s")
    table.add_row("articles", Text(str(progress.articles), style="green"), f"{rates.articles:.1f}/s")
    table.add_row("rejections", str(progress.rejections.total()), progress.reasons)
    table.add_row("requests", str(progress.requests), f"{progress.flying} under way")
    if progress.waiting is not None:
        table.add_row("waiting", str(progress.waiting), "addresses")
    table.add_row("errors", Text(str(progress.errors), style="red" if progress.errors else ""), "")
    if len(progress.sites) > 1:
        for name, count in progress.sites.most_common(SITES):
            table.add_row("", str(count), name)
    return Group(head, table)
