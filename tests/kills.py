"""The kill harness: a crawl of the newsroom is killed again and again; the stored feeds must hold every article once.

``python -m tests.kills --kills 30 --rounds 3`` runs it as docs/operations.md says; the suite runs a short one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.settings import EXTENSIONS
from tests.newsroom.pages import Answer
from tests.newsroom.server import Newsroom
from tests.newsroom.stories import all_stories
from tests.servers import postgresql_database, s3_objects, s3_server

ROOT = Path(__file__).parents[1]
ARTICLES = {"item_classes": ["crawler.items.Article"], "format": "jsonlines"}
REJECTIONS = {"item_classes": ["crawler.items.Rejection"], "format": "jsonlines"}
WITH_KILLER = ("-s", "EXTENSIONS=" + json.dumps({**EXTENSIONS, "tests.killer.Killer": -20}))
GZIP = {"postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"]}
EXPECTED = Counter(story.id for story in all_stories())


@dataclass
class Place:
    """Where a crawl keeps its state and its feeds, and how to read what is stored."""

    folder: Path
    settings: dict[str, Any]
    stored: Callable[[], Iterator[bytes]] = field(repr=False)


@contextmanager
def place(kind: str) -> Iterator[Place]:
    """A fresh place: ``sqlite``, ``postgresql``, ``gzip``, ``batches`` or ``s3``."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        settings: dict[str, Any] = {
            "STATE_URL": f"sqlite:///{folder}/state.sqlite",
            "FEED_SPOOL": f"{folder}/spool",
            "REPORT_FOLDER": f"{folder}/report",
            "FEEDS": {
                f"{folder}/feeds/%(time)s-%(run)d.jsonl": ARTICLES,
                f"{folder}/rejections/%(time)s-%(run)d.jsonl": REJECTIONS,
            },
        }
        stored: Callable[[], Iterator[bytes]] = lambda: (p.read_bytes() for p in folder.glob("feeds/*.jsonl"))  # noqa: E731
        if kind == "postgresql":
            settings["STATE_URL"] = stack.enter_context(postgresql_database())
        elif kind == "gzip":
            settings["FEEDS"] = {
                f"{folder}/feeds/%(time)s-%(run)d.jsonl.gz": {**ARTICLES, **GZIP},
                f"{folder}/rejections/%(time)s-%(run)d.jsonl": REJECTIONS,
            }
            stored = lambda: (gzip.decompress(p.read_bytes()) for p in folder.glob("feeds/*.jsonl.gz"))  # noqa: E731
        elif kind == "batches":
            settings["FEEDS"] = {
                f"{folder}/feeds/%(time)s-%(run)d-%(batch_id)d.jsonl": {**ARTICLES, "batch_item_count": 7},
                f"{folder}/rejections/%(time)s-%(run)d.jsonl": REJECTIONS,
            }
        elif kind == "s3":
            address, client, bucket = stack.enter_context(s3_server())
            settings |= {"AWS_ENDPOINT_URL": address, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
            settings["FEEDS"] = {
                f"s3://{bucket}/%(name)s/%(time)s-%(run)d-%(batch_id)d.jsonl": {**ARTICLES, "batch_item_count": 15},
                f"{folder}/rejections/%(time)s-%(run)d.jsonl": REJECTIONS,
            }
            stored = lambda: s3_objects(client, bucket, ".jsonl")  # noqa: E731
        yield Place(folder, settings, stored)


# --- crawls -------------------------------------------------------------------------------------


def command(newsroom: Newsroom, where: Place, *more: str) -> list[str]:
    """``scrapy crawl rt_arabic`` at that place."""
    settings = {"SITE_MIRRORS": newsroom.mirrors, "PRIVATE_NETWORKS_ALLOWED": True, **where.settings}
    settings |= {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "CRAWL_DELAY_ENABLED": False}
    parts = [sys.executable, "-m", "scrapy", "crawl", "rt_arabic"]
    for name, value in settings.items():
        parts += ["-s", f"{name}={value if isinstance(value, str) else json.dumps(value)}"]
    return [*parts, *more]


def crawl(
    newsroom: Newsroom, where: Place, *more: str, kill_after: float | None = None
) -> subprocess.CompletedProcess[str]:
    """Run; with ``kill_after`` only so many seconds."""
    with subprocess.Popen(
        command(newsroom, where, *more), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            output, _ = process.communicate(timeout=kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, output, "")


def stories_in(where: Place) -> Counter[str]:
    """How often each story stands in the stored feeds. A line that is not whole fails here."""
    found: Counter[str] = Counter()
    for body in where.stored():
        assert body.endswith(b"\n")
        for line in body.decode().splitlines():
            number = json.loads(line)["url"].rstrip("/").rpartition("/")[2].split("-")[0]
            found[number] += 1
    return found


def until_quiet(newsroom: Newsroom, where: Place, most: int = 4) -> int:
    """Run until a run delivers nothing more; how many runs that took."""
    for number in range(1, most + 1):
        before = stories_in(where)
        done = crawl(newsroom, where)
        assert done.returncode == 0, done.stdout[-4000:]
        if stories_in(where) == before:
            return number
    raise AssertionError(f"not quiet after {most} runs")


def check(newsroom: Newsroom, where: Place) -> None:
    """After quiet: every article of the newsroom once, and nothing that waits."""
    until_quiet(newsroom, where)
    found = stories_in(where)
    assert found == EXPECTED, {"missing": EXPECTED - found, "twice": found - EXPECTED}


def random_kills(kind: str, kills: int, seed: int, say: Callable[[str], None] = lambda _: None) -> None:
    """Kill at random moments until so many kills have hit a running crawl; begin afresh when all is delivered."""
    chance = random.Random(seed)
    hit = 0
    with Newsroom() as newsroom, place(kind) as where:
        began = time.monotonic()
        crawl(newsroom, where)
        whole = time.monotonic() - began
    while hit < kills:
        with Newsroom() as newsroom, place(kind) as where:
            while hit < kills and stories_in(where) != EXPECTED:
                done = crawl(newsroom, where, kill_after=whole * chance.uniform(0.3, 1.0))
                hit += done.returncode == -9
                say(f"{kind}: kill {hit}, {sum(stories_in(where).values())} articles stored")
                assert not stories_in(where) - EXPECTED, "an article twice"
            check(newsroom, where)


def last_transitions(kind: str, count: int) -> range:
    """The last transitions of a crawl of the feed's stories: those around the storing of its feeds."""
    with Newsroom() as newsroom, place(kind) as where:
        _feed_only(newsroom)
        log = where.folder / "log"
        done = crawl(newsroom, where, *WITH_KILLER, "-s", f"KILL_LOG={log}")
        assert done.returncode == 0, done.stdout[-3000:]
        total = len(log.read_text())
    return range(max(1, total - count + 1), total + 1)


def kill_at(kind: str, at: int) -> None:
    """Kill just before a transition; then every story of the feed must be delivered once."""
    with Newsroom() as newsroom, place(kind) as where:
        expected = Counter(_feed_only(newsroom))
        done = crawl(newsroom, where, *WITH_KILLER, "-s", f"KILL_AT={at}")
        assert done.returncode == -9, done.stdout[-3000:]
        until_quiet(newsroom, where)
        assert stories_in(where) == expected, at


def _feed_only(newsroom: Newsroom) -> list[str]:
    """Leave the publisher its feed; the stories in it."""
    nothing = Answer(b"<html><body>-</body></html>")
    newsroom.publisher.answers |= {"/robots.txt": Answer(b"User-agent: *\nAllow: /\n", "text/plain"), "/news/": nothing}
    return [story.id for story in all_stories()[:12]]


def one_round(round_: int, kind: str, kills: int, transitions: bool) -> str:
    """Random kills at one kind of place, then one at each transition of its state; what to say of it."""
    random_kills(kind, kills, seed=round_, say=lambda text: print(f"round {round_}, {text}", flush=True))
    every = last_transitions(kind, 1000) if transitions else range(0)
    for at in every:
        kill_at(kind, at)
        print(f"round {round_}, {kind}: killed at transition {at} of {len(every)}", flush=True)
    return (
        f"round {round_}, {kind}: {kills} kills at random moments, {len(every)} at transitions: "
        f"every article of {len(EXPECTED)} stored once"
    )


def main() -> int:
    """The whole harness, as ``make kills`` runs it: rounds in a row, its places side by side. 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--transitions", action="store_true", help="and once at every transition of the state")
    parser.add_argument("--kinds", nargs="+", default=["sqlite", "postgresql", "gzip", "batches", "s3"])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="so many places at a time")
    options = parser.parse_args()
    failed = 0
    with ThreadPoolExecutor(options.jobs) as pool:  # the work is done by the crawls, which are processes
        rounds = {
            pool.submit(one_round, round_, kind, options.kills, options.transitions): f"round {round_}, {kind}"
            for round_ in range(1, options.rounds + 1)
            for kind in options.kinds
        }
        for done in as_completed(rounds):
            error = done.exception()
            failed += error is not None
            said = "".join(traceback.format_exception(error)) + f"{rounds[done]}: FAILED" if error else done.result()
            print(said, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
