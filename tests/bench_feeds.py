"""``make bench-feeds``: a million articles through the exporters, and 5 GB of archive through the reader.

Each measurement is a process of its own, with its peak memory after a tenth of the work and at the end. The bars beside
them do the same rows: json.dumps of ready dictionaries, pyarrow's writer with ready dictionaries.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DISTINCT = 997  # stories that are made; rows repeat them with addresses of their own
MIB = 1024 * 1024


def articles(count: int) -> Iterator[Any]:
    """Articles with 3,000 letters of text, a related story, a removed piece."""
    from crawler.items import Link, Removed  # noqa: PLC0415
    from tests.records.samples import article  # noqa: PLC0415

    words = "بحر ميناء سفينة خبر مدينة طريق ماء شمس قمر كتاب رئيس مجلس اجتماع يوم سنة".split()
    made = []
    for number in range(DISTINCT):
        chance = random.Random(number)
        paragraphs = (" ".join(chance.choices(words, k=40)) + "." for _ in range(12))
        removed = (Removed(kind="source", rule="label", text="المصدر: وكالة"),)
        related = (Link(headline=" ".join(chance.choices(words, k=8)), url="https://news.example/1"),)
        made.append(article(body="\n\n".join(paragraphs), removed=removed, related=related))
    for number in range(count):
        yield replace(made[number % DISTINCT], url=f"https://news.example/{number}")


def exporter(name: str) -> Callable[[int, Path], Iterator[int]]:
    """Articles through one of the project's exporters."""

    def run(count: int, path: Path) -> Iterator[int]:
        from scrapy.utils.misc import load_object  # noqa: PLC0415

        from crawler.formats import FORMATS  # noqa: PLC0415
        from crawler.items import ARTICLE_FIELDS  # noqa: PLC0415

        with path.open("wb") as file:
            made = load_object(FORMATS[name].exporter)(file, fields_to_export=list(ARTICLE_FIELDS), encoding="utf-8")
            made.start_exporting()
            for number, one in enumerate(articles(count), 1):
                made.export_item(one)
                yield number
            made.finish_exporting()

    return run


def dumps(count: int, path: Path) -> Iterator[int]:
    """json.dumps of ready dictionaries."""
    with path.open("w", encoding="utf-8") as file:
        for number, ready in enumerate(dictionaries(count), 1):
            file.write(json.dumps(ready, ensure_ascii=False) + "\n")
            yield number


def pyarrows(count: int, path: Path) -> Iterator[int]:
    """pyarrow's writer: tables of ready dictionaries, a row group each."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    from crawler.items import ARTICLE_FIELDS, Article  # noqa: PLC0415
    from crawler.records.columns import row, schema  # noqa: PLC0415

    ready = [row(one, ARTICLE_FIELDS) for one in articles(DISTINCT)]
    columns = schema(Article, ARTICLE_FIELDS)
    with pq.ParquetWriter(path, columns, compression="zstd") as writer:
        for start in range(0, count, 5000):
            rows = [{**ready[n % DISTINCT], "url": f"https://news.example/{n}"} for n in range(start, start + 5000)]
            writer.write_table(pa.Table.from_pylist(rows, schema=columns))
            yield start + 5000


def dictionaries(count: int) -> Iterator[dict[str, Any]]:
    """What json.dumps is given."""
    from crawler.items import ARTICLE_FIELDS  # noqa: PLC0415
    from crawler.records.plain import fields_of  # noqa: PLC0415

    ready = [fields_of(one, ARTICLE_FIELDS) for one in articles(DISTINCT)]
    for number in range(count):
        yield {**ready[number % DISTINCT], "url": f"https://news.example/{number}"}


def nothing(count: int, _: Path) -> Iterator[int]:
    """The making of the articles, which is in the exporters' time."""
    yield from (number for number, _ in enumerate(articles(count), 1))


def archive(_: int, path: Path) -> Iterator[int]:
    """An archive of so many MB, pages among larger files, with a flipped bit and a cut end, through the reader."""
    from crawler.archives.pages import pages  # noqa: PLC0415

    counts: Counter[str] = Counter()
    with path.open("rb") as file:
        for number, _ in enumerate(pages(file, 60 * MIB, lambda _: None, counts), 1):
            yield number
    print(json.dumps(counts), file=sys.stderr)


