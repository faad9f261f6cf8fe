"""What is asked for, and what is not: listings, archives, indexes, on a real server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import FAST, ROOT
from tests.newsroom import pages
from tests.newsroom.pages import Answer
from tests.newsroom.server import Site
from tests.newsroom.stories import all_stories

SPIDER = """
from crawler.sites import Archive, Feed, Listing, Site, Sitemap
from crawler.spiders.news import NewsSpider

class Local(NewsSpider):
    name = "local"
    site = Site(name="local", domains=("127.0.0.1",), language="ar", article_url=r"/[a-z_]+/\\\\d+-", seeds=({seeds},))
"""
PATHS = [pages.publisher_path(story) for story in all_stories()]


def listing(paths: list[str], following: str | None = None) -> Answer:
    links = "".join(f'<a href="{path}">خبر</a>' for path in paths)
    more = f'<a rel="next" href="{following}">المزيد</a>' if following else ""
    return Answer(f"<html><body>{links}{more}</body></html>".encode())


def index(origin: str, children: dict[str, str]) -> Answer:
    rows = "".join(
        f"<sitemap><loc>{origin}{path}</loc><lastmod>{date}</lastmod></sitemap>" for path, date in children.items()
    )
    return Answer(
        f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</sitemapindex>".encode(), pages.XML
    )


def sitemap(origin: str, paths: list[str], date: str = "") -> Answer:
    changed = f"<lastmod>{date}</lastmod>" if date else ""
    rows = "".join(f"<url><loc>{origin}{path}</loc>{changed}</url>" for path in paths)
    return Answer(f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</urlset>".encode(), pages.XML)


class Local:
    """A site with nothing but articles, and crawls of it."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.folder = folder
        stories = all_stories()
        site.answers |= {pages.publisher_path(s): pages.publisher_page(s, site.origin) for s in stories}

    def crawl(self, seeds: str, *more: str) -> list[str]:
        """Run; the paths that were asked for, in order, robots.txt apart."""
        self.site.asked.clear()
        self.site.times.clear()
        path = self.folder / "local.py"
        path.write_text(
            SPIDER.format(seeds=seeds.replace("ORIGIN", self.site.origin)).replace("\\\\", "\\"), encoding="utf-8"
        )
        command = [sys.executable, "-m", "scrapy", "runspider", str(path), *FAST, "-s", "PRIVATE_NETWORKS_ALLOWED=True"]
        feeds = {f"{self.folder}/%(time)s-%(run)d.jsonl": {"format": "jsonlines"}}
        command += ["-s", f"FEEDS={json.dumps(feeds)}", "-s", f"STATE_URL=sqlite:///{self.folder}/state.sqlite", *more]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert "ERROR" not in done.stderr, done.stderr[-3000:]
        return [path for _, path in self.site.times if path != "/robots.txt"]


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Local]:
    site = Site(lambda _: {"/robots.txt": Answer(b"User-agent: *\nAllow: /\n", "text/plain")})
    site.start()
    yield Local(site, tmp_path)
    site.stop()


def five_pages(local: Local) -> str:
    """A listing of five pages; the seed that leads to it."""
    answers = local.site.answers
    for page in range(1, 5):
        answers[f"/news/?page={page}"] = listing(PATHS[page * 5 : page * 5 + 5], f"/news/?page={page + 1}")
    answers["/news/?page=5"] = listing(PATHS[25:28])
    return 'Listing("ORIGIN/news/?page=1")'


def test_a_listing_is_walked_to_the_first_page_without_anything_new(local: Local) -> None:
    answers, seeds = local.site.answers, five_pages(local)
    assert sum("page=" in path for path in local.crawl(seeds)) == 5
    answers["/news/?page=1"] = listing(PATHS[4:9], "/news/?page=2")
    answers["/news/?page=2"] = listing(PATHS[9:14], "/news/?page=3")
    assert local.crawl(seeds) == ["/news/?page=1", "/news/?page=2", PATHS[4]]
    assert local.crawl(seeds) == ["/news/?page=1"], "304"
    answers["/news/?page=1"] = listing(PATHS[5:9], "/news/?page=2")
    assert local.crawl(seeds) == ["/news/?page=1"], "nothing new"


def test_a_walk_that_was_cut_off_is_walked_again(local: Local) -> None:
    seeds = five_pages(local)
    local.crawl(seeds, "-s", "CRAWL_MAX_REQUESTS=3")
    assert [path for path in local.crawl(seeds) if "page=" in path] == [f"/news/?page={n}" for n in range(1, 6)]


