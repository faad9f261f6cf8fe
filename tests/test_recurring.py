"""Runs after runs: what is fetched the second time, what a change costs, what a failure leaves for later."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy

from crawler.settings import EXTENSIONS
from tests import kills
from tests.conftest import ROOT, Crawl, scrapy_command
from tests.kills import EXPECTED, Place, crawl, place, stories_in, until_quiet
from tests.newsroom import pages
from tests.newsroom.pages import Answer, publisher_path
from tests.newsroom.server import Newsroom, Site
from tests.newsroom.stories import Story, all_stories
from tests.servers import POSTGRESQL


def forget_requests(newsroom: Newsroom) -> None:
    for site in (newsroom.publisher, newsroom.aggregator):
        site.asked.clear()
        site.not_modified.clear()
        site.times.clear()


# --- The second run -----------------------------------------------------------------------------


def test_a_second_run_of_an_unchanged_newsroom_costs_less_than_ten_requests_and_fetches_no_article(
    newsroom: Newsroom, crawl: Callable[..., Crawl]
) -> None:
    assert crawl("rt_arabic").code == 0
    forget_requests(newsroom)
    again = crawl("rt_arabic")
    assert again.code == 0
    assert newsroom.publisher.articles_asked() == []
    assert sum(newsroom.publisher.asked.values()) < 10
    seeds = {"/rss/", "/news/", "/robots.txt", "/sitemap.xml", "/sitemap_archive.xml.gz", "/sitemap_news.xml"}
    assert set(newsroom.publisher.not_modified) == seeds, "every seed is answered 304"


def update(newsroom: Newsroom, fresh: list[Story], changed: list[Story]) -> None:
    """Put stories at the head of the listing and the news sitemap, and new words into others."""
    origin, answers = newsroom.publisher.origin, newsroom.publisher.answers
    for story in [*fresh, *changed]:
        answers[publisher_path(story)] = pages.publisher_page(story, origin)
    named = [pages.Entry(origin + publisher_path(story), story) for story in fresh]
    answers["/sitemap_news.xml"] = Answer(pages.news_sitemap(named), pages.XML)
    moved = "".join(
        f"<url><loc>{origin}{publisher_path(s)}</loc><lastmod>2099-01-0{n + 1}T00:00:00Z</lastmod></url>"
        for n, s in enumerate(changed)
    )
    whole = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{moved}</urlset>'
    answers["/sitemap_changed.xml"] = Answer(whole.encode(), pages.XML)
    index = (
        answers["/sitemap.xml"]
        .body.decode()
        .replace("</sitemapindex>", f"<sitemap><loc>{origin}/sitemap_changed.xml</loc></sitemap></sitemapindex>")
    )
    answers["/sitemap.xml"] = Answer(index.encode(), pages.XML)


def with_words(story: Story, words: str) -> Story:
    return replace(story, body=(*story.body[:-1], words))


def test_ten_new_and_three_changed_stories_are_thirteen_requests_newest_first_and_three_revisions(
    newsroom: Newsroom, crawl: Callable[..., Crawl]
) -> None:
    assert crawl("rt_arabic").code == 0
    forget_requests(newsroom)
    stories = [story for story in all_stories() if story.quirk is None]
    fresh = [
        replace(
            story,
            id=f"18{n:05}",
            date_published=f"2026-12-{n + 1:02}T10:00:00+03:00",
            body=tuple(f"{text} وحدث هذا في اليوم رقم {n} من الشهر." for text in reversed(story.body)),
            headline=f"{story.headline} {n}",
        )
        for n, story in enumerate(stories[:10])
    ]
    changed = [with_words(story, f"وأضاف المتحدث أن الرقم الجديد هو {story.id}.") for story in stories[-3:]]
    update(newsroom, fresh, changed)
    done = crawl("rt_arabic", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")  # of two at a time either may come first
    assert done.code == 0, done.output
    newest = [publisher_path(story) for story in [*reversed(changed), *reversed(fresh)]]
    assert newsroom.publisher.articles_asked() == newest
    records = done.records("rt_arabic")
    revisions = {r["url"].rstrip("/").rpartition("/")[2][:7]: r for r in records if r["revision"] == 2}
    assert set(revisions) == {story.id for story in changed}
    for story in changed:
        [change] = revisions[story.id]["changes"]
        old = next(s for s in stories if s.id == story.id)
        assert change == {"field": "body", "before": old.body[-1], "after": story.body[-1]}
    assert len(records) == 40 + 13, [r["reason"] + r["detail"] for r in done.records("rt_arabic", ".rejections.jsonl")]


def test_a_newer_date_without_newer_words_gives_a_rejection_and_no_revision(
    newsroom: Newsroom, crawl: Callable[..., Crawl]
) -> None:
    crawl("rt_arabic")
    forget_requests(newsroom)
    [story] = [s for s in all_stories() if s.quirk is None][-1:]
    update(newsroom, [], [replace(story, caption="صورة أخرى")])
    done = crawl("rt_arabic")
    reasons = Counter(r["reason"] for r in done.records("rt_arabic", ".rejections.jsonl"))
    assert reasons["UNCHANGED"] == 1
    assert len(newsroom.publisher.articles_asked()) == 1
    forget_requests(newsroom)
    update(newsroom, [], [story, *[s for s in all_stories() if s.quirk is None][-3:-1]])
    crawl("rt_arabic", "-s", "CHANGED_STORIES=ignore")
    assert newsroom.publisher.articles_asked() == []


def test_all_asks_for_what_feeds_and_listings_name_with_a_condition(
    newsroom: Newsroom, crawl: Callable[..., Crawl]
) -> None:
    crawl("rt_arabic")
    forget_requests(newsroom)
    newsroom.publisher.answers["/rss/"] = Answer(
        newsroom.publisher.answers["/rss/"].body + b"\n", "application/rss+xml"
    )
    done = crawl("rt_arabic", "-s", "CHANGED_STORIES=all")
    asked = newsroom.publisher.articles_asked()
    assert len(asked) == 12
    assert sum(newsroom.publisher.not_modified[path] for path in asked) == 12
    assert len(done.records("rt_arabic")) == 40


def test_again_delivers_once_more_and_a_single_address_is_delivered_once(
    newsroom: Newsroom, crawl: Callable[..., Crawl]
) -> None:
    address = newsroom.publisher.origin + publisher_path(all_stories()[0])
    visits: list[list[str]] = [[], [], ["-a", "again=yes"], []]
    counts = [len(crawl("urls", "-a", f"url={address}", *more).records("urls")) for more in visits]
    assert counts == [1, 1, 2, 2]


def test_a_run_takes_up_what_the_last_one_left(newsroom: Newsroom, crawl: Callable[..., Crawl]) -> None:
    asked: Counter[str] = Counter()
    for _ in range(3):
        forget_requests(newsroom)
        crawl("rt_arabic", "-a", "max_articles=15")
        paths = set(newsroom.publisher.articles_asked())
        assert 0 < len(paths) <= 16, "a redirect leads to one more"
        asked.update(paths)
    assert len(asked) > 30
    assert len(crawl("rt_arabic").records("rt_arabic")) == 40


def test_the_republished_story_names_its_original_across_sites(newsroom: Newsroom, crawl: Callable[..., Crawl]) -> None:
    crawl("rt_arabic")
    done = crawl("arabkhabar")
    records = done.records("arabkhabar")
    assert len(records) == 41
    assert all(record["duplicate_of"].startswith(newsroom.publisher.origin) for record in records)


def test_the_state_tells_how_each_run_went(newsroom: Newsroom, here: Place) -> None:
    crawl(newsroom, here, "-a", "max_articles=3", "-s", "AWS_SECRET_ACCESS_KEY=hidden")
    crawl(newsroom, here, "-s", "DOWNLOAD_DELAY=1", kill_after=3.0)
    crawl(newsroom, here)
    with sqlite3.connect(here.folder / "state.sqlite") as state:
        rows = state.execute(
            "SELECT exit, arguments, settings, counts, finished >= started FROM runs ORDER BY id"
        ).fetchall()
    state.close()
    assert [row[0] for row in rows] == ["finished", "killed", "finished"]
    assert json.loads(rows[0][1]) == {"max_articles": "3"}
    assert json.loads(rows[0][2])["AUTOTHROTTLE_ENABLED"] == "false"
    assert "hidden" not in rows[0][2]
    assert json.loads(rows[0][3])["news/pages"] == 3
    assert all(row[4] for row in rows)


# --- Kills --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "gzip", "batches", "s3"])
def test_kills_at_random_moments_lose_nothing_and_double_nothing(kind: str, request: pytest.FixtureRequest) -> None:
    if kind == "postgresql":
        request.getfixturevalue("postgresql_server")
    kills.random_kills(kind, kills=3, seed=11)  # make kills: thirty, three times over


@pytest.mark.parametrize(("kind", "steps"), [("sqlite", 6), ("s3", 3)])
def test_a_kill_at_each_step_of_storing_a_feed_loses_nothing_and_doubles_nothing(kind: str, steps: int) -> None:
    for at in kills.last_transitions(kind, steps):
        kills.kill_at(kind, at)


def test_after_a_kill_each_of_two_feeds_gets_every_article_once(newsroom: Newsroom) -> None:
    with place("batches") as where:
        where.settings["FEEDS"][f"{where.folder}/second/%(time)s-%(run)d.jsonl"] = kills.ARTICLES
        slow = kills.command(newsroom, where, "-s", "DOWNLOAD_DELAY=0.05")
        with subprocess.Popen(slow, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _wait_for(lambda: sum(stories_in(where).values()) >= 14)
            process.kill()
        second = replace(where, stored=lambda: (path.read_bytes() for path in where.folder.glob("second/*.jsonl")))
        assert stories_in(second) == Counter(), "it was not finished"
        until_quiet(newsroom, where)
        assert stories_in(where) == EXPECTED
        assert stories_in(second) == EXPECTED


def test_workers_of_the_engine_deliver_the_same_and_end_with_a_crawl_that_is_killed(
    newsroom: Newsroom, here: Place
) -> None:
    with subprocess.Popen(
        kills.command(newsroom, here, "-s", "ENGINE_PROCESSES=2", "-s", "DOWNLOAD_DELAY=0.1"),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while len(newsroom.publisher.articles_asked()) < 10:
            time.sleep(0.05)
        workers = [int(name) for name in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
        assert len(workers) >= 2
        process.kill()
    _wait_for(lambda: not [pid for pid in workers if Path(f"/proc/{pid}").exists()])
    done = crawl(newsroom, here, "-s", "ENGINE_PROCESSES=2")
    assert done.returncode == 0, done.stdout[-3000:]
    assert stories_in(here) == EXPECTED


def _wait_for(holds: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "not within the time"
        time.sleep(0.1)


# --- Failures -----------------------------------------------------------------------------------


@pytest.fixture
def here() -> Iterator[Place]:
    with place("sqlite") as where:
        yield where


def test_a_full_disk_ends_the_run_and_the_next_one_delivers(newsroom: Newsroom, here: Place) -> None:
    limited = ["bash", "-c", 'ulimit -f 40; exec "$@"', "-"]  # a file may grow to 40 KiB, then writing fails
    command = kills.command(newsroom, here)
    done = subprocess.run([*limited, *command], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode != 0
    assert sum(stories_in(here).values()) == 0
    until_quiet(newsroom, here)
    assert stories_in(here) == EXPECTED


def test_a_storage_that_fails_keeps_the_feed_for_the_next_run_which_fetches_nothing(
    newsroom: Newsroom, here: Place
) -> None:
    failing = json.dumps(dict.fromkeys(("", "file"), "tests.failing.Storage"))
    done = crawl(newsroom, here, "-s", f"FEED_STORAGES={failing}")
    assert done.returncode == 1, done.stdout[-3000:]
    assert stories_in(here) == Counter()
    forget_requests(newsroom)
    again = crawl(newsroom, here)
    assert again.returncode == 0, again.stdout[-3000:]
    assert stories_in(here) == EXPECTED
    assert newsroom.publisher.articles_asked() == []


def test_an_exporter_that_fails_leaves_its_articles_to_the_next_run(newsroom: Newsroom, here: Place) -> None:
    failing = json.dumps({"jsonlines": "tests.failing.Exporter"})
    done = crawl(newsroom, here, "-s", f"FEED_EXPORTERS={failing}")
    assert done.returncode == 1
    before = stories_in(here)
    assert 0 < sum(before.values()) < 40
    assert not before - EXPECTED
    until_quiet(newsroom, here)
    assert stories_in(here) == EXPECTED


def test_a_database_that_goes_away_leaves_everything_to_the_next_run(newsroom: Newsroom, here: Place) -> None:
    process = subprocess.Popen(
        kills.command(newsroom, here, "-s", "DOWNLOAD_DELAY=0.05"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    state = here.folder / "state.sqlite"
    while sum(newsroom.publisher.asked.values()) < 15:
        time.sleep(0.05)
    kept = {path: path.read_bytes() for path in here.folder.glob("state.sqlite*") if path.is_file()}
    for path in kept:
        path.write_bytes(b"gone" * 1000)
    process.communicate(timeout=120)
    assert process.returncode == 1
    for path in here.folder.glob("state.sqlite*"):
        path.unlink()
    for path, body in kept.items():
        path.write_bytes(body)
    assert state.exists()
    until_quiet(newsroom, here)
    assert stories_in(here) == EXPECTED


@pytest.mark.usefixtures("postgresql_server")
def test_a_server_of_the_state_that_goes_away_leaves_everything_to_the_next_run(newsroom: Newsroom) -> None:
    with place("postgresql") as where:
        admin = sqlalchemy.create_engine(f"{POSTGRESQL}postgres", isolation_level="AUTOCOMMIT")
        name = where.settings["STATE_URL"].rpartition("/")[2]
        command = kills.command(newsroom, where, "-s", "DOWNLOAD_DELAY=0.05")
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            _wait_for(lambda: len(newsroom.publisher.articles_asked()) > 5)
            with admin.connect() as connection:
                connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
                connection.exec_driver_sql(
                    f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
                )
            process.communicate(timeout=120)
        assert process.returncode == 1
        assert stories_in(where) == Counter()
        with admin.connect() as connection:
            connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        admin.dispose()
        until_quiet(newsroom, where)
        assert stories_in(where) == EXPECTED


def test_a_remote_storage_that_is_away_gets_its_feeds_from_the_next_run_which_fetches_nothing(
    newsroom: Newsroom,
) -> None:
    with place("s3") as where:
        away = ("-s", "AWS_ENDPOINT_URL=http://127.0.0.1:1")
        done = crawl(newsroom, where, *away)
        assert done.returncode == 1, done.stdout[-3000:]
        assert stories_in(where) == Counter()
        forget_requests(newsroom)
        assert crawl(newsroom, where, *away).returncode == 1
        again = crawl(newsroom, where)
        assert again.returncode == 0, again.stdout[-3000:]
        assert stories_in(where) == EXPECTED
        assert newsroom.publisher.articles_asked() == []
        assert list((where.folder / "spool").iterdir()) == []


def test_another_run_of_the_site_is_refused_with_its_own_exit_code(newsroom: Newsroom, here: Place) -> None:
    slow = kills.command(newsroom, here, "-s", "DOWNLOAD_DELAY=0.3")
    with subprocess.Popen(slow, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
        while not newsroom.publisher.asked:
            time.sleep(0.05)
        second = crawl(newsroom, here, "-L", "ERROR")
        assert second.returncode == 75
        assert f"rt_arabic: another run is under way (process {first.pid} on " in second.stdout
        first.kill()
    assert crawl(newsroom, here).returncode == 0


# --- Manners ------------------------------------------------------------------------------------


def test_a_busy_host_is_left_alone_for_as_long_as_it_asks(newsroom: Newsroom, here: Place) -> None:
    newsroom.publisher.busy = (429, "2", 3)  # after three pages, once
    done = crawl(newsroom, here)
    assert done.returncode == 0, done.stdout[-3000:]
    assert stories_in(here) == EXPECTED
    moments = [moment for moment, _ in newsroom.publisher.times]
    refused = newsroom.publisher.refused_at
    assert refused is not None
    after = [moment - refused for moment in moments if moment > refused + 0.3]  # what was under way may still come
    assert min(after) >= 1.9


def test_a_host_that_asks_for_longer_ends_the_run_and_keeps_later_ones_away(newsroom: Newsroom, here: Place) -> None:
    newsroom.publisher.busy = (503, "3000", 3)
    crawl(newsroom, here)
    forget_requests(newsroom)
    again = crawl(newsroom, here)
    assert sum(newsroom.publisher.asked.values()) == 0
    assert "asks to be left alone for" in again.stdout


def test_a_host_is_asked_for_two_pages_at_a_time_even_without_a_delay(newsroom: Newsroom, here: Place) -> None:
    newsroom.publisher.slow = 0.1
    crawl(newsroom, here, "-a", "max_articles=10")
    assert newsroom.publisher.most_active == 2


def test_a_budget_of_requests_is_kept_and_the_rest_comes_later(newsroom: Newsroom, here: Place) -> None:
    done = crawl(newsroom, here, "-s", "CRAWL_MAX_REQUESTS=20")
    assert done.returncode == 0, done.stdout[-3000:]
    assert sum(newsroom.publisher.asked.values()) == 20
    assert 0 < sum(stories_in(here).values()) < 20
    crawl(newsroom, here, "-s", "CRAWL_MAX_BYTES=60000")
    until_quiet(newsroom, here)
    assert stories_in(here) == EXPECTED


# --- All sites ----------------------------------------------------------------------------------


def crawl_all(newsroom: Newsroom, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = scrapy_command(newsroom, folder / "output", "crawl-all", "--logs", f"{folder}/logs", *more)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_crawl_all_runs_the_sites_and_sums_up(newsroom: Newsroom, tmp_path: Path) -> None:
    done = crawl_all(newsroom, tmp_path, "--sites", ",".join(newsroom.mirrors), "--jobs", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 sites: 2 done, 0 busy, 0 failed" in done.stdout
    assert "rt_arabic                done" in done.stdout
    assert (tmp_path / "logs/arabkhabar.log").read_text().count("Spider closed (finished)") == 1
    found = Crawl(0, "", tmp_path / "output")
    assert (len(found.records("rt_arabic")), len(found.records("arabkhabar"))) == (40, 41)


def test_crawl_all_ends_a_site_that_takes_too_long_in_good_order(newsroom: Newsroom, tmp_path: Path) -> None:
    done = crawl_all(newsroom, tmp_path, "--sites", "rt_arabic", "--time-limit", "10", "-s", "DOWNLOAD_DELAY=1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ended by the time limit" in done.stdout
    assert "Spider closed (shutdown)" in (tmp_path / "logs/rt_arabic.log").read_text()


def test_a_time_limit_that_ends_a_site_before_it_has_begun_is_no_failure(newsroom: Newsroom, tmp_path: Path) -> None:
    done = crawl_all(newsroom, tmp_path, "--sites", "rt_arabic", "--time-limit", "0.01")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ended by the time limit" in done.stdout


def test_crawl_all_that_is_interrupted_ends_its_crawls_in_good_order_and_says_so(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    more = ("--sites", "rt_arabic,arabkhabar", "--jobs", "1", "-s", "DOWNLOAD_DELAY=1")
    command = scrapy_command(newsroom, tmp_path / "output", "crawl-all", "--logs", f"{tmp_path}/logs", *more)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        while not newsroom.publisher.articles_asked():
            time.sleep(0.05)
        started.send_signal(signal.SIGINT)
        said, _ = started.communicate(timeout=90)
    assert started.returncode == 130, said
    assert re.findall(r"^(\w+) +interrupted", said, re.MULTILINE) == ["rt_arabic", "arabkhabar"]
    assert "2 sites: 0 done, 0 busy, 0 failed, 2 interrupted" in said
    assert "Spider closed (shutdown)" in (tmp_path / "logs/rt_arabic.log").read_text()


def test_a_crawl_that_is_interrupted_before_it_has_begun_says_so_and_the_next_one_does_all(
    newsroom: Newsroom, crawl: Callable[..., Crawl]
) -> None:
    with_interrupt = json.dumps({**EXTENSIONS, "tests.failing.Interrupted": 1})
    assert crawl("rt_arabic", "-s", f"EXTENSIONS={with_interrupt}").code == 130
    assert sum(newsroom.publisher.asked.values()) == 0
    again = crawl("rt_arabic")
    assert again.code == 0
    assert len(again.records("rt_arabic")) == 40


def test_crawl_all_fails_where_a_site_fails(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.aggregator.stop()
    try:
        done = crawl_all(newsroom, tmp_path, "--sites", ",".join(newsroom.mirrors), "-s", "RETRY_TIMES=0")
    finally:
        newsroom.aggregator = Site(pages.aggregator)
        newsroom.aggregator.start()
    assert done.returncode == 1
    assert "1 done, 0 busy, 1 failed" in done.stdout


@pytest.mark.parametrize("arguments", [["--sites", "nobody"], ["--jobs", "0"], ["x"]])
def test_wrong_arguments_of_crawl_all_end_with_a_message(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl-all", *arguments], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
