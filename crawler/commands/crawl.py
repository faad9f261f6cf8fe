"""``scrapy crawl``: Scrapy's own, which checks the arguments first and keeps articles and rejections apart."""

from __future__ import annotations

import asyncio
import logging
import sys
import traceback
from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from scrapy.commands import crawl
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.python import without_none_values

from crawler import arguments, formats
from crawler.batch import collect_rarely
from crawler.closing import BROKEN
from crawler.errors import ArgumentError, CrawlerError, LockedError, StateError
from crawler.fleet import ALERT, FAILED, INTERRUPTED, LOCKED, NO_STATE
from crawler.sites import no_site


def exit_code(error: BaseException | None, stats: Mapping[str, Any], *, monitors_fail: bool = False) -> int:
    """0: what was found is stored. 1: something failed, and the next run has it to do: a feed, every seed, the start.
    3: the state cannot be opened. 4: a monitor complains (MONITORS_FAIL). 75: another run has the site.
    130: SIGINT or SIGTERM came before the crawl had begun, or twice; what is not stored is left for the next run.
    """
    if error is not None:
        return LOCKED if isinstance(error, LockedError) else NO_STATE if isinstance(error, StateError) else FAILED
    failed = ("feeds/failed", "feeds/unwritten", "archive/failed", "store/failed", "spider_exceptions/count")
    unstored = any(name.startswith("feedexport/failed_count/") for name in stats)
    read = stats.get("news/seeds/read", 0) + stats.get("news/seeds/not_modified", 0)
    no_seed = stats.get("news/seeds/failed", 0) > 0 and read == 0
    reason = stats.get("finish_reason")
    if unstored or no_seed or reason in BROKEN or any(stats.get(name) for name in failed):
        return FAILED
    if reason is None:
        return INTERRUPTED
    return ALERT if stats.get("monitors/alerts") and monitors_fail else 0


class Command(crawl.Command):
    """Wrong arguments end with a message and exit code 2."""

    def long_desc(self) -> str:
        """What --help prints."""
        return (
            "Crawl a site by its name (scrapy list) or addresses (urls). Arguments, each with -a: "
            "max_articles=N (at most N article pages are fetched), since=YYYY-MM-DD, "
            "until=YYYY-MM-DD, sections=a,b; for urls also url=… or file=…; for archive path=… "
            "(WARC files: a file, a folder, a pattern, s3://…). "
            "mode=backfill (walks archives between since and until), again=yes (also what was delivered). "
            "Articles go to output/<site>/<time>-<run>.jsonl, and with -O to FILE as well: "
            f".{', .'.join(formats.FORMATS)}; .gz or .zst may follow. "
            "What was delivered is not fetched again (STATE_URL). Exit codes: 0 done, 1 something failed and is left "
            "for the next run, 2 wrong arguments, 3 no state, 4 a monitor complains, 75 another run has the site, "
            "130 interrupted before it began, or twice."
        )

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """Check; feeds of the command line hold articles only: rejections have a feed of their own."""
        appended, overwritten = opts.output or [], opts.overwrite_output or []
        opts.output = opts.overwrite_output = None  # Scrapy knows no second extension
        super().process_options(args, opts)
        assert self.settings is not None
        if len(args) == 1:
            self._check(args[0], opts.spargs)
        known = without_none_values(self.settings.getwithbase("FEED_EXPORTERS"))
        try:
            given = formats.of_command_line(appended, overwritten, list(known))
            self.settings.set("FEEDS", {**given, **formats.completed(self.settings.getdict("FEEDS"))}, "cmdline")
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None

    def run(self, args: list[str], opts: Namespace) -> None:
        """Crawl, and say by the exit code what became of it."""
        if len(args) != 1:
            raise UsageError("name one site (scrapy list), or: urls")
        assert self.crawler_process is not None
        collect_rarely()
        crawler = self._create_crawler(args[0])
        shown = logging.NullHandler(crawler.settings["LOG_LEVEL"]).level
        logging.disable(shown - 1)  # Scrapy would make records below it for every page, that nobody sees
        running: Any = self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        error = running.exception() if isinstance(running, asyncio.Future) and running.done() else None
        if error is not None:
            print(f"scrapy crawl: {error}", file=sys.stderr)
            if not isinstance(error, CrawlerError):
                traceback.print_exception(error)
        stats = {} if error or not crawler.stats else crawler.stats.get_stats()
        self.exitcode = exit_code(error, stats, monitors_fail=crawler.settings.getbool("MONITORS_FAIL"))

    def _check(self, name: str, given: dict[str, str]) -> None:
        """Before anything starts, so that the message is all that is printed."""
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        try:
            spider = loader.load(name)
        except KeyError:
            raise UsageError(no_site(name, sorted(loader.list())), print_help=False) from None
        takes = getattr(spider, "takes", None)
        if takes is not None:
            try:
                arguments.parse(given, takes)
            except ArgumentError as error:
                raise UsageError(str(error), print_help=False) from None
