"""``scrapy fixture URL``: save a page with the record that the engine makes of it, for a person to check."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import batch
from crawler.errors import RecordError
from crawler.fetching import fetched
from crawler.records import fixtures
from crawler.sites import all_sites, no_site
from crawler.urls import host, is_http


class Command(ScrapyCommand):
    """Into tests/sites/<site>/<name>/."""

    requires_project = True

    def syntax(self) -> str:
        """The arguments."""
        return "[options] <url>"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Save a page and its record under tests/sites/, for a person to check and correct"

    def add_options(self, parser: ArgumentParser) -> None:
        """--name, --site, --folder."""
        super().add_options(parser)
        parser.add_argument("--name", default="page", help="folder of the fixture below its site (default: page)")
        parser.add_argument("--site", help="site definition to use (default: the one that the address belongs to)")
        parser.add_argument("--folder", default="tests/sites", help="where fixtures are (default: tests/sites)")

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """Quiet, unless a log level is given."""
        opts.loglevel = opts.loglevel or "WARNING"
        super().process_options(args, opts)

    def run(self, args: list[str], opts: Namespace) -> None:
        """Fetch, extract, save, and say what to check."""
        if len(args) != 1 or not is_http(args[0]):
            raise UsageError("name one http or https address")
        if opts.site and opts.site not in all_sites():
            raise UsageError(no_site(opts.site, all_sites()), print_help=False)
        try:
            page = fetched(self.crawler_process, args[0])
            page = replace(page, site=opts.site or page.site)
            folder = Path(opts.folder) / (page.site or host(args[0])) / opts.name
            fixtures.save(folder, page, batch.process(page))
        except RecordError as error:
            print(f"scrapy fixture: {error}", file=sys.stderr)
            self.exitcode = 1
            return
        print(f"saved {folder}/: check expected.json by eye, correct what is wrong, then make the rules agree")
