"""Readers' comments after a story, by what stands around each of them: their boxes' names are made up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import ago, date_lines
from .draft import Cut, Draft
from .line_hints import DIGITS

_LONGEST = 80  # characters of the line that says who wrote a comment, or when
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_UNDER_HEADING = 2  # so many dated lines under a heading over comments are a thread
_SERIES = 3  # so many of two sorts of lines are one without
_APART = 12  # pieces between two of them, at most
_NAME = 2  # pieces above the first one that may say who wrote it, or how many did
_SAID, _DATED, _ANSWERED = range(3)


def thread(draft: Draft) -> Iterator[Cut]:
    """Readers' comments after the story, to the end: each says who wrote it («Jane says:»), when, or has a button to
    answer it («Reply»); two of these, three times. Under a heading over comments their times are enough.
    """
    found = list(_around(draft))
    start = _under_heading(draft, [at for at, sort in found if sort == _DATED])
    if start is None:
        start = _first(draft, found)
    if start is not None:
        yield from (Cut(at) for at in range(start, draft.content.last))


def _around(draft: Draft) -> Iterator[tuple[int, int]]:
    """The lines after the story that stand around comments, and the sort of each."""
    told = 0
    for at in sorted(draft.content.inside):
        if told < draft.options.story_length:
            told += draft.prose[at]
        elif not draft.prose[at] and len(draft.pieces[at].text) <= _LONGEST:
            sort = _sort(draft, at)
            if sort is not None:
                yield at, sort


def _sort(draft: Draft, at: int) -> int | None:
    text, folded = draft.pieces[at].text, draft.folded(at)
    if folded in draft.phrases.answers:
        return _ANSWERED
    if text.endswith((":", "：")) and folded.endswith(draft.phrases.says):
        return _SAID
    has_date = draft.reading[at].hints & DIGITS and (_TIME.search(text) or date_lines.is_moment(text))
    return _DATED if has_date or ago.is_said(text) else None


def _under_heading(draft: Draft, dated: list[int]) -> int | None:
    """The heading over comments that has some under it."""
    if len(dated) < _UNDER_HEADING:
        return None
    told = 0
    for at in range(draft.content.first, dated[-_UNDER_HEADING]):
        is_after = told >= draft.options.story_length
        if is_after and draft.pieces[at].kind == "heading" and _is_over_comments(draft, at):
            return at
        told += draft.prose[at]
    return None


def _is_over_comments(draft: Draft, at: int) -> bool:
    """Whether a heading says «Comments», with their number or without."""
    words = [word for word in draft.folded(at).split() if not word.isdigit()]
    return draft.phrases.headings.get(" ".join(words)) == "comments"


def _first(draft: Draft, found: list[tuple[int, int]]) -> int | None:
    """Where a series of such lines begins that goes on to the last of them."""
    start = len(found)
    while start and (start == len(found) or found[start][0] - found[start - 1][0] <= _APART):
        start -= 1
    sorts = [sort for _, sort in found[start:]]
    if sum(sorts.count(sort) >= _SERIES for sort in set(sorts)) < 2:
        return None
    at = found[start][0]
    names = range(at - 1, max(at - 1 - _NAME, draft.content.first), -1)
    return next((name + 1 for name in names if draft.is_prose(name) or draft.finished(name)), names.stop + 1)
