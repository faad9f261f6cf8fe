"""A Scrapy extension for tests: ends the process, as a power cut would, at a chosen transition of the state.

A transition is a commit of the state or the renaming of a feed. ``KILL_AT=n`` kills just before the n-th, so that all
numbers together stand before and after each. ``KILL_LOG`` is a file that gets a byte for each transition.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler
from sqlalchemy import Engine, event


class Killer:
    """Counts transitions; kills at one."""

    def __init__(self, at: int, log: str | None) -> None:
        self.at = at
        self.log = Path(log) if log else None
        self.seen = 0
        event.listen(Engine, "commit", self._count)
        sys.addaudithook(self._hook)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Killer:
        """KILL_AT and KILL_LOG come from the settings."""
        return cls(crawler.settings.getint("KILL_AT"), crawler.settings["KILL_LOG"])

    def _hook(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name == "os.rename" and str(arguments[0]).endswith(".part"):
            self._count()

    def _count(self, *_: Any) -> None:
        self.seen += 1
        if self.log is not None:
            self.log.write_text("x" * self.seen)
        if self.seen == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
