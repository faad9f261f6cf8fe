"""``scrapy newsite URL|FILE…``: draft a site's definition and its fixture, from live pages or saved ones."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.drafting.definition import Proposal, Visit, module, propose, table
from crawler.errors import CrawlerError, RecordError
from crawler.fetching import loaded, visited
from crawler.records import fixtures
from crawler.sites import site_for
from crawler.urls import is_http

PAGES = 6  # that are compared, unless --pages says otherwise


class Command(ScrapyCommand):
    """Exit code 0: drafted; 1: no article was found, or the site is there already; 2: wrong arguments."""

    requires_project = True

    def syntax(self) -> str:
        """The arguments."""
        return "[options] <url> | <file|folder>..."

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Draft a site: its feeds, sitemaps, address pattern and selectors, with a fixture"

    def long_desc(self) -> str:
        """What --help prints."""
        return (
            f"{self.short_desc()}. URL is the site's root or one of its articles: some articles are fetched, politely, "
            "and compared. Saved pages are HTML files, JSON Lines with html and url, or fixtures' folders. Writes "
            "crawler/sites/<name>.py and tests/sites/<name>/. Exit codes: 0 drafted, 1 no article or the site "
            "is there already, 2 wrong arguments."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """--name, --pages, --url, --folder, --print, --force."""
        super().add_options(parser)
        parser.add_argument("--name", help="of the site (default: from its domain)")
        parser.add_argument("--pages", type=int, default=PAGES, metavar="N", help=f"to compare (default: {PAGES})")
        parser.add_argument("--url", help="the address that one saved page was saved from")
        parser.add_argument("--folder", default=".", help="of the project (default: this one)")
        parser.add_argument(
            "--print", action="store_true", dest="only_print", help="print the definition, write nothing"
        )
        parser.add_argument(
            "--force", action="store_true", help="draft a known site too, write over a definition; fixtures are kept"
        )

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """Quiet, unless a log level is given."""
        opts.loglevel = opts.loglevel or "WARNING"
        super().process_options(args, opts)

    def run(self, args: list[str], opts: Namespace) -> None:
        """Look, draft, write, say what to check."""
        if not args or opts.pages < 1 or (is_http(args[0]) and len(args) > 1):
            raise UsageError("name one address, or files; --pages is 1 or more", print_help=False)
        try:
            proposal = propose(self._visit(args, opts), opts.name)
            text = module(proposal, f"{datetime.now(timezone.utc):%Y-%m-%d}")
            if opts.only_print:
                print(text, end="")
            else:
                _write(proposal, text, Path(opts.folder), force=opts.force)
        except (CrawlerError, OSError) as error:
            print(f"scrapy newsite: {error}", file=sys.stderr)
            self.exitcode = 1

    def _visit(self, args: list[str], opts: Namespace) -> Visit:
        live = is_http(args[0])
        pages = [] if live else [loaded(name, opts.url) for name in args]
        for address in args if live else [page.url for page in pages]:
            if not is_http(address):
                raise RecordError(f"{address}: where was this page saved from? --url says it")
            known = site_for(address)
            if known and not opts.force:
                where = f"crawler/sites/{known.name}.py"
                raise RecordError(f"{address} belongs to the site {known.name} ({where}); --force drafts another one")
        return visited(self.crawler_process, args[0], opts.pages) if live else Visit(pages)


def _write(proposal: Proposal, text: str, project: Path, *, force: bool) -> None:
    site = proposal.site
    path = project / "crawler/sites" / f"{site.name}.py"
    if path.exists() and not force:
        raise RecordError(f"{path} is there already; --name gives another name, --force writes over it")
    sample = proposal.samples[0]
    folder = project / "tests/sites" / site.name / "article"
    if force and fixtures.is_there(folder):  # a person has corrected it, and the addresses beside it
        said = f"kept {folder.parent}/ as it was: scrapy fixture {sample.page.url} --name NAME saves another page"
    else:
        fixtures.save(folder, replace(sample.page, site=site.name), sample.under(site))
        (folder.parent / "addresses.toml").write_text(table(proposal), encoding="utf-8")
        said = f"wrote {folder.parent}/: read expected.json and addresses.toml, correct what is wrong"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print("\n".join(proposal.evidence))
    print(f"wrote {path}\n{said}\n")
    print(f"next: scrapy crawl {site.name} -a max_articles=5")