def test_sitemaps_of_an_index_are_skipped_until_it_says_that_they_have_changed(local: Local) -> None:
    origin, answers = local.site.origin, local.site.answers
    answers["/index.xml"] = index(origin, {"/old.xml": "2026-01-31", "/new.xml": "2026-11-01T10:00:00Z"})
    answers["/old.xml"], answers["/new.xml"] = sitemap(origin, PATHS[:3]), sitemap(origin, PATHS[3:6])
    seeds = 'Sitemap("ORIGIN/index.xml")'
    assert len(local.crawl(seeds)) == 3 + 6
    answers["/index.xml"] = index(origin, {"/old.xml": "2026-01-31", "/new.xml": "2099-11-02T10:00:00Z"})
    answers["/new.xml"] = sitemap(origin, PATHS[3:7])
    assert local.crawl(seeds) == ["/index.xml", "/new.xml", PATHS[6]]
    assert local.crawl(seeds) == ["/index.xml", "/new.xml"], "304 both; its date is still to come"


def test_an_index_whose_word_is_older_than_what_its_sitemaps_name_is_not_believed(local: Local) -> None:
    origin, answers = local.site.origin, local.site.answers
    answers["/index.xml"] = index(origin, {"/old.xml": "2015-01-31", "/new.xml": "2015-01-31"})
    answers["/old.xml"] = sitemap(origin, PATHS[:3], "2015-01-30")
    answers["/new.xml"] = sitemap(origin, PATHS[3:6], "2026-11-20T10:00:00Z")
    seeds = 'Sitemap("ORIGIN/index.xml")'
    assert len(local.crawl(seeds)) == 3 + 6
    answers["/new.xml"] = sitemap(origin, PATHS[3:7], "2026-11-20T10:00:00Z")
    assert local.crawl(seeds) == ["/index.xml", "/new.xml", PATHS[6]]
    answers["/new.xml"] = sitemap(origin, PATHS[3:8], "2026-11-20T10:00:00Z")
    assert local.crawl(seeds, "-a", "since=2026-11-01") == ["/index.xml", "/new.xml", PATHS[7]]
    assert local.crawl(seeds) == ["/index.xml", "/new.xml"], "304 both"


def test_a_backfill_walks_back_day_by_day_and_goes_on_where_the_last_one_ended(local: Local) -> None:
    answers = local.site.answers
    for day in range(1, 6):
        answers[f"/archive/2025/03/{day:02}"] = listing(PATHS[day * 3 : day * 3 + 3])
    seeds = 'Archive("ORIGIN/archive/%Y/%m/%d")'
    days = ("-a", "since=2025-03-01", "-a", "until=2025-03-05")
    assert local.crawl(seeds) == [], "archives are for backfills"
    asked = local.crawl(seeds, "-a", "mode=backfill", *days, "-a", "max_articles=5")
    assert [path for path in asked if "archive" in path] == ["/archive/2025/03/05", "/archive/2025/03/04"]
    assert len(asked) == 2 + 5
    asked = local.crawl(seeds, "-a", "mode=backfill", *days)
    assert [path for path in asked if "archive" in path] == [f"/archive/2025/03/{n:02}" for n in (3, 2, 1)]
    assert len(local.site.times) >= 3 + 9
    assert local.crawl(seeds, "-a", "mode=backfill", *days) == []


def test_a_backfill_skips_sitemaps_of_other_months(local: Local) -> None:
    origin, answers = local.site.origin, local.site.answers
    names = {f"/sitemap-2025-{month:02}.xml": f"2025-{month:02}-28" for month in range(1, 7)}
    answers["/index.xml"] = index(origin, names)
    answers |= {name: sitemap(origin, PATHS[:1]) for name in names}
    asked = local.crawl(
        'Sitemap("ORIGIN/index.xml")', "-a", "mode=backfill", "-a", "since=2025-03-10", "-a", "until=2025-04-20"
    )
    assert sorted(path for path in asked if "sitemap" in path) == ["/sitemap-2025-03.xml", "/sitemap-2025-04.xml"]


def test_many_addresses_of_one_page_are_one_request(local: Local) -> None:
    twins = [PATHS[0], PATHS[0] + "?utm_source=x", PATHS[0].rstrip("/"), PATHS[0] + "amp/", PATHS[0] + "#top"]
    local.site.answers["/news/"] = listing(twins)
    assert local.crawl('Listing("ORIGIN/news/")') == ["/news/", PATHS[0]]
