"""«منذ 3 ساعات», "3 hours ago": a date by the moment at which the page was fetched. The forms of 45 languages are
CLDR's (ago.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import takewhile

from .dates import DIGITS
from .folding import fold
from .toml import DATA, read_toml

#: What pages write besides; «منذ» they write wherever CLDR has «قبل».
_ALSO = {
    "minutes": (
        "{0} mins ago|{0} منٹ قبل|{0} minuter sedan|πριν {0} λεπτά|{0} minutos atrás|{0}分钟前更新|{0}分前に更新"
    ),
    "hours": (
        "{0} hrs ago|{0} گھنٹے قبل|{0} گھنٹہ قبل|{0} timmar sedan|πριν {0} ώρες|{0} horas atrás|{0}小时前更新|"
        "{0}時間前に更新"
    ),
    "days": (
        "{0} دن قبل|{0} dagar sedan|πριν {0} ημέρες|πριν {0} μέρες|{0} dias atrás|for {0} dager siden|{0}天前更新|"
        "{0}日前に更新"
    ),
    "weeks": "{0} ہفتے قبل|{0} ہفتہ قبل",
    "1 minute": "a minute ago|قبل دقيقة",
    "1 hour": "an hour ago|قبل ساعة",
    "1 day": "a day ago|قبل يوم",
    "1 week": "a week ago|قبل أسبوع",
}
_COUNTED = frozenset(["minutes", "hours", "days", "weeks"])  # into a moment: months and years have no one length
_NUMBER = re.compile(r"\d+")
_ABOUT = "حوالي "  # «منذ حوالي 3 ساعات»
_MOST = 8  # words of a form
LONGEST = 60  # a longer block tells a story


@cache
def _forms() -> dict[str, tuple[str, int]]:
    """Folded forms, with a 0 for their number -> unit, and how many a form without a number says."""
    told = [(name, form) for name, forms in _ALSO.items() for form in forms.split("|")]
    for units in read_toml(DATA / "ago.toml").values():
        told += [(name, form) for name, forms in units.items() for form in forms]
    found = {}
    for name, form in told:
        count, _, unit = name.rpartition(" ")
        for written in (form, form.replace("قبل", "منذ")):
            found[fold(written.format(0))] = (unit.removesuffix("s") + "s", int(count or 0))
    return found


@cache
def _words() -> frozenset[str]:
    """The words of all forms: a text has few of them."""
    return frozenset(word for form in _forms() for word in form.split())


def is_line(text: str) -> bool:
    """Whether a text says how long ago something was, and nothing else."""
    return len(text) <= LONGEST and _NUMBER.sub("0", _folded(text)) in _forms()


def is_said(text: str) -> bool:
    """Whether a short text says how long ago something was, among other words («Jane, 3 hours ago»)."""
    return len(text) <= LONGEST and next(_told(_folded(text)), None) is not None


def moment(text: str, fetched_at: str | None) -> str | None:
    """The moment that a short text means, as ISO 8601; a day where it counts days. None without ``fetched_at``, and
    for months and years, which are no days.
    """
    if not fetched_at or len(text) > LONGEST:
        return None
    unit, count = next(_told(_folded(text)), ("", 0))
    if unit not in _COUNTED:
        return None
    try:
        then = datetime.fromisoformat(fetched_at) - timedelta(**{unit: count})
    except (ValueError, OverflowError):
        return None
    if unit in ("days", "weeks"):
        return then.date().isoformat()
    return then.replace(second=0, microsecond=0).isoformat()


def _folded(text: str) -> str:
    return fold(text.translate(DIGITS)).replace(_ABOUT, "")


def _told(folded: str) -> Iterator[tuple[str, int]]:
    """The units and counts of the forms that stand in a text, from its beginning, the longest first."""
    words = folded.split()
    formal = [_NUMBER.sub("0", word) for word in words]
    for begin in range(len(words)):
        able = [*takewhile(_words().__contains__, formal[begin : begin + _MOST])]
        for size in range(len(able), 0, -1):
            form = " ".join(able[:size])
            if form in _forms():
                unit, count = _forms()[form]
                number = _NUMBER.search(" ".join(words[begin : begin + size]))
                yield unit, int(number.group()) if number else count
