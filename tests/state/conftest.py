"""A database of each kind, fresh for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.state import runs
from crawler.state.database import Database


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
