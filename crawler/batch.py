"""The engine over many pages: in this process, or over a pool with a time limit for each page.

The pool is pebble's (kept): unlike concurrent.futures it ends a worker that hangs, and only that one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout

from pebble import ProcessFuture, ProcessPool

from crawler import engine
from crawler.items import Article, Page, Reason, Rejection
from crawler.sites import all_sites, site_for

QUEUE = 4  # pages in flight for each worker: enough to keep it busy, little enough for flat memory


def process(page: Page) -> Article | Rejection:
    """One page through the engine, with the definition of its site where there is one."""
    site = all_sites().get(page.site) if page.site else site_for(page.url)
    return engine.process(page, site)


def process_all(pages: Iterable[Page], *, workers: int = 0, seconds: float = 30.0) -> Iterator[Article | Rejection]:
    """A record for each page, in the order of the pages. ``workers=0`` stays in this process.

    With workers a page that takes longer than ``seconds`` is a Rejection(TIMEOUT), and one that kills its
    worker a Rejection(ERROR).
    """
    if workers == 0:
        yield from map(process, pages)
        return
    with ProcessPool(max_workers=workers) as pool:
        waiting: deque[tuple[Page, ProcessFuture[Article | Rejection]]] = deque()
        for page in pages:
            waiting.append((page, pool.schedule(process, args=(page,), timeout=seconds)))
            if len(waiting) >= workers * QUEUE:
                yield _result(*waiting.popleft(), seconds)
        while waiting:
            yield _result(*waiting.popleft(), seconds)


def _result(page: Page, future: ProcessFuture[Article | Rejection], seconds: float) -> Article | Rejection:
    try:
        record: Article | Rejection = future.result()
    except FutureTimeout:
        return engine.reject(page, Reason.TIMEOUT, f"the engine took longer than {seconds} s")
    except Exception as error:  # a worker that died; the page must not take the run along
        return engine.reject(page, Reason.ERROR, f"{type(error).__name__}: {error}")
    return record
