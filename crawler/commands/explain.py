"""``scrapy explain URL|FILE|-``: a page as blocks, what was taken, by which rule, on what evidence."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import batch
from crawler.corpora import boilerplate
from crawler.engine import Options
from crawler.engine.rules import ALL_RULES
from crawler.errors import CrawlerError, RecordError
from crawler.explain import page as page_of
from crawler.explain import terminal
from crawler.explain.difference import differences
from crawler.explain.pieces import OUTSIDE, Explanation, explained
from crawler.fetching import fetched, loaded
from crawler.items import ARTICLE_FIELDS, Article, Page
from crawler.records import lines
from crawler.records.plain import fields_of
from crawler.sites.definitions import Definitions
from crawler.urls import host, is_http

NAMES = (*(rule.name for rule in ALL_RULES), OUTSIDE)


class Command(ScrapyCommand):
    """Offline on saved pages. Exit code 0: an article; 1: a rejection, or no page; 2: wrong arguments."""

    requires_project = True

    def syntax(self) -> str:
        """The arguments."""
        return "[options] <url|file|folder|->"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Show a page as blocks: what is kept, what was taken, by which rule, on what evidence"

    def long_desc(self) -> str:
        """What --help prints."""
        return (
            f"{self.short_desc()}. The page is fetched as a crawl would, or read: an HTML file, a JSON Lines file with "
            "html and url (its first page), the folder of a fixture, or - for standard input. Exit codes: 0 an "
            "article, 1 a rejection or no page, 2 wrong arguments."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """What is shown, and where."""
        super().add_options(parser)
        parser.add_argument(
            "--rule", choices=NAMES, metavar="NAME", help=f"only what this rule took: {', '.join(NAMES)}"
        )
        parser.add_argument("--all", action="store_true", help="also the blocks far from the article")
        parser.add_argument("--html", metavar="OUT.html", help="write it as one HTML page that works offline")
        parser.add_argument(
            "--diff",
            metavar="OTHER",
            help="compare with another record: a feed (.jsonl) with this address, or another saved page or address",
        )
        parser.add_argument("--url", help="the address that a file was saved from: it names the site's definition")

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """Quiet, unless a log level is given."""
        opts.loglevel = opts.loglevel or "WARNING"
        super().process_options(args, opts)

    def run(self, args: list[str], opts: Namespace) -> None:
        """Load, explain, show."""
        if len(args) != 1:
            raise UsageError("name one address, file or folder, or -")
        try:
            explanation = self._explained(self._page(args[0], opts.url))
            if opts.diff:
                self._show_differences(opts.diff, explanation)
            elif opts.html:
                Path(opts.html).write_text(page_of.html(explanation), encoding="utf-8")
                print(f"wrote {opts.html}")
            else:
                terminal.show(
                    Console(highlight=False, soft_wrap=True), explanation, rule=opts.rule, everything=opts.all
                )
        except (CrawlerError, OSError) as error:
            print(f"scrapy explain: {error}", file=sys.stderr)
            self.exitcode = 1
            return
        self.exitcode = 0 if isinstance(explanation.record, Article) else 1

    def _page(self, name: str, url: str | None) -> Page:
        return fetched(self.crawler_process, name) if is_http(name) else loaded(name, url)

    def _explained(self, page: Page) -> Explanation:
        """With the settings that a crawl would have."""
        assert self.settings is not None
        site = Definitions.of_settings(self.settings).of(page.site, page.url)
        learned = self.settings["SITE_BOILERPLATE"]
        known = boilerplate.load(str(learned)).get(host(page.url), frozenset()) if learned else frozenset()
        return explained(page, site, Options(**self.settings.getdict("ENGINE_OPTIONS")), known)

    def _show_differences(self, other: str, explanation: Explanation) -> None:
        console = Console(highlight=False, soft_wrap=True)
        found = differences(self._other(other, explanation.page.url), explanation.record)
        for change in found:
            console.print(Text(change.field, style="bold"))
            for mark, text, colour in (("-", change.before, "red"), ("+", change.after, "green")):
                for line in (text or "").splitlines():
                    console.print(Text(f"{mark} {line}", style=colour))
        console.print(f"{len(found)} differences", highlight=False)

    def _other(self, name: str, url: str) -> dict[str, Any]:
        if ".json" in Path(name).name:
            return lines.record_of(Path(name), url)
        if is_http(name):
            raise RecordError(f"{name}: one address at a time; save the other page first (scrapy fixture)")
        record = batch.process(loaded(name, url))
        return fields_of(record, ARTICLE_FIELDS if isinstance(record, Article) else ("reason", "detail"))
