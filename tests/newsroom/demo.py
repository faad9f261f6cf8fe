"""``make demo``: crawl the newsroom with the ordinary spiders and settings, and show what came out."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from .pages import aggregator_path
from .server import Newsroom
from .stories import all_stories

ROOT = Path(__file__).parents[2]
SITES = ("rt_arabic", "arabkhabar")


def main() -> int:
    """Serve, crawl both sites at once, summarise. Ctrl-C stops everything."""
    began = time.time()
    with Newsroom() as newsroom, tempfile.TemporaryDirectory() as state:
        print(f"The newsroom is open: publisher {newsroom.publisher.origin}/, aggregator {newsroom.aggregator.origin}/")
        crawls = {name: crawl(name, newsroom, Path(state)) for name in SITES}
        try:
            wait(crawls)
        except KeyboardInterrupt:
            for process in crawls.values():
                process.send_signal(signal.SIGINT)
                process.wait()
            print("\nstopped; what was crawled so far is in output/")
            return 130
        failed = [name for name, process in crawls.items() if process.returncode]
        for name in SITES:
            summarise(name, began)
        show_one(newsroom)
        crawl_again(newsroom, Path(state))
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def crawl(name: str, newsroom: Newsroom, state: Path) -> subprocess.Popen[bytes]:
    """``scrapy crawl <name>``, sent to the newsroom by settings alone."""
    command = [sys.executable, "-m", "scrapy", "crawl", name, "-L", "WARNING"]
    command += ["-s", f"SITE_MIRRORS={json.dumps(newsroom.mirrors)}", "-s", "PRIVATE_NETWORKS_ALLOWED=True"]
    command += ["-s", f"STATE_URL=sqlite:///{state}/{name}.sqlite"]  # of this demo: the last one's newsroom is gone
    # A session of its own: Ctrl-C reaches the crawl once, from here, and Scrapy closes its feeds.
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def wait(crawls: dict[str, subprocess.Popen[bytes]]) -> None:
    """Wait for all, with a sign of life."""
    began = time.time()
    while any(process.poll() is None for process in crawls.values()):
        time.sleep(0.2)
        if sys.stdout.isatty():
            print(f"\rcrawling politely, as robots.txt asks … {time.time() - began:.0f} s ", end="", flush=True)
    print(f"\rcrawled both sites in {time.time() - began:.0f} s" + " " * 40)


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a feed."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def feeds(name: str, began: float) -> tuple[list[Path], list[Path]]:
    """The article and rejection feeds that this demo wrote."""
    found = [p for p in sorted((ROOT / "output" / name).glob("*.jsonl")) if p.stat().st_mtime >= began]
    rejections = [p for p in found if p.name.endswith(".rejections.jsonl")]
    return [p for p in found if p not in rejections], rejections


def summarise(name: str, began: float) -> None:
    """Pages, articles, rejections by reason, stripped pieces by kind, and where the files are."""
    articles, rejections = feeds(name, began)
    kept = [record for path in articles for record in lines(path)]
    refused = [record for path in rejections for record in lines(path)]
    reasons = Counter(record["reason"] for record in refused)
    stripped = Counter(piece["kind"] for record in kept for piece in record["removed"])
    print(f"\n{name}: {len(kept) + len(refused)} pages = {len(kept)} articles + {len(refused)} rejections")
    print("  rejections  " + (", ".join(f"{reason} {n}" for reason, n in reasons.most_common()) or "none"))
    print("  stripped    " + ", ".join(f"{kind} {n}" for kind, n in stripped.most_common()))
    print(f"  duplicates  {sum(record['duplicate_of'] is not None for record in kept)} named")
    for path in [*articles, *rejections]:
        print(f"  file        {path.relative_to(ROOT)}")


def crawl_again(newsroom: Newsroom, state: Path) -> None:
    """The second run of an unchanged site: every seed is asked whether it has changed, and no page."""
    site = newsroom.publisher
    before, articles = sum(site.asked.values()), len(site.articles_asked())
    crawl("rt_arabic", newsroom, state).wait()
    asked, fetched = sum(site.asked.values()) - before, len(site.articles_asked()) - articles
    print(
        f"\nrt_arabic again: {asked} requests, {sum(site.not_modified.values())} of them answered 304; {fetched} articles fetched"
    )


def show_one(newsroom: Newsroom) -> None:
    """One article of the aggregator before and after."""
    from crawler import engine  # noqa: PLC0415 (the demo's summary must work where the engine does not)
    from crawler.items import Article, Page  # noqa: PLC0415

    story = all_stories()[2]
    path = aggregator_path(story)
    answer = newsroom.aggregator.answers[path]
    record = engine.process(
        Page(url=newsroom.aggregator.origin + path, body=answer.body, content_type=answer.content_type)
    )
    assert isinstance(record, Article)
    print(f"\n{'─' * 30} before: {record.url}")
    first, last = record.raw_text.index(story.body[0]), record.raw_text.index("آخر الأخبار")
    print(record.raw_text[first:last].strip())
    print(f"\n{'─' * 30} after: body")
    print(record.body)
    print(f"\n{'─' * 30} and as data")
    print(
        f"source    {record.source}\nkeywords  {', '.join(record.keywords)}\nrelated   {len(record.related)} headlines with addresses"
    )


if __name__ == "__main__":
    sys.exit(main())
