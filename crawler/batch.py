"""The engine over many pages or chunks: in this process, or over a pool with a time limit for each task. What a crawl
has is in workers.py.

The pool is pebble's (kept): unlike concurrent.futures it ends a worker that hangs, and only that one.
"""

from __future__ import annotations

import asyncio
import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from functools import partial
from typing import Any, TypeVar

from pebble import ProcessFuture, ProcessPool

from crawler import engine
from crawler.items import Article, Page, Reason, Rejection
from crawler.sites import all_sites, site_for
from crawler.sites.definitions import Definitions

#: How many more objects than before there must be until Python looks for cycles among them. A page makes 50,000 that
#: hold no cycle: with Python's own 700 a tenth of a crawl went into looking.
YOUNG_OBJECTS = 20_000
QUEUE = 4  # tasks in flight for each worker: enough to keep it busy, little enough for flat memory
Task = TypeVar("Task")
Got = TypeVar("Got")


def process(
    page: Page, site_lines: frozenset[str] | None = None, known: Definitions | None = None
) -> Article | Rejection:
    """One page through the engine, with the definition of its site where there is one, else what else is ``known``."""
    site = all_sites().get(page.site) if page.site else site_for(page.url)
    if site is None and known:
        site = known.of(page.site, page.url)
    return engine.process(page, site, site_lines=site_lines or frozenset())


def process_all(
    pages: Iterable[Page], *, workers: int = 0, seconds: float = 30.0, known: Definitions | None = None
) -> Iterator[Article | Rejection]:
    """A record for each page, in the order of the pages. ``workers=0`` stays in this process.

    With workers a page that takes longer than ``seconds`` is a Rejection(TIMEOUT), and one that kills its
    worker a Rejection(ERROR).
    """
    for page, found in in_order(pages, partial(process, known=known), workers=workers, seconds=seconds):
        yield failed(page, found, seconds) if isinstance(found, Exception) else found


_work: Callable[[Any], Any] | None = None  # of a worker: told once, for all its tasks


def collect_rarely() -> None:
    """Make Python look for unreachable cycles less often, in a process that is there for many pages."""
    gc.set_threshold(YOUNG_OBJECTS)


def _tell(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603 (what a worker is for)
    _work = work
    collect_rarely()


def _do(task: Any) -> Any:
    assert _work is not None
    return _work(task)


def failed(page: Page, error: Exception, seconds: float = 0.0) -> Rejection:
    """The record of a page that the engine did not come to an end with; a TimeoutError says that it had ``seconds``."""
    if isinstance(error, FutureTimeout | asyncio.TimeoutError):  # one class from Python 3.11 on
        return engine.reject(page, Reason.TIMEOUT, f"the engine took longer than {seconds} s")
    return engine.reject(page, Reason.ERROR, f"{type(error).__name__}: {error}")


def in_order(
    tasks: Iterable[Task], work: Callable[[Task], Got], *, workers: int, seconds: float
) -> Iterator[tuple[Task, Got | Exception]]:
    """Each task with what ``work`` made of it, in order. ``workers=0`` stays in this process. A worker is told
    once what ``work`` is and what is bound to it.

    With workers a task that fails, or kills its worker, or takes longer than ``seconds`` (TimeoutError) comes with
    the exception: it must not take the run along.
    """
    if workers == 0:
        yield from ((task, work(task)) for task in tasks)
        return
    with ProcessPool(max_workers=workers, initializer=_tell, initargs=(work,)) as pool:
        waiting: deque[tuple[Task, ProcessFuture[Any]]] = deque()
        for task in tasks:
            waiting.append((task, pool.schedule(_do, args=(task,), timeout=seconds)))
            if len(waiting) >= workers * QUEUE:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())


def _result(task: Task, future: ProcessFuture[Any]) -> tuple[Task, Any]:
    try:
        return task, future.result()
    except Exception as error:  # whatever it was, it is this task's alone
        return task, error
