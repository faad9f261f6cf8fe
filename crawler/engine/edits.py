"""Text that remembers its edits: the one place where a text is changed.

An ``Edit`` replaces a span of the raw text. A list of them is sorted and free of overlaps, so that
applying it is one pass, and what was removed can always be asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..items import Edit

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def apply(raw_text: str, edits: Iterable[Edit]) -> str:
    """The raw text with its edits applied. Raises ValueError where two of them overlap."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        if edit.start < at or edit.end > len(raw_text):
            raise ValueError(f"edit {edit} overlaps the one before it or the end of the text")
        parts += (raw_text[at : edit.start], edit.text)
        at = edit.end
    parts.append(raw_text[at:])
    return "".join(parts)


def gap_edits(raw_text: str, spans: Sequence[tuple[int, int]], kept: Sequence[bool]) -> list[Edit]:
    """Edits that close the gaps between blocks once some of them are gone.

    Between two kept blocks stays one paragraph break (one line break where the raw text had no
    blank line between them); before the first and after the last stays nothing.
    """
    found: list[Edit] = []
    previous: int | None = None  # the end of the last kept block
    at = 0
    broken = False
    for (start, end), keep in zip([*spans, (len(raw_text), len(raw_text))], [*kept, False], strict=True):
        gap, wanted = raw_text[at:start], ""
        broken = broken or gap == "\n\n" or bool(_BLANK_LINE.search(gap))
        if keep:
            wanted = "" if previous is None else "\n\n" if broken else "\n"
            previous, broken = end, False
        if gap != wanted:
            found.append(Edit(start=at, end=start, text=wanted, rule="paragraph_break", kind="characters"))
        at = end
    return found


def merge(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits in order; of two that overlap the one that begins first stands, and of those the longest."""
    taken: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        if taken and edit.start < taken[-1].end:
            continue
        taken.append(edit)
    return tuple(taken)
