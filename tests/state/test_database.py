"""Opening, migrating, locking; two processes at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select, update

from crawler.errors import LockedError, StateError
from crawler.state import runs, schema
from crawler.state.addresses import Naming, note
from crawler.state.database import Database
from crawler.state.queue import waiting
from crawler.state.schema import MIGRATIONS, version
from tests.state.test_addresses import DAWN, named


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("output/state.sqlite", "is no address of a database"),
        ("mysql://localhost/x", "are supported"),
        ("postgresql+psycopg://127.0.0.1:1/x", "connection"),
        ("sqlite:////proc/nowhere/state.sqlite", "/proc/nowhere"),
    ],
)
def test_a_state_that_cannot_be_opened_says_why(url: str, message: str) -> None:
    with pytest.raises(StateError, match=message):
        Database(url)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    path.write_text("not a database, and longer than a header of one has to be " * 20)
    with pytest.raises(StateError, match="file is not a database"):
        Database(f"sqlite:///{path}")


def test_a_state_opens_twice_and_one_from_the_future_is_refused(state_url: str) -> None:
    for _ in range(2):
        opened = Database(state_url)
        with opened.read() as connection:
            assert connection.execute(select(version.c.number)).scalar_one() == len(MIGRATIONS)
        opened.close()
    opened = Database(state_url)
    with opened.begin() as connection:
        connection.execute(update(version).values(number=99))
    opened.close()
    with pytest.raises(StateError, match="version 99"):
        Database(state_url)


def test_an_older_state_is_brought_to_this_version_once(state_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Database(state_url).close()
    steps: list[str] = []
    monkeypatch.setattr(schema, "MIGRATIONS", (*MIGRATIONS, lambda _: steps.append("second")))
    for _ in range(2):
        Database(state_url).close()
    assert steps == ["second"]


def _note_many(url: str, first: int) -> None:
    database = Database(url)
    for at in range(first, first + 200, 10):
        note(database, Naming("site", first, DAWN), [named(n) for n in range(at, at + 20)])
    database.close()


def test_two_processes_write_at_once_and_nothing_is_lost_or_doubled(state_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    both = [spawn.Process(target=_note_many, args=(state_url, first)) for first in (0, 100)]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
        assert process.exitcode == 0
    database = Database(state_url)
    assert (
        len({a.url for a in waiting(database, "site", limit=1000)}) == len(waiting(database, "site", limit=1000)) == 310
    )
    database.close()


def _open_at(together: Barrier, url: str) -> None:
    together.wait(60)
    Database(url).close()


def test_a_new_state_is_opened_by_many_at_the_same_moment(state_url: str, tmp_path: Path) -> None:
    """Without patience of our own one in fifty was refused: SQLite's does not cover the change to WAL."""
    together = Barrier(4)
    with ThreadPoolExecutor(4) as pool:
        for turn in range(1 if state_url.startswith("postgresql") else 100):
            url = state_url if turn == 0 else f"sqlite:///{tmp_path}/{turn}.sqlite"
            for opened in [pool.submit(_open_at, together, url) for _ in range(4)]:
                opened.result()


def _hold(url: str, ready: str) -> None:
    database = Database(url)
    lock = runs.Lock(database, "site", "process 1 on here")
    with lock:
        runs.begin(database, lock, "site", runs.Asked(), DAWN)
        Path(ready).touch()
        time.sleep(60)


def test_a_lock_keeps_others_out_and_dies_with_its_owner(state_url: str, tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    ready = tmp_path / "ready"
    owner = spawn.Process(target=_hold, args=(state_url, str(ready)))
    owner.start()
    while not ready.exists():
        time.sleep(0.05)
    database = Database(state_url)
    with pytest.raises(LockedError, match=r"site: another run is under way \(process 1 on here\)"):
        runs.Lock(database, "site", "me").__enter__()
    with runs.Lock(database, "other", "me"):
        pass
    assert owner.pid is not None
    os.kill(owner.pid, signal.SIGKILL)
    owner.join(10)
    for _ in range(100):  # PostgreSQL sees a dead client a moment later
        try:
            with runs.Lock(database, "site", "me"):
                break
        except LockedError:
            time.sleep(0.1)
    else:
        pytest.fail("the lock outlives its owner")
    database.close()


def test_one_process_does_not_crawl_a_site_twice_at_once(database: Database) -> None:
    with runs.Lock(database, "site", "me"), pytest.raises(LockedError):
        runs.Lock(database, "site", "me").__enter__()


def test_the_first_run_of_a_day_is_known(database: Database) -> None:
    lock = runs.Lock(database, "site", "me")
    day = 86400
    begun = [
        runs.begin(database, lock, "site", runs.Asked(), now)
        for now in (10 * day + 5, 11 * day - 1, 11 * day, 11 * day + 9)
    ]
    other = runs.begin(database, runs.Lock(database, "other", "me"), "other", runs.Asked(), 11 * day + 10)
    assert [runs.is_first_of_its_day(database, run) for run in (*begun, other)] == [True, False, True, False, True]


def test_a_host_that_wants_to_be_left_alone_is_remembered(database: Database) -> None:
    assert runs.closed_until(database, "news.example") == 0
    runs.stay_away(database, "news.example", DAWN)
    runs.stay_away(database, "news.example", DAWN + 5)
    assert runs.closed_until(database, "news.example") == DAWN + 5
