"""Crawl-delay and the log."""

from __future__ import annotations

from itertools import pairwise

from tests.newsroom.server import Newsroom


def test_crawl_delay_is_kept_whatever_autothrottle_thinks(newsroom: Newsroom, crawl) -> None:  # type: ignore[no-untyped-def]
    newsroom.publisher.answers["/robots.txt"] = type(newsroom.publisher.answers["/robots.txt"])(
        b"User-agent: *\nCrawl-delay: 0.4\n", "text/plain"
    )
    done = crawl(
        "rt_arabic", "-a", "max_articles=6", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_START_DELAY=0", fast=False
    )
    assert done.code == 0, done.output
    times = [at for at, path in newsroom.publisher.times if path != "/robots.txt"]
    assert len(times) >= 8
    # The server sees a request a little after it was sent: two thirds of the delay tell it from none.
    assert all(after - before > 0.27 for before, after in pairwise(times))


def test_a_debug_log_holds_no_bodies(crawl) -> None:  # type: ignore[no-untyped-def]
    done = crawl("arabkhabar", "-a", "max_articles=2", "-L", "DEBUG")
    assert "Scraped Article" in done.output
    assert "raw_text" not in done.output
