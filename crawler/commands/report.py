"""``scrapy report [RUN]``: the report of any past run."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.errors import StateError
from crawler.fleet import FAILED, NO_STATE
from crawler.reports import page
from crawler.state import feeds, runs
from crawler.state.database import Database
from crawler.state.runs import PastRun


class Command(ScrapyCommand):
    """Exit code 0: written; 1: there is no such run; 2: wrong arguments; 3: no state."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[options] [RUN]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Write the report of a past run as one HTML page: the last one, or the one with this number"

    def long_desc(self) -> str:
        """What --help prints."""
        return (
            f"{self.short_desc()}. --list names the runs that the state (STATE_URL) remembers. "
            "Exit codes: 0 written, 1 there is no such run, 2 wrong arguments, 3 the state cannot be opened."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """Which run, and where to."""
        super().add_options(parser)
        parser.add_argument("--site", metavar="NAME", help="the last run of this site (scrapy list)")
        parser.add_argument("--list", action="store_true", help="list the last runs, and write nothing")
        parser.add_argument("-o", "--output", metavar="FILE", help="default: output/report/<spider>-<run>.html")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Read the state; write, or list."""
        if len(args) > 1 or not all(arg.isascii() and arg.isdigit() for arg in args):
            raise UsageError("name one run by its number (--list has them)", print_help=False)
        assert self.settings is not None
        try:
            database = Database(self.settings["STATE_URL"] or "sqlite://")
        except StateError as error:
            print(f"scrapy report: {error}", file=sys.stderr)
            self.exitcode = NO_STATE
            return
        before = int(args[0]) + 1 if args else None
        found = runs.past(database, opts.site, before, runs.HISTORY if opts.list else 1)
        if not found or (args and found[0].id != int(args[0])):
            what = f"run {args[0]}" if args else "run of " + opts.site if opts.site else "run"
            print(f"scrapy report: the state has no {what} (scrapy report --list)", file=sys.stderr)
            self.exitcode = FAILED
        elif opts.list:
            print("\n".join(map(_line, found)))
        else:
            self._write(database, found[0], opts.output)
        database.close()

    def _write(self, database: Database, run: PastRun, output: str | None) -> None:
        assert self.settings is not None
        folder = self.settings["REPORT_FOLDER"] or "output/report"
        path = Path(output or f"{folder}/{run.spider}-{run.id}.html")
        content = page.html(run, feeds.of_run(database, run.id), runs.past(database, run.spider, run.id))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}", print_help=False) from None
        print(f"wrote {path}")


def _line(run: PastRun) -> str:
    row = page.row(run)
    counts = f"{row['articles']:>6} articles  {row['rejections']:>5} rejections"
    return f"{run.id:>6}  {page.minute(run.started)}  {run.spider:<20} {counts}  {row['exit']}"
