"""A crawl as it goes: on a terminal, in a log."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from crawler.items import Reason, Rejection
from crawler.reports.progress import Progress, clock
from tests.conftest import ROOT, Crawl, scrapy_command
from tests.newsroom.server import Newsroom
from tests.records.samples import article


def refused(reason: Reason) -> Rejection:
    return Rejection(url="https://news.example/x", site="example", reason=reason, detail="", fetched_at=None)


# --- the values ---------------------------------------------------------------------------------


def test_a_line_says_what_came_how_fast_and_how_long_it_will_take() -> None:
    progress = Progress(began=100.0)
    for _ in range(30):
        progress.add(article())
    progress.add(refused(Reason.ERROR))
    for _ in range(9):
        progress.add(refused(Reason.DUPLICATE))
    progress.tick(120.0, waiting=150, errors=1)
    assert progress.line() == (
        "40 pages (2.0/s), 30 articles, 10 rejections (DUPLICATE 9, ERROR 1), 1 errors, 150 waiting, 1:15 left"
    )


def test_a_rate_is_of_the_last_minute() -> None:
    progress = Progress(began=0.0)
    for second in range(0, 300, 10):
        if second < 200:
            progress.add(article())
        progress.tick(float(second), waiting=None)
    assert progress.rates.pages == 0
    assert progress.left is None


def test_no_more_is_left_than_the_run_may_fetch() -> None:
    progress = Progress(began=0.0, most=15)
    for _ in range(10):
        progress.add(article())
    progress.tick(10.0, waiting=5_000)
    assert progress.left == 5.0


def test_nobody_knows_how_long_it_takes_before_the_first_page() -> None:
    progress = Progress(began=0.0)
    progress.tick(1.0, waiting=10)
    assert progress.left is None
    assert progress.line() == "0 pages (0.0/s), 0 articles, 0 rejections, 10 waiting"


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (59.6, "1:00"), (75, "1:15"), (3675, "1:01:15")])
def test_times_are_written_as_clocks_do(seconds: float, said: str) -> None:
    assert clock(seconds) == said


# --- crawls -------------------------------------------------------------------------------------


def on_a_terminal(command: list[str]) -> tuple[int, str]:
    """The exit code of a program whose standard error is a terminal, and all that it sent there."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs, env=env) as program:
        os.close(theirs)
        said = b""
        with suppress(OSError):  # Linux's word for the end of a terminal
            while part := os.read(ours, 65536):
                said += part
        os.close(ours)
    return program.returncode, said.decode("utf-8", "replace")


def test_a_terminal_shows_the_crawl_below_its_log(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.publisher.slow = 0.1
    code, said = on_a_terminal(scrapy_command(newsroom, tmp_path, "crawl", "rt_arabic"))
    assert code == 0, said
    assert "\x1b[1A" in said, "the view is drawn again in its place"
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said)
    shown = [int(count) for count in re.findall(r"^articles +(\d+) ", plain, re.MULTILINE)]
    assert shown == sorted(shown)
    assert 0 < shown[-1] <= 40
    assert re.search(r"rejections +\d+ +\w+ 1", plain)
    assert re.search(r"waiting +\d+ +addresses", plain)
    assert "[scrapy.core.engine] INFO: Spider closed (finished)" in plain
    lines = [line for line in plain.splitlines() if "INFO: " in line]
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[[\w.]+\] INFO: ", line) for line in lines), "log lines whole"


def test_a_log_gets_a_plain_line_now_and_then(newsroom: Newsroom, crawl: Callable[..., Crawl]) -> None:
    newsroom.publisher.slow = 0.1
    done = crawl("rt_arabic", "-s", "LOGSTATS_INTERVAL=1")
    assert done.code == 0, done.output
    found = re.findall(r"INFO: So far (\d+) pages \(\d+\.\d/s\), (\d+) articles, (\d+) rejections", done.output)
    assert len(found) >= 2
    assert all(int(pages) == int(articles) + int(refused) for pages, articles, refused in found)
    assert "\x1b[" not in done.output


def test_an_interval_of_0_is_quiet(crawl: Callable[..., Crawl]) -> None:
    done = crawl("rt_arabic", "-a", "max_articles=1", "-s", "LOGSTATS_INTERVAL=0")
    assert done.code == 0
    assert "So far" not in done.output
