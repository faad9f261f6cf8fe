"""``scrapy fixture URL``: save a page with the record that the engine makes of it, for a person to check."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler import batch
from crawler.errors import RecordError
from crawler.items import Page
from crawler.records import fixtures
from crawler.sites import all_sites, site_for
from crawler.spiders.urls import UrlsSpider
from crawler.urls import host, is_http


class _Fetch(UrlsSpider):
    """Fetches one page as ``urls`` does, and keeps it."""

    keeps_state = False
    fetched: list[Page]

    def parse_article(self, response, address):  # type: ignore[no-untyped-def]
        for page in super().parse_article(response, address):
            self.fetched.append(page)
            yield from ()


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
            raise UsageError(f"no site is called {opts.site!r}; there are: {', '.join(all_sites())}", print_help=False)
        page = self._fetch(args[0])
        if page is None:
            self.exitcode = 1
            return
        known = site_for(args[0])
        name = opts.site or (known.name if known else host(args[0]))
        page = Page(
            url=page.url,
            body=page.body,
            content_type=page.content_type,
            fetched_at=page.fetched_at,
            site=name if name in all_sites() else None,
        )
        folder = Path(opts.folder) / name / opts.name
        try:
            fixtures.save(folder, page, batch.process(page))
        except RecordError as error:
            print(f"scrapy fixture: {error}", file=sys.stderr)
            self.exitcode = 1
            return
        print(f"saved {folder}/: check expected.json by eye, correct what is wrong, then make the rules agree")

    def _fetch(self, url: str) -> Page | None:
        _Fetch.fetched = []
        assert self.crawler_process is not None
        crawler: Crawler = self.crawler_process.create_crawler(_Fetch)
        self.crawler_process.crawl(crawler, url=url)
        self.crawler_process.start()
        if not _Fetch.fetched:
            print(f"scrapy fixture: {url} gave no page; the log says why", file=sys.stderr)
            return None
        return _Fetch.fetched[0]
