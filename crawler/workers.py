"""The engine in processes of a crawl's own, which work while the crawl fetches.

Each is at the other end of a socket that the crawl's event loop reads and writes. The pools of libraries have threads
between the loop and their processes (pebble, which batch.py has, three; concurrent.futures one, and it cannot end a
process that hangs): on two cores pebble's cost a twelfth of a crawl.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import socket
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from io import BufferedRWPair
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from struct import Struct
from typing import Any, NamedTuple

from crawler import engine
from crawler.batch import collect_rarely, failed
from crawler.engine import Options
from crawler.items import Article, Page, Rejection
from crawler.sites.definitions import Definitions
from crawler.urls import host

NICENESS = 5  # what fetches comes first where cores are short, or the workers wait for it
AT_HAND = 2  # pages that a worker has: the one that it works on, and the next
#: What a new worker reads before its first page, whose time reading phrases and models is not: prose, and a short line.
_FIRST = Page(
    url="about:blank",
    body=b"<p>The harbour is open again, and the ferries leave for the islands.</p>" * 9 + b"<p>To the top</p>",
)
_LENGTH = Struct(">Q")  # bytes of the pickle that follows
_ROOM = 2**20  # bytes of records that are read before their turn


@dataclass(frozen=True)
class Given:
    """What a worker of the engine is told once."""

    options: Options
    definitions: Definitions
    site_lines: Mapping[str, frozenset[str]]  # by host
    audit: bool  # whether anybody reads raw text, blocks and edits


class _Asked(NamedTuple):
    page: Page
    record: asyncio.Future[Article | Rejection]

    def answer(self, record: Article | Rejection) -> None:
        if not self.record.done():  # who asked may have been cancelled
            self.record.set_result(record)


class Workers:
    """The engine in so many processes, a page at a time each. Options, sites and site lines are sent once.

    Without ``audit`` the articles come without raw text, blocks and edits, which are most of what would be copied.
    """

    def __init__(self, processes: int, seconds: float, given: Given) -> None:
        self.processes = processes
        self.seconds = seconds
        self.given = given
        self._asked: asyncio.Queue[_Asked] = asyncio.Queue()  # what no worker has yet
        self._resting = 0  # workers that wait for a page
        self._tasks: list[asyncio.Task[None]] = []

    def begin(self) -> None:
        """Start them before the first page is there: each takes a second for its phrases and models."""
        if not self._tasks:
            self._tasks = [asyncio.ensure_future(self._work()) for _ in range(self.processes)]

    async def process(self, page: Page) -> Article | Rejection:
        """The page's record; a page that takes longer than ``seconds`` or kills its worker is a Rejection."""
        self.begin()
        asked = _Asked(page, asyncio.get_running_loop().create_future())
        self._asked.put_nowait(asked)
        return await asked.record

    async def close(self) -> None:
        """End the workers; nothing waits any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self) -> None:
        """One worker: a process, and when that has ended another one for the next page."""
        at_hand: deque[_Asked] = deque()
        while True:
            try:
                async with _begun(self.given) as process:
                    await self._pages_to(process, at_hand)
            except Exception as error:  # whatever it was, it is the page's alone that it worked on
                if at_hand:
                    asked = at_hand.popleft()
                    asked.answer(failed(asked.page, error, self.seconds))
            if not at_hand:
                at_hand.append(await self._next())

    async def _next(self) -> _Asked:
        """The page that has waited longest."""
        self._resting += 1
        try:
            return await self._asked.get()
        finally:
            self._resting -= 1

    async def _pages_to(self, process: _Process, at_hand: deque[_Asked]) -> None:
        """Pages to a process and their records back, until it ends."""
        await process.answer()  # it has begun
        for asked in at_hand:
            process.send(asked.page)
        while True:
            while not at_hand or (len(at_hand) < AT_HAND and self._asked.qsize() > self._resting):
                at_hand.append(await self._next())
                if process.has_ended:  # with nothing to do: this page did not end it
                    return
                process.send(at_hand[-1].page)
            record = await process.answer(self.seconds)
            at_hand.popleft().answer(record)


@asynccontextmanager
async def _begun(given: Given) -> AsyncIterator[_Process]:
    """A process, ended again. It is begun anew: a fork would copy the reactor, its sockets and its threads."""
    here, there = socket.socketpair()
    process = get_context("spawn").Process(target=_serve, args=(there, given), daemon=True)
    process.start()
    there.close()
    try:
        reader, writer = await asyncio.open_connection(sock=here, limit=_ROOM)
        try:
            yield _Process(process, reader, writer)
        finally:
            writer.close()
    finally:
        process.kill()  # it has nothing to save
        process.join()


class _Process:
    """A process of the engine's, and the socket to it."""

    def __init__(self, process: BaseProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer

    @property
    def has_ended(self) -> bool:
        return self._reader.at_eof()

    def send(self, page: Page) -> None:
        self._writer.write(_packed(page))

    async def answer(self, seconds: float | None = None) -> Any:
        """What it says next. EOFError where it has ended, TimeoutError where it takes longer than that."""
        loop = asyncio.get_running_loop()
        end = loop.call_later(seconds, self._process.kill) if seconds else None
        try:
            (length,) = _LENGTH.unpack(await self._reader.readexactly(_LENGTH.size))
            return pickle.loads(await self._reader.readexactly(length))  # noqa: S301 (our own process)
        except (EOFError, OSError):
            if end and end.when() <= loop.time():
                raise asyncio.TimeoutError from None
            raise EOFError("the page ended its process") from None
        finally:
            if end:
                end.cancel()


def _serve(there: socket.socket, given: Given) -> None:
    """What a process does: pages in, records out, as long as somebody is at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the crawl ends in good order
    os.nice(NICENESS)
    collect_rarely()
    _record(given, _FIRST)
    with there, there.makefile("rwb") as stream, suppress(EOFError, OSError):
        _say(stream, None)
        while True:
            _say(stream, _record(given, _heard(stream)))


def _record(given: Given, page: Page) -> Article | Rejection:
    site_lines = given.site_lines.get(host(page.url), frozenset())
    site = given.definitions.of(page.site, page.url)
    try:
        return engine.process(page, site, given.options, site_lines, audit=given.audit)
    except Exception as error:
        return failed(page, error)


def _packed(what: Any) -> bytes:
    pickled = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(pickled)) + pickled


def _say(stream: BufferedRWPair, what: Any) -> None:
    stream.write(_packed(what))
    stream.flush()


def _heard(stream: BufferedRWPair) -> Any:
    if len(head := stream.read(_LENGTH.size)) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    return pickle.loads(stream.read(length))  # noqa: S301 (our own process)
