"""Whether a line says nothing but when: a date, a time, how long ago something was."""

from __future__ import annotations

import re

from . import ago, dates
from .folding import fold

_LINE, _LINE_WORDS = 60, 9  # a line with a date that is longer says more than when
_PARTS = re.compile(r"\s*[|·•]\s*")
_MORE_FOLLOWS = (".", ":")
_HALF_DAY = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
#: A whole line: «الساعة 10:30 صباحا», «10h30», "10:30 a.m.".
_CLOCK = re.compile(
    rf"(?:(?:الساعة|ore) )?(?:{dates.TIME.pattern}|\d\d? ?h ?[0-5]\d)(?:uhr|h|hs|صباحا?ً?|مساءً?|[ap]\.m\.)?",
    re.IGNORECASE,
)
_DAY = re.compile(rf"\d\d? (?:de )?(?:{dates.NAMES})|(?:{dates.NAMES}) \d\d?")  # folded


def parts(text: str) -> list[str]:
    """What stands in a line between bars or dots: "Published 12 May | Updated 3 hours ago"."""
    return _PARTS.split(text)


def is_moment(text: str) -> bool:
    """Whether a text is a date, a time («الأربعاء 22/01/1437 الساعة 22:07»), or how long ago something was."""
    if len(text) > _LINE or text.count(" ") >= _LINE_WORDS:
        return False
    if text.endswith(_MORE_FOLLOWS) and not _HALF_DAY.search(text):
        return False
    plain = text.translate(dates.DIGITS)
    return dates.parse(text, day_first=True) is not None or _CLOCK.fullmatch(plain) is not None or ago.is_line(text)


def is_day(text: str) -> bool:
    """Whether a text is a day of a month whose year it does not say."""
    return _DAY.fullmatch(fold(text.translate(dates.DIGITS))) is not None
