"""«منذ 3 ساعات», "3 hours ago": a date by the moment at which the page was fetched."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from .dates import DIGITS, any_of
from .folding import fold

#: Unit -> its words: one, two (Arabic has a dual), many.
_UNITS = {
    "minutes": "دقيقة دقيقتين دقائق minute minutes min mins minuten minuto minutos دقیقه منٹ",
    "hours": "ساعة ساعتين ساعات hour hours hr hrs stunde stunden heure heures hora horas ore ساعت گھنٹے گھنٹہ",
    "days": "يوم يومين أيام يوما day days tag tagen jour jours día días giorni روز دن",
    "weeks": "أسبوع أسبوعين أسابيع week weeks woche wochen semaine semaines semana semanas هفته ہفتے ہفتہ",
}
_AFTER = "|".join(fold(word) for word in "ago fa پیش پہلے قبل".split())
_UNIT_OF = {fold(word): unit for unit, words in _UNITS.items() for word in words.split()}
_WORDS = any_of(_UNIT_OF)
_DUAL = frozenset(fold(word) for word in "دقيقتين ساعتين يومين أسبوعين".split())
_AGO = re.compile(
    rf"(?:^|\s)(?:(?:منذ|قبل|vor|il y a|hace|há) (?:حوالي )?(\d{{1,3}} )?({_WORDS})"
    rf"|(\d{{1,3}}) ({_WORDS}) (?:{_AFTER}))(?!\w)"
)
LONGEST = 60  # a longer block tells a story


def is_line(text: str) -> bool:
    """Whether a text says how long ago something was, and nothing else."""
    return len(text) <= LONGEST and _AGO.fullmatch(fold(text.translate(DIGITS))) is not None


def moment(text: str, fetched_at: str | None) -> str | None:
    """The moment that a short text means, as ISO 8601; a day where it counts days. None without ``fetched_at``."""
    if not fetched_at or len(text) > LONGEST:
        return None
    found = _AGO.search(fold(text.translate(DIGITS)))
    if not found:
        return None
    number, word = found.group(1) or found.group(3), found.group(2) or found.group(4)
    count = int(number) if number else 2 if word in _DUAL else 1
    unit = _UNIT_OF[word]
    try:
        then = datetime.fromisoformat(fetched_at) - timedelta(**{unit: count})
    except (ValueError, OverflowError):
        return None
    if unit in ("days", "weeks"):
        return then.date().isoformat()
    return then.replace(second=0, microsecond=0).isoformat()
