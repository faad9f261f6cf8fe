"""``scrapy search WORDS``: articles in the store, with the place where the words stand."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import arguments
from crawler.errors import ArgumentError, StateError
from crawler.store import articles, words
from crawler.store.articles import Hit

BOLD, PLAIN = "\033[1m", "\033[0m"


class Command(ScrapyCommand):
    """Exit code 0: something was found; 1: nothing; 2: wrong arguments; 3: no store."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return '[options] WORD ["A PHRASE" …]'

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Search the articles in STORE_URL, whatever the spelling: «استراتيجيه» finds «الاستراتيجية»"

    def long_desc(self) -> str:
        """What --help prints."""
        return (
            f"{self.short_desc()}. Articles that have all words; a phrase in quotes is one. The best first, of equals "
            "the newest. Exit codes: 0 something was found, 1 nothing, 2 wrong arguments, 3 the store cannot be opened."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """What narrows the search."""
        super().add_options(parser)
        parser.add_argument("--site", metavar="NAME", help="only of this site")
        parser.add_argument("--since", metavar="DAY", help="published on this day or later (YYYY-MM-DD, UTC)")
        parser.add_argument("--until", metavar="DAY", help="published on this day or earlier")
        parser.add_argument("--limit", type=int, default=10, metavar="N", help="at most so many (default: 10)")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Four lines for each article: headline, site and date, address, context."""
        assert self.settings is not None
        wanted = words.query(" ".join(f'"{arg}"' if " " in arg else arg for arg in args))
        if not wanted:
            raise UsageError("name a word to search for", print_help=False)
        if not self.settings["STORE_URL"]:
            raise UsageError("there is no store: set STORE_URL, in settings.py or with -s", print_help=False)
        given = {name: value for name in ("since", "until") if (value := getattr(opts, name))}
        try:
            asked = arguments.parse(given)
            database = articles.opened(self.settings["STORE_URL"])
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        except StateError as error:
            print(f"scrapy search: {error}", file=sys.stderr)
            self.exitcode = 3
            return
        days = (asked.since, asked.until)
        total, hits = articles.search(database, wanted, site=opts.site, days=days, limit=opts.limit)
        database.close()
        for hit in hits:
            print(shown(hit, wanted, colours=sys.stdout.isatty()))
        print(f"{total} articles" + (f", the best {len(hits)} of them shown" if total > len(hits) else ""))
        self.exitcode = 0 if hits else 1


def shown(hit: Hit, wanted: list[list[str]], *, colours: bool) -> str:
    """An article for people: the words that were found are bold, or between « and » where nothing is."""
    begin, end = (BOLD, PLAIN) if colours else ("«", "»")
    pieces = (f"{begin}{p.text}{end}" if p.matches else p.text for p in words.context(hit.body, wanted))
    date = f"{hit.date_published:%Y-%m-%d %H:%M}" if hit.date_published else "no date"
    return f"{hit.headline or '(no headline)'}\n  {hit.site or '-'}, {date}\n  {hit.url}\n  {' '.join(pieces)}\n"
