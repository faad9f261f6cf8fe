"""What ``make bench`` measures is what it says: a crawl that reads the whole site, or its figures say nothing."""

from __future__ import annotations

from pathlib import Path

from tests.bench_crawl import bare, ours, site


def test_both_crawls_that_are_compared_fetch_every_page_of_the_site(tmp_path: Path) -> None:
    pages = 20
    with site(pages) as origin:
        base = bare(origin, tmp_path)
        whole = ours(origin, tmp_path, "-s", "ENGINE_PROCESSES=1")
    assert whole.records == pages
    assert min(base.requests, whole.requests) >= pages
