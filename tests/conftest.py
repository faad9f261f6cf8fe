"""Fixtures that more than one module uses: the newsroom, Scrapy as a user runs it, the shared data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from tests.newsroom.server import Newsroom
from tests.servers import POSTGRESQL, postgresql_database

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
#: Fast, and into the newsroom: what a test changes of the ordinary settings.
FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CRAWL_DELAY_ENABLED=False")


@dataclass(frozen=True)
class Crawl:
    """A finished run of Scrapy."""

    code: int
    output: str
    folder: Path

    def records(self, spider: str, suffix: str = ".jsonl") -> list[dict[str, Any]]:
        """The records of a spider's article feed (or with ``.rejections.jsonl`` of the other)."""
        paths = list((self.folder / spider).glob(f"*{suffix}"))
        if suffix == ".jsonl":
            paths = [p for p in paths if not p.name.endswith(".rejections.jsonl")]
        return [json.loads(line) for p in sorted(paths) for line in p.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """A fresh newsroom on free ports."""
    with Newsroom() as running:
        yield running


def scrapy_command(newsroom: Newsroom | None, folder: Path, *args: str, fast: bool = True) -> list[str]:
    """The command line of a run whose feeds go into ``folder``."""
    command = [sys.executable, "-m", "scrapy", args[0]]
    if newsroom is not None:
        command += ["-s", f"SITE_MIRRORS={json.dumps(newsroom.mirrors)}", "-s", "PRIVATE_NETWORKS_ALLOWED=True"]
    feeds = json.dumps(_feeds_in(folder))
    command += ["-s", f"STATE_URL=sqlite:///{folder}/state.sqlite", "-s", f"FEED_SPOOL={folder}/.spool"]
    command += ["-s", f"REPORT_FOLDER={folder}/report"]
    return [*command, *(FAST if fast else ()), "-s", f"FEEDS={feeds}", *args[1:]]


def run_scrapy(
    newsroom: Newsroom | None, folder: Path, *args: str, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """What such a run printed, and its exit code; ``given`` is its standard input."""
    command = scrapy_command(newsroom, folder, *args)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, input=given)


def _feeds_in(folder: Path) -> dict[str, Any]:
    from crawler.settings import FEEDS  # noqa: PLC0415

    return {uri.replace("output/", f"{folder}/"): options for uri, options in FEEDS.items()}


@pytest.fixture
def crawl(newsroom: Newsroom, tmp_path: Path) -> Callable[..., Crawl]:
    """``crawl("rt_arabic", "-a", "max_articles=3")``: scrapy crawl against the newsroom."""

    def run(*args: str, fast: bool = True, home: Path = ROOT) -> Crawl:
        command = scrapy_command(newsroom, tmp_path / "output", "crawl", *args, fast=fast)
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=120, env=dict(os.environ))
        return Crawl(done.returncode, done.stdout + done.stderr, tmp_path / "output")

    return run


def without(what: str) -> None:
    """Skip a test, saying why; in CI (NO_SKIPS) nothing may be missing."""
    if os.environ.get("NO_SKIPS"):
        pytest.fail(f"{what}, and NO_SKIPS is set")
    pytest.skip(what)


@pytest.fixture(scope="session")
def postgresql_server() -> None:
    """A PostgreSQL server on 127.0.0.1 that lets the user postgres in."""
    admin = sqlalchemy.create_engine(f"{POSTGRESQL}postgres")
    try:
        admin.connect().close()
    except sqlalchemy.exc.OperationalError:
        without("no PostgreSQL answers on 127.0.0.1:5432 (user postgres, without a password)")
    finally:
        admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def state_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/state.sqlite"
        return
    request.getfixturevalue("postgresql_server")
    with postgresql_database() as url:
        yield url


@pytest.fixture
def shared() -> Path:
    """The folder of real pages, which belongs to their sites and is not part of the project."""
    if not SHARED.exists():
        without(f"{SHARED} is absent: real pages are not part of the project")
    return SHARED