RUNS: dict[str, Callable[[int, Path], Iterator[int]]] = {
    "articles alone": nothing,
    "json.dumps": dumps,
    "jsonlines": exporter("jsonlines"),
    "pyarrow": pyarrows,
    "parquet": exporter("parquet"),
    "csv": exporter("csv"),
    "archive": archive,
}


def write_archive(path: Path, megabytes: int) -> int:
    """A WARC file of this size: a page of 100 KB, then a picture of 400 KB, and so on. How many pages."""
    from tests.archives.samples import foreign, page  # noqa: PLC0415

    chance = random.Random(1)
    pictures = [foreign([("https://a.example/x.jpg", chance.randbytes(400_000))], gzip=True, kind="image/jpeg")]
    pictures += [foreign([("https://a.example/y.mp4", chance.randbytes(900_000))], gzip=True, kind="video/mp4")]
    count = 0
    with path.open("wb") as file:
        while file.tell() < megabytes * MIB:
            file.write(foreign([(f"https://news.example/{count}", page(count, 100_000))], gzip=True))
            file.write(pictures[count % 2])
            count += 1
        file.truncate(file.tell() - 300)
    with path.open("r+b") as file:
        file.seek(megabytes * MIB // 2)
        byte = file.read(1)
        file.seek(-1, io.SEEK_CUR)
        file.write(bytes([byte[0] ^ 4]))
    return count


def replayed(megabytes: int, path: Path) -> dict[str, Any]:
    """The same through ``scrapy crawl archive``, all its pipelines and a feed; peaks of a tenth and of all."""
    peaks = {}
    for part, size in (("early", megabytes // 10), ("peak", megabytes)):
        pages = write_archive(path, size)
        command = [sys.executable, "-m", "scrapy", "crawl", "archive", "-a", f"path={path}", "-L", "ERROR"]
        command += ["-s", "STATE_URL=", "-s", "REPORT_FOLDER=", "-O", f"{path}.jsonl"]
        command += ["-s", "FEEDS={}"]
        began = time.perf_counter()
        with subprocess.Popen(command, cwd=ROOT) as crawl:
            _, status, used = os.wait4(crawl.pid, 0)
            crawl.returncode = os.waitstatus_to_exitcode(status)
        peaks[part] = used.ru_maxrss // 1024
        seconds = time.perf_counter() - began
    with Path(f"{path}.jsonl").open("rb") as file:
        print(f"{sum(1 for _ in file)} articles of {pages} pages", file=sys.stderr)
    return {"rows": pages, "seconds": seconds, **peaks}


def measure(name: str, count: int, path: Path) -> None:
    """In a process of its own: seconds, and peak memory after a tenth and at the end."""
    early, began = 0, time.perf_counter()
    for number in RUNS[name](count, path):
        if not early and number >= count // 10:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "rows": number, "early": early or peak, "peak": peak}))


def measured(name: str, count: int, path: Path) -> dict[str, Any]:
    """What such a process says."""
    command = [sys.executable, "-m", "tests.bench_feeds", "--one", name, "--rows", str(count), "--path", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    print(done.stderr.strip(), file=sys.stderr)
    return dict(json.loads(done.stdout))


def main() -> None:
    """All of it, as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--megabytes", type=int, default=5 * 1024, help="of archive")
    parser.add_argument("--one", choices=RUNS)
    parser.add_argument("--path", type=Path)
    options = parser.parse_args()
    if options.one:
        measure(options.one, options.rows, options.path)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "out")
        print("| what | rows/s | peak after a tenth | peak | size |\n|---|---|---|---|---|")
        for name in (*RUNS, "archive replayed"):
            if name == "archive replayed":
                found = replayed(options.megabytes, path)
            elif name == "archive":
                found = measured(name, write_archive(path, options.megabytes), path)
            else:
                found = measured(name, options.rows, path)
            size = path.stat().st_size / MIB if path.exists() else 0
            rate = found["rows"] / found["seconds"]
            print(f"| {name} | {rate:.0f} | {found['early']} MiB | {found['peak']} MiB | {size:.0f} MiB |", flush=True)


if __name__ == "__main__":
    main()
