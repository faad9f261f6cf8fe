"""scrapy sites: how each site does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.reports.health import health
from crawler.retries import DAY
from crawler.sites import all_sites
from crawler.state.runs import PastRun
from crawler.state.seeds import SeedRow
from tests.conftest import Crawl, run_scrapy
from tests.newsroom.server import Newsroom

SITE = all_sites()["rt_arabic"]
NOW = 1_795_000_000


def sites(newsroom: Newsroom | None, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return run_scrapy(newsroom, folder, "sites", *args)


def past(days_ago: float, articles: int = 10, exit_: str = "finished", **digest: Any) -> PastRun:
    found = {"counts": {"sites": {"rt_arabic": articles}}, **digest}
    started = NOW - int(days_ago * DAY)
    return PastRun(1, "rt_arabic", started, started + 60, exit_, {}, {}, found)


def seed(failures: int = 0, success: int | None = NOW - 60) -> SeedRow:
    return SeedRow(1, "https://arabic.rt.com/rss/", "Feed", None, None, None, success, 1, 1, failures)


# --- the values ---------------------------------------------------------------------------------


def test_a_site_that_no_run_has_crawled_says_so() -> None:
    row = health(SITE, [], [], NOW)
    assert (row.health, row.last_success, row.articles_a_day) == ("never crawled", None, None)


def test_articles_a_day_are_those_of_the_last_week() -> None:
    runs = [past(day, articles=20) for day in (0.5, 1, 2, 3, 4, 5, 6, 8, 30)]
    assert health(SITE, [seed()], runs, NOW).articles_a_day == 20.0
    assert health(SITE, [seed()], [past(0.01, articles=3)], NOW).articles_a_day == 3.0, "a day is not made up"


def test_a_selector_that_matched_in_no_run_is_named_and_one_that_once_did_is_not() -> None:
    matched = {"div.js-mediator-article": 0, "div.read-more": 3}
    looked_at = past(1, selectors={"rt_arabic": {"pages": 5, "matched": matched}})
    assert health(SITE, [seed()], [looked_at], NOW).never_matched == ("div.js-mediator-article",)
    later = past(0.5, selectors={"rt_arabic": {"pages": 5, "matched": {"div.js-mediator-article": 5}}})
    assert health(SITE, [seed()], [later, looked_at], NOW).never_matched == ()
    assert health(SITE, [seed()], [past(1)], NOW).never_matched == (), "no page was looked at"


@pytest.mark.parametrize(
    ("seeds", "runs", "said"),
    [
        ([seed()], [past(1)], "fine"),
        ([seed(), seed(failures=3)], [past(1)], "1 of 2 seeds fail"),
        ([seed()], [past(1, exit_="killed")], "run 1 ended with killed"),
        ([seed()], [past(1, alerts=[["dead_selectors", "…"]])], "dead_selectors"),
        ([seed()], [past(1), past(2, alerts=[["dead_selectors", "…"]])], "fine"),
        ([seed(failures=1)], [past(1, exit_="feed_broken")], "run 1 ended with feed_broken, 1 of 1 seeds fail"),
    ],
)
def test_health_is_fine_or_names_what_is_wrong(seeds: list[SeedRow], runs: list[PastRun], said: str) -> None:
    assert health(SITE, seeds, runs, NOW).health == said


# --- the command --------------------------------------------------------------------------------


def test_sites_are_listed_with_what_their_crawls_have_left(crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    assert crawl("rt_arabic").code == 0
    done = sites(None, tmp_path / "output")
    assert done.returncode == 0, done.stderr
    head, *rows = done.stdout.splitlines()
    assert head.split() == "site country language seeds last success articles a day never matched health".split()
    found = {row.split()[0]: row for row in rows}
    assert found.keys() == all_sites().keys()
    assert "never crawled" in found["arabkhabar"]
    assert " 40.0 " in found["rt_arabic"]
    assert found["rt_arabic"].rstrip().endswith("fine")


def test_a_check_fetches_one_article_of_each_site_and_keeps_nothing(newsroom: Newsroom, tmp_path: Path) -> None:
    done = sites(newsroom, tmp_path / "output", "--check", "--json", *newsroom.mirrors)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["site"] for row in rows] == list(newsroom.mirrors)
    assert all(" words: " in row["check"] for row in rows)
    assert len(newsroom.publisher.articles_asked()) == 1
    assert [path.name for path in (tmp_path / "output").glob("*")] == ["state.sqlite"], "no feed, no report"


def test_a_check_of_a_site_that_is_away_fails_and_says_so(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.aggregator.answers.clear()
    done = sites(newsroom, tmp_path / "output", "--check", *newsroom.mirrors)
    assert done.returncode == 1
    [row] = [line for line in done.stdout.splitlines() if line.startswith("arabkhabar")]
    assert "no article found" in row


def test_an_unknown_site_and_a_state_that_cannot_be_opened_are_said(tmp_path: Path) -> None:
    unknown = sites(None, tmp_path, "nobody")
    assert unknown.returncode == 2
    assert "no site is called 'nobody'; scrapy list names them" in unknown.stdout + unknown.stderr
    broken = sites(None, tmp_path, "-s", "STATE_URL=sqlite:////proc/none/state.sqlite")
    assert broken.returncode == 3
    assert "/proc/none/state.sqlite" in broken.stderr
