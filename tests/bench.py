"""``make bench``: the engine and trafilatura in turn on the same pages, each in a process of its own.

    python -m tests.bench [PAGES.jsonl.gz …]

Without PAGES the development sets beside the project (../shared/data) are used, or else the newsroom's pages.
Writes the engine's records as ``output/bench/<set>.jsonl`` (id, body, title, date, authors), prints pages per
second (median of the rounds), their ratio and peak memory. Ratios of one run are comparable, times are not.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT, SHARED

OUT = ROOT / "output" / "bench"
ROUNDS = 5


def main() -> None:
    """Both extractors over every set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--worker", choices=("engine", "trafilatura"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        print(json.dumps(work(options.worker, options.pages[0])))
        return
    OUT.mkdir(parents=True, exist_ok=True)
    for path in options.pages or sorted((SHARED / "data").glob("dev-*.jsonl.gz")) or [newsroom_pages()]:
        compare(path)
    print(f"records: {OUT}/<set>.jsonl")


def compare(path: Path) -> None:
    """One set: the rounds in turn, so that a busy machine is busy for both."""
    rounds = [{name: run(name, path) for name in ("engine", "trafilatura")} for _ in range(ROUNDS)]
    speed = {name: statistics.median(r[name]["pages"] / r[name]["seconds"] for r in rounds) for name in rounds[0]}
    ratio = statistics.median(r["trafilatura"]["seconds"] / r["engine"]["seconds"] for r in rounds)
    memory = {name: rounds[0][name]["peak_mib"] for name in rounds[0]}
    print(
        f"{path.name}: {rounds[0]['engine']['pages']:.0f} pages  engine {speed['engine']:.0f}/s {memory['engine']:.0f} MiB"
        f"  trafilatura {speed['trafilatura']:.0f}/s {memory['trafilatura']:.0f} MiB  ratio {ratio:.1f}"
    )


def run(name: str, path: Path) -> dict[str, float]:
    """One extractor over one set, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench", "--worker", name, str(path)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def work(name: str, path: Path) -> dict[str, float]:
    """Inside that process: extract every page once, after one that warms up."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    extract = engine_record if name == "engine" else trafilatura_record
    extract(rows[0])
    began = time.perf_counter()
    records = [extract(row) for row in rows]
    seconds = time.perf_counter() - began
    if name == "engine":
        target = OUT / path.name.removesuffix(".gz")
        target.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"pages": len(rows), "seconds": seconds, "peak_mib": peak}


def engine_record(row: dict[str, str]) -> dict[str, object]:
    """What the engine makes of a page, as score files want it."""
    from crawler import engine  # noqa: PLC0415 (each process loads the one it measures)
    from crawler.items import Article, Page  # noqa: PLC0415

    page = Page(
        url=row.get("url") or "about:blank", body=row["html"].encode("utf-8"), content_type="text/html; charset=utf-8"
    )
    record = engine.process(page)
    if not isinstance(record, Article):
        return {"id": row["id"], "body": "", "reason": str(record.reason)}
    return {
        "id": row["id"],
        "body": record.body,
        "title": record.headline,
        "date": record.date_published,
        "authors": record.authors,
    }


def trafilatura_record(row: dict[str, str]) -> dict[str, object]:
    """The same from trafilatura, default options, with its metadata."""
    import trafilatura  # noqa: PLC0415

    document = trafilatura.bare_extraction(row["html"], url=row.get("url"))
    return {"id": row["id"], "body": document.text if document else ""}


def newsroom_pages() -> Path:
    """The newsroom's pages as a set."""
    from tests.newsroom import pages  # noqa: PLC0415
    from tests.newsroom.stories import all_stories  # noqa: PLC0415

    path = OUT / "newsroom.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for story in all_stories():
            for url, body in (
                (pages.publisher_path(story), pages.publisher_page(story, "https://x.example").body),
                (pages.aggregator_path(story), pages.aggregator_page(story)),
            ):
                row = {"id": url, "url": "https://x.example" + url, "html": body.decode("utf-8", "replace")}
                file.write(json.dumps(row) + "\n")
    return path


if __name__ == "__main__":
    main()
