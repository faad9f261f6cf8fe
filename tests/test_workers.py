"""The engine in a crawl's worker processes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from multiprocessing import active_children

import pytest
import uvloop

from crawler import batch
from crawler.engine import DEFAULT
from crawler.items import Article, Page, Reason, Rejection
from crawler.sites import all_sites
from crawler.sites.definitions import Definitions
from crawler.workers import Given, Workers
from tests.test_batch import PAGES

SITED = [replace(page, site="arabkhabar") for page in PAGES]
#: The engine takes seconds for it.
DEEP = Page(url="https://x.example/", body=b"<div>" + b"<p>word " * 400_000)
Record = Article | Rejection


@pytest.fixture(params=[asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def loop(request: pytest.FixtureRequest) -> Iterator[asyncio.AbstractEventLoop]:
    """Python's own loop, and the one that a crawl has."""
    made = request.param()
    yield made
    made.close()


def worked(
    loop: asyncio.AbstractEventLoop,
    what: Callable[[Workers], Awaitable[list[Record]]],
    *,
    processes: int = 2,
    audit: bool = False,
    seconds: float = 30.0,
) -> list[Record]:
    """What workers make of what they are asked; none is left."""
    workers = Workers(processes, seconds, Given(DEFAULT, Definitions(dict(all_sites())), {}, audit))

    async def ask() -> list[Record]:
        try:
            return await what(workers)
        finally:
            await workers.close()

    found = loop.run_until_complete(ask())
    assert active_children() == []
    return found


def at_once(pages: list[Page]) -> Callable[[Workers], Awaitable[list[Record]]]:
    return lambda workers: asyncio.gather(*map(workers.process, pages))


def test_workers_give_the_same_records_as_the_engine_does_here(loop: asyncio.AbstractEventLoop) -> None:
    here = [batch.process(page) for page in SITED]
    assert worked(loop, at_once(SITED), audit=True) == here
    slim = [replace(r, raw_text="", blocks=(), edits=()) if isinstance(r, Article) else r for r in here]
    assert worked(loop, at_once(SITED)) == slim


def test_a_page_that_keeps_its_worker_too_long_is_a_rejection_and_no_other_is(loop: asyncio.AbstractEventLoop) -> None:
    slow, *others = worked(loop, at_once([DEEP, *SITED]), seconds=1.0)
    assert isinstance(slow, Rejection)
    assert slow.reason is Reason.TIMEOUT
    assert all(isinstance(record, Article) for record in others)


def test_a_page_that_the_engine_fails_at_says_how(loop: asyncio.AbstractEventLoop) -> None:
    async def without_room(workers: Workers) -> list[Record]:
        workers.given = replace(workers.given, options=replace(DEFAULT, max_bytes=None))  # type: ignore[arg-type]
        return await at_once(SITED[:1])(workers)

    (failed,) = worked(loop, without_room, processes=1)
    assert isinstance(failed, Rejection)
    assert (failed.reason, failed.detail[:10]) == (Reason.ERROR, "TypeError:")


def kill() -> None:
    for process in active_children():
        process.kill()


def test_a_page_whose_worker_dies_is_a_rejection_and_the_next_ones_are_not(loop: asyncio.AbstractEventLoop) -> None:
    async def killed_at_work(workers: Workers) -> list[Record]:
        await workers.process(SITED[0])  # it has begun
        loop.call_later(0.3, kill)
        return await at_once([DEEP, *SITED])(workers)

    killed, *others = worked(loop, killed_at_work, processes=1)
    assert isinstance(killed, Rejection)
    assert killed.reason is Reason.ERROR
    assert all(isinstance(record, Article) for record in others)


def test_a_worker_that_dies_with_nothing_to_do_costs_no_page(loop: asyncio.AbstractEventLoop) -> None:
    async def killed_at_rest(workers: Workers) -> list[Record]:
        await workers.process(SITED[0])
        kill()
        await asyncio.sleep(0.2)
        return await at_once(SITED)(workers)

    assert all(isinstance(record, Article) for record in worked(loop, killed_at_rest, processes=1))


def test_workers_that_are_closed_while_they_begin_are_gone(loop: asyncio.AbstractEventLoop) -> None:
    async def nothing(workers: Workers) -> list[Record]:
        workers.begin()
        await asyncio.sleep(0)
        return []

    assert worked(loop, nothing) == []
