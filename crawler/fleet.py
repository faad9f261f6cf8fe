"""Many crawls at once: a process for each site, so many at a time, each within its time."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

GRACE = 60  # seconds between asking a crawl to end and making it end
POLL = 0.2
FAILED, NO_STATE, ALERT, LOCKED = 1, 3, 4, 75  # of scrapy crawl; 75 is EX_TEMPFAIL of sysexits.h: try again later
ENDED_LATE = 124  # as timeout(1) says it
INTERRUPTED = 130  # as a shell says that SIGINT ended it
WORDS = {
    0: "done",
    LOCKED: "busy: another run has it",
    ENDED_LATE: "ended by the time limit",
    NO_STATE: "no state",
    ALERT: "done, a monitor complains",
    INTERRUPTED: "interrupted",
}


def in_words(code: int) -> str:
    """What an exit code of ``scrapy crawl`` means."""
    return WORDS.get(code, f"failed with exit code {code}")


@dataclass
class Crawl:
    """One site's process."""

    site: str
    process: subprocess.Popen[bytes]
    log: Path
    began: float = field(default_factory=time.monotonic)
    asked_to_end: float | None = None
    ends_as: int = ENDED_LATE  # if it ends in good order once it is asked to

    def seconds(self) -> float:
        """How long it has been running."""
        return time.monotonic() - self.began


class Fleet:
    """The crawls that wait, that run and that have ended."""

    def __init__(
        self, names: Sequence[str], given: Sequence[str], *, jobs: int, limit: float | None, logs: Path
    ) -> None:
        self.waiting = list(names)
        self.given = given
        self.limit = limit  # seconds for each
        self.jobs = jobs
        self.logs = logs
        self.running: list[Crawl] = []
        self.codes: dict[str, int] = {}

    def run(self, say: Callable[[str], None]) -> dict[str, int]:
        """Exit codes by site. Ctrl-C and SIGTERM end every crawl in good order."""
        self.logs.mkdir(parents=True, exist_ok=True)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            while self.waiting or self.running:
                while self.waiting and len(self.running) < self.jobs:
                    self.running.append(self._start(self.waiting.pop(0)))
                self._watch(say)
                time.sleep(POLL)
        except KeyboardInterrupt:
            say("ending every crawl in good order …")
            self._end_all(say)
        return {**dict.fromkeys(self.waiting, INTERRUPTED), **self.codes}

    def _start(self, site: str) -> Crawl:
        log = self.logs / f"{site}.log"
        with log.open("wb") as file:
            command = [sys.executable, "-m", "scrapy", "crawl", site, *self.given]
            # A session of its own: Ctrl-C reaches it once, from here.
            process = subprocess.Popen(command, stdout=file, stderr=file, start_new_session=True)  # noqa: S603 (our own command)
            return Crawl(site, process, log)

    def _watch(self, say: Callable[[str], None]) -> None:
        for crawl in list(self.running):
            code = crawl.process.poll()
            if code is not None:
                self.running.remove(crawl)
                code = INTERRUPTED if code == -signal.SIGINT else code
                as_asked = crawl.asked_to_end is not None and code in (0, INTERRUPTED, -signal.SIGKILL)
                self.codes[crawl.site] = crawl.ends_as if as_asked else code
                say(f"{crawl.site}: {in_words(self.codes[crawl.site])} after {crawl.seconds():.0f} s")
            elif self.limit is not None and crawl.seconds() > self.limit:
                self._end(crawl, ENDED_LATE)

    @staticmethod
    def _end(crawl: Crawl, ends_as: int) -> None:
        """Ask it to end; after GRACE it is ended. What it has not stored is the next run's."""
        if crawl.asked_to_end is None:
            crawl.asked_to_end, crawl.ends_as = time.monotonic(), ends_as
            crawl.process.send_signal(signal.SIGINT)
        elif time.monotonic() - crawl.asked_to_end > GRACE:
            crawl.process.kill()

    def _end_all(self, say: Callable[[str], None]) -> None:
        while self.running:
            for crawl in self.running:
                self._end(crawl, INTERRUPTED)
            with contextlib.suppress(KeyboardInterrupt):
                time.sleep(POLL)
            self._watch(say)
