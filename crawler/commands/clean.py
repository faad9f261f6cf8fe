"""``scrapy clean IN… -o OUT``: texts and corpora without the boilerplate, and the way back."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from tqdm import tqdm

from crawler.bars import bar
from crawler.corpora import boilerplate, learning, reading, running
from crawler.corpora.running import Pool, Progress
from crawler.corpora.task import Fault, Task
from crawler.engine.options import MODES
from crawler.errors import RecordError

STDOUT = "-"


class Command(ScrapyCommand):
    """Offline: no request is made."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[options] IN [IN …]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Take the boilerplate out of texts: JSON Lines, Parquet, WARC, HTML, text files, of any size"

    def long_desc(self) -> str:
        """What IN and OUT may be."""
        return (
            "IN: files, folders, glob patterns, or - for JSON Lines on standard input. JSON Lines (.jsonl, .ndjson, "
            ".json), .parquet, .warc, .html, .txt; also with .gz or .zst. OUT: .jsonl[.gz|.zst] or .parquet. "
            "Every field stays; the text is cleaned in its place, and removed, keywords, source and related are added "
            "(as clean_… where the record has such a field). Records that cannot be read go to OUT.errors.jsonl, pages "
            "that are no articles to OUT.rejections.jsonl. Exit code 1 where there were errors, 2 for a wrong call."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """All of them."""
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="OUT", default=STDOUT, help="file (default: standard output)")
        parser.add_argument("--text-field", metavar="NAME", default="text", help="where the text is (default: text)")
        parser.add_argument("--url-field", metavar="NAME", help="where the page's address is (default: url and others)")
        parser.add_argument(
            "--id-field", metavar="NAME", default="id", help="what duplicates are named by (default: id)"
        )
        parser.add_argument("--language", metavar="CODE", help="phrases of this language and English (default: all)")
        parser.add_argument(
            "--mode", choices=MODES, default="precision", help="which error is worse (default: precision)"
        )
        parser.add_argument("--audit", action="store_true", help="add edits: all that was changed, to be restored")
        parser.add_argument("--restore", action="store_true", help="put back what a run with --audit took out")
        parser.add_argument("--resume", action="store_true", help="go on with an interrupted run")
        parser.add_argument(
            "--learn", metavar="FILE", type=Path, help="write the lines that sites repeat; clean nothing"
        )
        parser.add_argument("--min-documents", type=int, default=5, metavar="N", help="with --learn: in so many (5)")
        parser.add_argument(
            "--min-share", type=float, default=0.01, metavar="X", help="with --learn: of a site's (0.01)"
        )
        parser.add_argument("--site-boilerplate", metavar="FILE", help="take out the lines of a file from --learn")
        parser.add_argument("--dedup", choices=("exact", "near"), help="name the first document that each one repeats")
        parser.add_argument("--workers", type=int, metavar="N", help="processes (default: one for each core)")
        parser.add_argument("--seconds", type=float, default=30.0, metavar="S", help="for one document (default: 30)")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Clean, learn or restore."""
        if not args:
            raise UsageError("name at least one file, folder or pattern, or - for standard input")
        try:
            names = reading.expand(args)
            faults = self._learn(names, opts) if opts.learn else self._clean(names, opts)
        except RecordError as error:
            print(f"scrapy clean: {error}", file=sys.stderr)
            faults = 1
        self.exitcode = int(faults > 0)

    def _learn(self, names: list[str], opts: Namespace) -> int:
        with _Bar("learning") as told:
            counter, progress = learning.learn(names, _task(opts), _pool(opts), told, _say)
        found = counter.found(opts.min_documents, opts.min_share)
        boilerplate.save(opts.learn, found)
        lines = sum(len(site["lines"]) for site in found["sites"].values())
        print(
            f"{progress.counts['documents']} documents, {lines} lines of {len(found['sites'])} sites",
            file=sys.stderr,
        )
        return progress.counts["errors"]

    def _clean(self, names: list[str], opts: Namespace) -> int:
        task = _task(opts)
        if opts.site_boilerplate:
            boilerplate.load(opts.site_boilerplate)  # a wrong file is said now, not by every worker
        with _Bar("restoring" if opts.restore else "cleaning") as told:
            if opts.output == STDOUT:
                progress = running.stream(names, _to_streams, task, _pool(opts), told)
            else:
                out = Path(opts.output)
                task = replace(task, as_table=running.as_tables(names, running.suffix_of(out)))
                progress = running.run(names, out, task, _pool(opts), resume=opts.resume, told=told)
        print(", ".join(f"{count} {name}" for name, count in progress.counts.items()), file=sys.stderr)
        return progress.counts["errors"]


def _task(opts: Namespace) -> Task:
    return Task(
        text_field=opts.text_field,
        url_field=opts.url_field,
        id_field=opts.id_field,
        language=opts.language,
        mode=opts.mode,
        audit=opts.audit,
        restore=opts.restore,
        site_boilerplate=opts.site_boilerplate,
        dedup=None if opts.restore else opts.dedup,  # what is put back is not compared
    )


def _pool(opts: Namespace) -> Pool:
    return Pool(workers=_cores() if opts.workers is None else opts.workers, seconds=opts.seconds)


def _cores() -> int:
    """Those that this process may use; not every system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _say(fault: Fault) -> None:
    print(f"scrapy clean: {fault.file}, record {fault.number}: {fault.reason}", file=sys.stderr)


def _to_streams(name: str, content: bytes) -> None:
    """Records to standard output, what went wrong to standard error."""
    stream = {"part": sys.stdout.buffer, "names": None}.get(name, sys.stderr.buffer)
    if stream and content:
        stream.write(content)
        stream.flush()


class _Bar:
    """Progress on standard error: a bar in a terminal, a line now and then elsewhere."""

    def __init__(self, what: str) -> None:
        self.bar: tqdm[None] | None = None
        self.what = what

    def __enter__(self) -> _Bar:
        return self

    def __call__(self, progress: Progress) -> None:
        """Show how far a run is."""
        if self.bar is None:
            self.bar = bar(self.what, unit="B", total=progress.total or None)
        self.bar.set_postfix_str(f"{progress.counts['documents']} documents", refresh=False)
        self.bar.update(progress.at - self.bar.n if progress.total else progress.size - self.bar.n)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.close()
