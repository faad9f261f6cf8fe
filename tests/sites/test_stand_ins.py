"""Every definition at work: its stand-in is crawled, whatever dialect its feeds and sitemaps speak."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler import urls
from crawler.sites import Feed, Robots, Sitemap, all_sites
from tests.conftest import FAST, ROOT
from tests.newsroom.server import Site as Server
from tests.newsroom.standins import FEEDS, SITEMAPS, StandIn, path_of, stand_in

#: All sites in one process, as no user would: 46 interpreters to start take longer than the crawls.
CRAWL_ALL = """
import json, sys
from scrapy.crawler import CrawlerProcess
from scrapy.utils.project import get_project_settings
settings = get_project_settings()
settings.setdict(json.loads(sys.argv[1]), priority="cmdline")
process = CrawlerProcess(settings)
for name in json.loads(sys.argv[2]):
    process.crawl(name)
process.start()
"""


@dataclass(frozen=True)
class Crawled:
    """What stands in for a site, what was asked of it, and what came out."""

    stand_in: StandIn
    server: Server
    records: list[dict[str, Any]]


@pytest.fixture
def crawled(tmp_path: Path) -> Iterator[dict[str, Crawled]]:
    """All sites' stand-ins, crawled."""
    folder = tmp_path
    with ExitStack() as servers:
        there: dict[str, tuple[StandIn, Server]] = {}
        for number, (name, site) in enumerate(all_sites().items()):
            server = Server(lambda _: {})
            made = stand_in(site, number, server.origin)
            server.answers = made.answers
            server.start()
            servers.callback(server.stop)
            there[name] = (made, server)
        settings = {
            "SITE_MIRRORS": {name: server.origin for name, (_, server) in there.items()},
            "PRIVATE_NETWORKS_ALLOWED": True,
            "STATE_URL": f"sqlite:///{folder}/state.sqlite",
            "FEEDS": {f"{folder}/%(name)s.jsonl": {"format": "jsonlines", "item_classes": ["crawler.items.Article"]}},
            "FEED_SPOOL": f"{folder}/.spool",
            "REPORT_FOLDER": "",
            "BROWSER": False,
            **dict(setting.split("=") for setting in FAST[1::2]),
        }
        done = subprocess.run(
            [sys.executable, "-c", CRAWL_ALL, json.dumps(settings), json.dumps(list(there))],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        yield {name: Crawled(*both, _records(folder / f"{name}.jsonl")) for name, both in there.items()}


def _records(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def test_the_stand_ins_speak_every_dialect() -> None:
    seeds = [
        (number + at, seed) for number, site in enumerate(all_sites().values()) for at, seed in enumerate(site.seeds)
    ]
    assert {n % len(FEEDS) for n, seed in seeds if isinstance(seed, Feed)} == set(range(len(FEEDS)))
    assert {n % len(SITEMAPS) for n, seed in seeds if isinstance(seed, Sitemap | Robots)} == set(range(len(SITEMAPS)))


def test_the_seeds_of_each_site_bring_its_articles_and_nothing_else(crawled: dict[str, Crawled]) -> None:
    assert {name: problem for name, site in crawled.items() if (problem := _problem(name, site))} == {}


def _problem(name: str, site: Crawled) -> str | None:
    """What is wrong with a site's crawl; one test for all, so that they are crawled once."""
    found = {urls.identity(record["requested_url"]): record["body"] for record in site.records}
    gold = {urls.identity(url): "\n\n".join(body) for url, body in site.stand_in.bodies.items()}
    if found != gold:
        return f"missing {gold.keys() - found.keys()}, too many {found.keys() - gold.keys()}, or other words"
    if {record["site"] for record in site.records} != {name}:
        return "records of another site"
    if asked := [path for path in site.stand_in.refused if site.server.asked[path]]:
        return f"asked for {asked}"
    seeds = [path_of(seed.url) for seed in all_sites()[name].seeds]
    unread = [path for path in seeds if not site.server.asked[path]]
    return f"seeds not asked: {unread}" if unread else None
