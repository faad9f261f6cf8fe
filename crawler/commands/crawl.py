"""``scrapy crawl``: Scrapy's own, which checks the arguments first and keeps articles and rejections apart."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from scrapy.commands import crawl
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from crawler import arguments
from crawler.errors import ArgumentError
from crawler.items import ARTICLE_FIELDS
from crawler.spiders.news import NewsSpider


class Command(crawl.Command):
    """Wrong arguments end with a message and exit code 2."""

    def long_desc(self) -> str:
        """What --help prints."""
        return (
            "Crawl a site by its name (scrapy list) or addresses (urls). Arguments, each with -a: "
            "max_articles=N (at most N article pages are fetched), since=YYYY-MM-DD, "
            "until=YYYY-MM-DD, sections=a,b; for urls also url=… or file=…. "
            "Articles go to output/<site>/<time>.jsonl, and with -O to FILE.csv, .json or .jsonl as well."
        )

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """Check; feeds of the command line hold articles only: rejections have a feed of their own."""
        super().process_options(args, opts)
        assert self.settings is not None
        if len(args) == 1:
            self._check(args[0], opts.spargs)
        if opts.output or opts.overwrite_output:
            feeds: dict[str, dict[str, Any]] = self.settings.getdict("FEEDS")
            for options in feeds.values():
                options.setdefault("item_classes", ["crawler.items.Article"])
                options.setdefault("fields", list(ARTICLE_FIELDS))
            self.settings.set("FEEDS", feeds, priority="cmdline")

    def _check(self, name: str, given: dict[str, str]) -> None:
        """Before anything starts, so that the message is all that is printed."""
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        try:
            spider = loader.load(name)
        except KeyError:
            known = ", ".join(sorted(loader.list()))
            raise UsageError(f"no site is called {name!r}; there are: {known}", print_help=False) from None
        if issubclass(spider, NewsSpider):
            try:
                arguments.parse(given, addresses=spider.takes_addresses)
            except ArgumentError as error:
                raise UsageError(str(error), print_help=False) from None
