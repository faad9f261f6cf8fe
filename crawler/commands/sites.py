"""``scrapy sites``: the sites, how they do, and with --check whether an article of each can be had now."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy import signals
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.errors import StateError
from crawler.fetching import keep_nothing
from crawler.fleet import FAILED, NO_STATE
from crawler.items import Article, Rejection
from crawler.reports.health import Health, health
from crawler.reports.page import minute
from crawler.sites import Site, all_sites, no_site
from crawler.spiders.sites import spider_for
from crawler.state import runs, seeds
from crawler.state.database import Database

HISTORY = 200  # runs of a site that are looked at
WIDE = 200  # columns of a table that no terminal cuts
COLUMNS = ("site", "country", "language", "seeds", "last success", "articles a day", "never matched", "health")


class Command(ScrapyCommand):
    """Exit code 0; with --check 1 where a site gave no article; 2: wrong arguments; 3: no state."""

    requires_project = True

    def syntax(self) -> str:
        """The arguments."""
        return "[options] [SITE...]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "List the sites with their seeds, last success, articles a day, dead selectors and health"

    def long_desc(self) -> str:
        """What --help prints."""
        return (
            f"{self.short_desc()}, by what the state (STATE_URL) remembers. --check fetches one article of each now. "
            "Exit codes: 0, or 1 where --check had no article of a site, 2 wrong arguments, 3 no state."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """--check, --json."""
        super().add_options(parser)
        parser.add_argument("--check", action="store_true", help="fetch one article of each site, and keep nothing")
        parser.add_argument("--json", action="store_true", help="a JSON object a line instead of a table")

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """Quiet, unless a log level is given."""
        opts.loglevel = opts.loglevel or "ERROR"
        super().process_options(args, opts)

    def run(self, args: list[str], opts: Namespace) -> None:
        """Look into the state; fetch; print."""
        known = all_sites()
        for name in args:
            if name not in known:
                raise UsageError(no_site(name, known), print_help=False)
        chosen = [known[name] for name in args] or list(known.values())
        try:
            rows = self._rows(chosen)
        except StateError as error:
            print(f"scrapy sites: {error}", file=sys.stderr)
            self.exitcode = NO_STATE
            return
        found = self._check(chosen) if opts.check else None
        if opts.json:
            for row in rows:
                checked = {} if found is None else {"check": _said(found.get(row.site))}
                print(json.dumps(asdict(row) | checked, ensure_ascii=False))
        else:
            _print(rows, found)
        if found is not None and not all(isinstance(found.get(site.name), Article) for site in chosen):
            self.exitcode = FAILED

    def _rows(self, chosen: Sequence[Site]) -> list[Health]:
        assert self.settings is not None
        database, now = Database(self.settings["STATE_URL"] or "sqlite://"), int(time.time())
        try:
            return [
                health(site, seeds.of_spider(database, site.name), runs.past(database, site.name, limit=HISTORY), now)
                for site in chosen
            ]
        finally:
            database.close()

    def _check(self, chosen: Sequence[Site]) -> dict[str, Article | Rejection]:
        """One record of each site, without state, feeds or report."""
        found: dict[str, Article | Rejection] = {}
        process: Any = self.crawler_process
        keep_nothing(process)
        for site in chosen:
            spider = spider_for(site)
            spider.keeps_state = False
            crawler = process.create_crawler(spider)
            crawler.signals.connect(
                lambda item, name=site.name: found.setdefault(name, item), signals.item_scraped, weak=False
            )
            process.crawl(crawler, max_articles="1")
        process.start()
        return found


def _print(rows: Sequence[Health], found: dict[str, Article | Rejection] | None) -> None:
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    table = Table(*(COLUMNS if found is None else (*COLUMNS, "check")), box=None, pad_edge=False)
    for row in rows:
        cells: list[str | Text] = [
            row.site,
            row.country or "–",
            row.language,
            str(row.seeds),
            minute(row.last_success) if row.last_success else "never",
            "–" if row.articles_a_day is None else f"{row.articles_a_day:.1f}",
            ", ".join(row.never_matched) or "–",
            Text(row.health, style="green" if row.health == "fine" else "yellow"),
        ]
        if found is not None:
            record = found.get(row.site)
            cells.append(Text(_said(record), style="green" if isinstance(record, Article) else "red"))
        table.add_row(*cells)
    console.print(table)


def _said(record: Article | Rejection | None) -> str:
    if isinstance(record, Article):
        return f"{len(record.body.split())} words: {record.headline}"
    return f"{record.reason}: {record.detail}" if record else "no article found (-L INFO says why)"
