"""A feed appears whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import time
from pathlib import Path

from crawler.storages import WholeFileStorage
from tests.conftest import ROOT, scrapy_command
from tests.newsroom.server import Newsroom


def test_the_feed_is_absent_until_it_is_stored(tmp_path: Path) -> None:
    final = tmp_path / "site" / "feed.jsonl"
    storage = WholeFileStorage(str(final), feed_options={"overwrite": True})
    file = storage.open(None)  # type: ignore[arg-type]
    file.write(b"{}\n")
    assert not final.exists()
    storage.store(file)
    assert final.read_text() == "{}\n"
    assert list(final.parent.iterdir()) == [final]


def test_appending_keeps_what_the_feed_had(tmp_path: Path) -> None:
    final = tmp_path / "feed.jsonl"
    final.write_text("old\n")
    storage = WholeFileStorage(final.as_uri())
    file = storage.open(None)  # type: ignore[arg-type]
    file.write(b"new\n")
    assert final.read_text() == "old\n"
    storage.store(file)
    assert final.read_text() == "old\nnew\n"


def test_the_part_file_of_a_killed_run_is_swept_and_that_of_a_running_one_is_not(tmp_path: Path) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    left, working = tmp_path / f"feed.jsonl.{dead.pid}.part", tmp_path / f"feed.jsonl.{os.getppid()}.part"
    left.touch()
    working.touch()
    storage = WholeFileStorage(str(tmp_path / "feed.jsonl"))
    storage.open(None).close()  # type: ignore[arg-type]
    assert not left.exists()
    assert working.exists()


def test_a_kill_in_mid_crawl_leaves_the_old_feed_as_it_was(newsroom: Newsroom, tmp_path: Path) -> None:
    final = tmp_path / "feed.jsonl"
    final.write_text('{"old": true}\n')
    command = scrapy_command(
        newsroom, tmp_path / "output", "crawl", "arabkhabar", "-O", str(final), "-s", "DOWNLOAD_DELAY=0.05", fast=False
    )
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    part = tmp_path / f"feed.jsonl.{process.pid}.part"
    deadline = time.monotonic() + 60
    while not part.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert part.exists(), "the crawl was not killed in its middle"
    assert final.read_text() == '{"old": true}\n'


def test_an_empty_crawl_leaves_the_old_feed_as_it_was(crawl, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    final = tmp_path / "feed.jsonl"
    final.write_text('{"old": true}\n')
    done = crawl("rt_arabic", "-a", "since=2030-01-01", "-O", str(final))
    assert done.code == 0, done.output
    assert final.read_text() == '{"old": true}\n'


def test_a_gzipped_feed_is_whole_too(crawl, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    final = tmp_path / "feed.jsonl.gz"
    feeds = {
        str(final): {
            "format": "jsonlines",
            "item_classes": ["crawler.items.Article"],
            "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"],
        }
    }
    done = crawl("arabkhabar", "-a", "max_articles=3", "-s", f"FEEDS={json.dumps(feeds)}")
    assert done.code == 0, done.output
    with gzip.open(final, "rt", encoding="utf-8") as file:
        assert len([json.loads(line) for line in file]) == 3
