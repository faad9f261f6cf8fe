"""A database of each kind, fresh for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.state import runs
from crawler.state.database import Database
from tests.servers import postgresql_database


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
def database(state_url: str) -> Iterator[Database]:
    """An open state."""
    opened = Database(state_url)
    yield opened
    opened.close()


@pytest.fixture
def run(database: Database) -> int:
    """A run that is under way."""
    return runs.begin(database, runs.Lock(database, "site", "me"), "site", runs.Asked(), 1000)
