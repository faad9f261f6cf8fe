"""``scrapy extract IN… -o OUT``: saved pages -> article records."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import bars, batch
from crawler.errors import RecordError, SiteError
from crawler.items import ARTICLE_FIELDS, REJECTION_FIELDS, Article, Page
from crawler.records import pages
from crawler.records.plain import fields_of
from crawler.sites.definitions import Definitions


class Command(ScrapyCommand):
    """Offline: no request is made."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[options] IN [IN …]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Turn saved pages (HTML files, folders, .jsonl[.gz] with url and html) into article records"

    def add_options(self, parser: ArgumentParser) -> None:
        """-o and --workers."""
        super().add_options(parser)
        parser.add_argument(
            "-o", "--output", metavar="FILE", default="-", help="JSON Lines file (default: standard output)"
        )
        parser.add_argument("--workers", type=int, default=0, metavar="N", help="processes (default: this one)")

    def run(self, args: list[str], opts: Namespace) -> None:
        """One line for each page: its id, and the article or the rejection."""
        if not args:
            raise UsageError("name at least one file or folder")
        try:
            known = Definitions.of_settings(self.settings)
        except SiteError as error:
            raise UsageError(str(error)) from None
        counts: Counter[str] = Counter()
        to_file = opts.output != "-"
        target = Path(opts.output).open("w", encoding="utf-8") if to_file else nullcontext(sys.stdout)  # noqa: SIM115
        with target as out:
            try:
                for line in records([Path(arg) for arg in args], known, opts.workers):
                    counts[line.get("reason", "articles")] += 1
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
            except RecordError as error:
                print(f"scrapy extract: {error}", file=sys.stderr)
                self.exitcode = 1
        print(", ".join(f"{n} {what}" for what, n in counts.most_common()) or "no pages", file=sys.stderr)


def records(paths: list[Path], known: Definitions, workers: int = 0) -> Iterator[dict[str, Any]]:
    """The output lines: ``id``, the record's fields, and ``title`` and ``date`` as score files call them."""
    ids: list[str] = []

    def noted() -> Iterator[Page]:
        for path in paths:
            for identity, page in pages.read(path):
                ids.append(identity)
                yield page

    found = bars.counted("extract", batch.process_all(noted(), workers=workers, known=known), unit=" pages")
    for at, record in enumerate(found):
        line: dict[str, Any] = {"id": ids[at]}
        if isinstance(record, Article):
            line |= fields_of(record, ARTICLE_FIELDS)
            line |= {"title": record.headline, "date": record.date_published}
        else:
            line |= fields_of(record, REJECTION_FIELDS)
        yield line
