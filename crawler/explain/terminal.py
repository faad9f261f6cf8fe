"""An explanation for a terminal: kept text plain, what was taken in colour, with its rule, kind and evidence.

Written by rich (kept; knows what colours and widths a terminal has, and leaves colours out of a pipe).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.console import Console
from rich.text import Text

from crawler.explain.pieces import OUTSIDE, Explanation, Part
from crawler.items import Article

COLOURS = {
    "related": "magenta",
    "inline_related": "magenta",
    "tags": "blue",
    "source": "cyan",
    "cta": "yellow",
    "share": "yellow",
    "caption": "green",
    "byline": "cyan",
    "date": "cyan",
}
OTHERS = "red"


def show(console: Console, explanation: Explanation, *, rule: str | None = None, everything: bool = False) -> None:
    """Print it; with ``rule`` only what that rule took, with ``everything`` also what is far from the article."""
    _head(console, explanation)
    parts = [part for part in explanation.parts if rule is None or part.rule == rule]
    for is_outside, run in groupby(parts, key=lambda part: part.rule == OUTSIDE):
        found = list(run)
        if is_outside and not everything and rule != OUTSIDE:
            console.print(Text(f"… {len(found)} blocks outside of the article (--all shows them)\n", style="dim"))
            continue
        _blocks(console, found)
    counts = ", ".join(f"{name} {count}" for name, count in explanation.rules)
    console.print(Text(f"taken: {counts or 'nothing'}", style="bold"))
    if explanation.characters:
        changed = ", ".join(f"{name} {count}" for name, count in sorted(explanation.characters.items()))
        console.print(f"characters: {changed}", markup=False, highlight=False)


def _head(console: Console, explanation: Explanation) -> None:
    record = explanation.record
    if isinstance(record, Article):
        by = f"main content by {explanation.found_by}, engine {record.engine_version}"
        console.print(Text(record.headline or "(no headline)", style="bold"))
        console.print(f"{record.url}\n{record.site or 'no site definition'}, {by}\n", markup=False, highlight=False)
    else:
        console.print(Text(f"Rejection {record.reason}: {record.detail}", style="bold red"))
        console.print(f"{record.url}\n", markup=False, highlight=False)


def _blocks(console: Console, parts: Iterable[Part]) -> None:
    for part in parts:
        if part.rule is None:
            console.print(Text(part.text) + "\n")
            continue
        colour = COLOURS.get(part.kind or "", OTHERS)
        console.print(Text(part.text, style=colour))
        why = f": {part.evidence}" if part.evidence else ""
        console.print(Text(f"  ✂ {part.rule} ({part.kind}){why}\n", style=f"dim {colour}"))
