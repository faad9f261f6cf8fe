"""The run report: one HTML file, with its plots as SVG, that works from a mail attachment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple

from crawler.explain.page import template
from crawler.reports.digest import LENGTHS, articles_in
from crawler.reports.monitors import Alert
from crawler.state.feeds import StoredFeed
from crawler.state.runs import PastRun

WIDTH, HEIGHT = 720, 140  # of a plot, in pixels
BARS = 96  # at most
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


class Bar(NamedTuple):
    """A bar of a plot, in pixels from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: int


def over_time(hours: Mapping[str, int]) -> list[tuple[str, int]]:
    """Counts by hour («2026-11-24T09»; «unknown» is left out), with the hours between them; by day where BARS hours
    are not enough, the last BARS days.
    """
    times = {datetime.fromisoformat(hour): count for hour, count in hours.items() if hour != "unknown"}
    if not times:
        return []
    fine = max(times) - min(times) < BARS * _HOUR
    step, form = (_HOUR, "%Y-%m-%d %H:00") if fine else (_DAY, "%Y-%m-%d")
    slots: Counter[datetime] = Counter()
    for time, count in times.items():
        slots[time if fine else time.replace(hour=0)] += count
    last, length = max(slots), min(BARS, (max(slots) - min(slots)) // step + 1)
    shown = (last - step * back for back in reversed(range(length)))
    return [(f"{slot:{form}}", slots[slot]) for slot in shown]


def bars(values: Sequence[tuple[str, int]]) -> list[Bar]:
    """A plot of values."""
    most, step = max((value for _, value in values), default=1) or 1, WIDTH / max(1, len(values))
    return [
        Bar(round(at * step, 1), round(HEIGHT - tall, 1), round(max(1.0, step - 2), 1), round(tall, 1), label, value)
        for at, (label, value) in enumerate(values)
        for tall in [HEIGHT * value / most]
    ]


def html(run: PastRun, stored: Sequence[StoredFeed], before: Sequence[PastRun]) -> str:
    """The report of a run, beside those before it (the last one first)."""
    digest = run.digest
    counts: dict[str, dict[str, int]] = digest.get("counts", {})
    lengths = counts.get("lengths", {})
    return template(
        "report.html",
        run=run,
        started=_time(run.started),
        seconds=max(0, (run.finished or run.started) - run.started),
        arguments=run.arguments,
        stats=run.counts,
        counts=counts,
        samples=digest.get("samples", {}),
        articles=articles_in(digest),
        refused=sum(counts.get("rejections", {}).values()),
        selectors=digest.get("selectors", {}),
        hosts=sorted(digest.get("hosts", {}).items(), key=lambda entry: -entry[1][1] / max(1, entry[1][0]))[:20],
        alerts=[Alert(*alert) for alert in digest.get("alerts", [])],
        hours=bars(over_time(counts.get("hours", {}))),
        lengths=bars([(str(most), lengths.get(str(most), 0)) for most in (*LENGTHS, "more")]),
        feeds=stored,
        past=[row(one) for one in (run, *before)],
        width=WIDTH,
        height=HEIGHT,
    )


def row(run: PastRun) -> dict[str, Any]:
    """A run in a line of a table."""
    return {
        "id": run.id,
        "started": _time(run.started),
        "exit": run.exit or "under way",
        "seconds": (run.finished or run.started) - run.started,
        "articles": articles_in(run.digest),
        "rejections": sum(run.digest.get("counts", {}).get("rejections", {}).values()),
        "requests": run.counts.get("downloader/request_count", 0),
    }


def minute(seconds: int) -> str:
    """A time (UTC) as tables for a terminal have it."""
    return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%d %H:%M}"


def _time(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%d %H:%M:%S} UTC"
