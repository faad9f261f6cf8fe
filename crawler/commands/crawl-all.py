# ruff: noqa: N999 (Scrapy calls a command by its module's name)
"""``scrapy crawl-all``: every site, or some, each in a process of its own; one summary, one exit code."""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.fleet import ENDED_LATE, FAILED, INTERRUPTED, LOCKED, Fleet, in_words
from crawler.sites import all_sites, no_site

_OUTCOMES = {0: "done", ENDED_LATE: "done", LOCKED: "busy", INTERRUPTED: "interrupted"}  # by exit code; else failed
_EXIT_CODES = {"failed": FAILED, "interrupted": INTERRUPTED, "busy": LOCKED}  # the first that a site has


class Command(ScrapyCommand):
    """Runs ``scrapy crawl`` for each site, --jobs at a time."""

    requires_project = True

    def syntax(self) -> str:
        """The arguments."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Crawl all sites, or some, each in a process of its own"

    def long_desc(self) -> str:
        """What --help prints."""
        return (
            "Crawl every site of `scrapy list` (but urls), --jobs at a time, each in a process of its own whose log "
            "goes to output/logs/<site>.log. Settings (-s) and arguments (-a) are passed on. "
            "Exit code: 0 all are done, 1 some failed, 75 the rest are done and some were busy, 130 interrupted."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """--sites, --jobs, --time-limit, -a."""
        super().add_options(parser)
        parser.add_argument("--sites", help="names with commas between them (default: all)")
        cores = os.cpu_count() or 1
        parser.add_argument("--jobs", type=int, default=cores, help="crawls at a time (default: one a core)")
        parser.add_argument(
            "--time-limit", type=float, metavar="SECONDS", help="end a crawl in good order after so long"
        )
        parser.add_argument("--logs", default="output/logs", help="folder of the logs (default: output/logs)")
        parser.add_argument(
            "-a", dest="given", action="append", default=[], metavar="NAME=VALUE", help="for each spider"
        )

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """Quiet: the crawls have logs of their own."""
        opts.loglevel = opts.loglevel or "WARNING"
        super().process_options(args, opts)

    def run(self, args: list[str], opts: Namespace) -> None:
        """Start, watch, summarise."""
        if args or opts.jobs < 1 or (opts.time_limit is not None and opts.time_limit <= 0):
            raise UsageError("no arguments; --jobs and --time-limit are more than 0")
        names = _names(opts.sites)
        given = [part for pair in opts.set for part in ("-s", pair)]
        given += [part for pair in opts.given for part in ("-a", pair)]
        fleet = Fleet(names, given, jobs=opts.jobs, limit=opts.time_limit, logs=Path(opts.logs))
        codes = fleet.run(lambda text: print(text, flush=True))
        print()
        for name in names:
            print(f"{name:24} {in_words(codes[name]):32} {_records(Path(opts.logs, f'{name}.log'))}")
        outcomes = Counter(_OUTCOMES.get(code, "failed") for code in codes.values())
        named = [word for word in ("done", "busy", "failed", "interrupted") if outcomes[word] or word != "interrupted"]
        print(f"{len(names)} sites: {', '.join(f'{outcomes[word]} {word}' for word in named)}")
        self.exitcode = next((code for word, code in _EXIT_CODES.items() if outcomes[word]), 0)


def _names(given: str | None) -> list[str]:
    known = list(all_sites())
    names = [name.strip() for name in given.split(",") if name.strip()] if given else known
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise UsageError(no_site(unknown[0] if unknown else "", known), print_help=False)
    return list(dict.fromkeys(names))


def _records(log: Path) -> str:
    """How many records a crawl gave, by the stats at the end of its log."""
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    found = re.findall(r"'item_scraped_count': (\d+)", text)
    return f"{found[-1]} records" if found else ""
