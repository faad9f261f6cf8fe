"""Bars of long commands, on standard error: drawn on a terminal, a line now and then elsewhere (tqdm: kept, small)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def bar(what: str, *, unit: str, total: int | None = None) -> tqdm[None]:
    """A bar that a short command never shows."""
    every = 0.2 if sys.stderr.isatty() else 30.0
    return tqdm(total=total, unit=unit, unit_scale=True, desc=what, mininterval=every, delay=every)


def counted(what: str, items: Iterable[T], *, unit: str) -> Iterator[T]:
    """The items, each a step of a bar."""
    with bar(what, unit=unit) as steps:
        for item in items:
            yield item
            steps.update()
