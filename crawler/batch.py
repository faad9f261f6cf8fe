"""The engine over many pages or chunks: in this process, or over a pool with a time limit for each task.

The pool is pebble's (kept): unlike concurrent.futures it ends a worker that hangs, and only that one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, TypeVar

from pebble import ProcessFuture, ProcessPool

from crawler import engine
from crawler.items import Article, Page, Reason, Rejection
from crawler.sites import all_sites, site_for

QUEUE = 4  # tasks in flight for each worker: enough to keep it busy, little enough for flat memory
Given = TypeVar("Given")
Got = TypeVar("Got")


def process(page: Page, site_lines: frozenset[str] | None = None) -> Article | Rejection:
    """One page through the engine, with the definition of its site where there is one."""
    site = all_sites().get(page.site) if page.site else site_for(page.url)
    return engine.process(page, site, site_lines=site_lines or frozenset())


def process_all(pages: Iterable[Page], *, workers: int = 0, seconds: float = 30.0) -> Iterator[Article | Rejection]:
    """A record for each page, in the order of the pages. ``workers=0`` stays in this process.

    With workers a page that takes longer than ``seconds`` is a Rejection(TIMEOUT), and one that kills its
    worker a Rejection(ERROR).
    """
    for page, found in in_order(pages, process, workers=workers, seconds=seconds):
        if isinstance(found, FutureTimeout):
            yield engine.reject(page, Reason.TIMEOUT, f"the engine took longer than {seconds} s")
        elif isinstance(found, Exception):
            yield engine.reject(page, Reason.ERROR, f"{type(found).__name__}: {found}")
        else:
            yield found


def in_order(
    tasks: Iterable[Given], work: Callable[[Given], Got], *, workers: int, seconds: float
) -> Iterator[tuple[Given, Got | Exception]]:
    """Each task with what ``work`` made of it, in order. ``workers=0`` stays in this process.

    With workers a task that fails, or kills its worker, or takes longer than ``seconds`` (TimeoutError) comes with
    the exception: it must not take the run along.
    """
    if workers == 0:
        yield from ((task, work(task)) for task in tasks)
        return
    with ProcessPool(max_workers=workers) as pool:
        waiting: deque[tuple[Given, ProcessFuture[Any]]] = deque()
        for task in tasks:
            waiting.append((task, pool.schedule(work, args=(task,), timeout=seconds)))
            if len(waiting) >= workers * QUEUE:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())


def _result(task: Given, future: ProcessFuture[Any]) -> tuple[Given, Any]:
    try:
        return task, future.result()
    except Exception as error:  # whatever it was, it is this task's alone
        return task, error
