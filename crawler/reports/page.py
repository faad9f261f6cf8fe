"""The run report: one HTML file, with its plots as SVG, that works from a mail attachment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple

from crawler.explain.page import template
from crawler.reports.digest import LENGTHS
from crawler.reports.monitors import Alert
from crawler.state.feeds import StoredFeed
from crawler.state.runs import PastRun

WIDTH, HEIGHT = 720, 140  # of a plot, in pixels
BARS = 96  # at most
_BY_DAY = timedelta(days=1), "%Y-%m-%d"


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
    first, last = min(times), max(times)
    step, form = (timedelta(hours=1), "%Y-%m-%d %H:00") if last - first < BARS * timedelta(hours=1) else _BY_DAY
    slots = {f"{last - step * back:{form}}": 0 for back in range(min(BARS, (last - first) // step + 2))}
    for time, count in times.items():
        if (slot := f"{time:{form}}") in slots:
            slots[slot] += count
    found = sorted(slots.items())
    return found if found[0][1] else found[1:]


def bars(values: Sequence[tuple[str, int]]) -> list[Bar]:
    """A plot of values, the last BARS of them."""
    shown = values[-BARS:]
    most, step = max((value for _, value in shown), default=1) or 1, WIDTH / max(1, len(shown))
    return [
        Bar(round(at * step, 1), round(HEIGHT - tall, 1), round(max(1.0, step - 2), 1), round(tall, 1), label, value)
        for at, (label, value) in enumerate(shown)
        for tall in [HEIGHT * value / most]
    ]


def html(run: PastRun, alerts: Sequence[Alert], stored: Sequence[StoredFeed], before: Sequence[PastRun]) -> str:
    """The report of a run, beside those before it (the last one first)."""
    digest, stats = _json(run.digest), _json(run.counts)
    counts: dict[str, dict[str, int]] = digest.get("counts", {})
    lengths = counts.get("lengths", {})
    return template(
        "report.html",
        run=run,
        started=_time(run.started),
        seconds=max(0, (run.finished or run.started) - run.started),
        arguments=_json(run.arguments),
        stats=stats,
        counts=counts,
        samples=digest.get("samples", {}),
        articles=sum(counts.get("sites", {}).values()),
        refused=sum(counts.get("rejections", {}).values()),
        selectors=digest.get("selectors", {}),
        hosts=sorted(digest.get("hosts", {}).items(), key=lambda entry: -entry[1][1] / max(1, entry[1][0]))[:20],
        alerts=alerts,
        hours=bars(over_time(counts.get("hours", {}))),
        lengths=bars([(str(most), lengths.get(str(most), 0)) for most in (*LENGTHS, "more")]),
        feeds=stored,
        past=[row(one) for one in (run, *before)],
        width=WIDTH,
        height=HEIGHT,
    )


def row(run: PastRun) -> dict[str, Any]:
    """A run in a line of a table."""
    counts = _json(run.digest).get("counts", {})
    return {
        "id": run.id,
        "started": _time(run.started),
        "exit": run.exit or "under way",
        "seconds": (run.finished or run.started) - run.started,
        "articles": sum(counts.get("sites", {}).values()),
        "rejections": sum(counts.get("rejections", {}).values()),
        "requests": _json(run.counts).get("downloader/request_count", 0),
    }


def alerts_of(run: PastRun) -> list[Alert]:
    """What the monitors said when it ended."""
    return [Alert(*alert) for alert in _json(run.digest).get("alerts", [])]


def _json(text: str | None) -> Mapping[str, Any]:
    return dict(json.loads(text)) if text else {}


def _time(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%d %H:%M:%S} UTC"
