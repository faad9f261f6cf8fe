"""``Progress``: a crawl as it goes, in numbers. Values in, values out; times are seconds of any steady clock."""

from __future__ import annotations

from collections import Counter, deque
from typing import NamedTuple

from crawler.items import Article, Rejection
from crawler.urls import host

WINDOW = 60.0  # seconds over which a rate is taken


class Rates(NamedTuple):
    """A second's worth."""

    pages: float
    articles: float


class Progress:
    """Counts the records of a crawl; told now and then what time it is and how much waits."""

    def __init__(self, began: float, most: int | None = None) -> None:
        self.began = self.now = began
        self.most = most  # articles that the run may fetch
        self.articles = 0
        self.rejections: Counter[str] = Counter()
        self.sites: Counter[str] = Counter()  # articles by site
        self.requests = self.flying = self.errors = 0
        self.waiting: int | None = None  # addresses; None: nobody knows
        self._samples: deque[tuple[float, int, int]] = deque([(began, 0, 0)])

    @property
    def pages(self) -> int:
        """Records: a page gives one."""
        return self.articles + self.rejections.total()

    def add(self, record: Article | Rejection) -> None:
        """One record."""
        if isinstance(record, Rejection):
            self.rejections[record.reason.value] += 1
        else:
            self.articles += 1
            self.sites[record.site or host(record.url)] += 1

    def tick(self, now: float, *, waiting: int | None, requests: int = 0, flying: int = 0, errors: int = 0) -> None:
        """What time it is; addresses that wait, requests so far and under way, errors in the log."""
        self.now, self.waiting, self.requests, self.flying, self.errors = now, waiting, requests, flying, errors
        self._samples.append((now, self.pages, self.articles))
        while len(self._samples) > 2 and now - self._samples[0][0] > WINDOW:
            self._samples.popleft()

    @property
    def rates(self) -> Rates:
        """Over the last WINDOW seconds."""
        then, pages, articles = self._samples[0]
        seconds = max(self.now - then, 1e-9)
        return Rates((self.pages - pages) / seconds, (self.articles - articles) / seconds)

    @property
    def left(self) -> float | None:
        """Seconds until nothing waits, at this rate; None where nobody knows."""
        rate = self.rates.pages
        if self.waiting is None or not rate:
            return None
        todo = self.waiting if self.most is None else min(self.waiting, self.most - self.pages)
        return max(0, todo) / rate

    def line(self) -> str:
        """All of it in one line of a log."""
        said = [f"{self.pages} pages ({self.rates.pages:.1f}/s)", f"{self.articles} articles"]
        said += [f"{self.rejections.total()} rejections" + (f" ({self.reasons})" if self.reasons else "")]
        said += [f"{self.errors} errors"] if self.errors else []
        said += [f"{self.waiting} waiting"] if self.waiting else []
        said += [f"{clock(self.left)} left"] if self.left else []
        return ", ".join(said)

    @property
    def reasons(self) -> str:
        """Rejections by reason, the most frequent first."""
        return ", ".join(f"{reason} {count}" for reason, count in self.rejections.most_common())


def clock(seconds: float) -> str:
    """``75`` -> ``1:15``, ``3675`` -> ``1:01:15``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
