"""The engine over many pages or chunks: in this process, or over a pool with a time limit for each task.

The pool is pebble's (kept): unlike concurrent.futures it ends a worker that hangs, and only that one.
"""

from __future__ import annotations

import asyncio
import fcntl
import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.context import SpawnContext
from typing import Any, TypeVar, cast

from pebble import ProcessFuture, ProcessPool

from crawler import engine
from crawler.engine import Options
from crawler.items import Article, Page, Reason, Rejection
from crawler.sites import all_sites, site_for
from crawler.sites.definitions import Definitions
from crawler.urls import host

#: How many more objects than before there must be until Python looks for cycles among them. A page makes 50,000 that
#: hold no cycle: with Python's own 700 a tenth of a crawl went into looking.
YOUNG_OBJECTS = 20_000
#: What a new worker reads before its first page, whose time reading phrases and models is not: prose, and a short line.
_FIRST = Page(
    url="about:blank",
    body=b"<p>The harbour is open again, and the ferries leave for the islands.</p>" * 9 + b"<p>To the top</p>",
)
#: Of a crawl's workers: what fetches comes first, or they wait for it.
NICENESS = 5
PIPE = 2**20  # bytes between a crawl and its workers: ten pages or so
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
        yield _failed(page, found, seconds) if isinstance(found, Exception) else found


class Workers:
    """The engine in processes of its own, a page at a time. Options, sites and site lines are sent once.

    Without ``audit`` the articles come without raw text, blocks and edits, which are most of what would be copied.
    """

    def __init__(self, processes: int, seconds: float, given: Given) -> None:
        self.seconds = seconds
        self._pool = ProcessPool(max_workers=processes, context=_Spawn(), initializer=_begin, initargs=(given,))
        self._begun = False

    def begin(self) -> None:
        """Start them before the first page is there: each takes a second for its phrases and models."""
        if not self._begun:
            self._begun = True
            self._pool.schedule(_nothing)

    async def process(self, page: Page) -> Article | Rejection:
        """The page's record; a page that takes too long or kills its worker is a Rejection."""
        future = self._pool.schedule(_do, args=(page,), timeout=self.seconds)
        try:
            return cast("Article | Rejection", await asyncio.wrap_future(future))
        except Exception as error:  # whatever it was, it is this page's alone
            return _failed(page, error, self.seconds)

    def close(self) -> None:
        """End the workers; nothing waits any more."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


class _Spawn(SpawnContext):
    """Begins workers anew, since a fork would copy the reactor, its sockets and its threads. What they read from holds
    some pages more, so that one that is done has its next page at hand.
    """

    def Pipe(self, duplex: bool = True) -> Any:  # noqa: FBT001, FBT002, N802 (multiprocessing's own)
        """The two ends, with as much room between them as any user of the system may ask for."""
        reader, writer = super().Pipe(duplex)
        if hasattr(fcntl, "F_SETPIPE_SZ"):  # Linux
            with suppress(OSError):  # the user has too many already
                fcntl.fcntl(writer.fileno(), fcntl.F_SETPIPE_SZ, PIPE)
        return reader, writer


@dataclass(frozen=True)
class Given:
    """What a worker of the engine is told once."""

    options: Options
    definitions: Definitions
    site_lines: Mapping[str, frozenset[str]]  # by host
    audit: bool  # whether anybody reads raw text, blocks and edits


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


def _nothing() -> None:
    """All that a worker has to do so far."""


def _begin(given: Given) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the crawl ends in good order
    os.nice(NICENESS)
    _tell(partial(_process_given, given))
    _do(_FIRST)


def _process_given(given: Given, page: Page) -> Article | Rejection:
    site_lines = given.site_lines.get(host(page.url), frozenset())
    site = given.definitions.of(page.site, page.url)
    return engine.process(page, site, given.options, site_lines, audit=given.audit)


def _failed(page: Page, error: Exception, seconds: float) -> Rejection:
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
