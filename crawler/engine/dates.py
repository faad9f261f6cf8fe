"""Written dates -> ISO 8601, with an offset where the text gives one.

Arabic month names of the Gulf and Egypt («يناير»), the Levant («كانون الثاني») and the Maghreb
(«جانفي»), dual names («حزيران/يونيو»), Arabic-Indic and Persian digits, Hijri dates, by the moon and, in Iran and
Afghanistan, by the sun («29 آبان 1405», «1405/08/29»); the month names of other languages are in months.toml. Never a
guess: a date that could be read in two ways, or that lacks its year, is ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

from .folding import fold
from .toml import DATA, read_toml

_ZEROS = "٠۰०০੦૦௦౦೦൦๐໐၀០０"  # of the scripts that have digits of their own
DIGITS = {ord(zero) + number: str(number) for zero in _ZEROS for number in range(10)}
_WRITTEN = read_toml(DATA / "months.toml")


def _numbered(languages: Iterable[list[str]]) -> dict[str, int]:
    return {
        fold(name): number
        for months in languages
        for number, names in enumerate(months, 1)
        for name in names.split("|")
    }


def any_of(names: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(sorted(names, key=len, reverse=True))


_HIJRI = _numbered([_WRITTEN.pop("hijri")])
_SOLAR = _numbered([_WRITTEN.pop("solar hijri"), _WRITTEN.pop("solar hijri in dari")])
_MONTH_OF = _numbered(_WRITTEN.values())
NAMES = any_of(_MONTH_OF)
_SOLAR_NAMES = any_of(_SOLAR)
_HIJRI_NAMES = any_of(_HIJRI)

_ANY_YEAR = re.compile(r"(?:1[349]|2[05])\d\d|\d[:時时시] ?\d\d")  # or a time: years of two digits stand beside one
_ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)-(\d\d?)-(\d\d?)(?:[T\s]+(\d\d?):(\d\d)(?::(\d\d))?(?:[.,]\d+)?(\s*Z|\s*[+-]\d\d:?\d\d|"
    r"[+-]\d\d(?!\d))?)?"
)
#: What stands where there is no date: the zeros of clocks and databases, in all time zones, and their last day.
_NO_DAYS = ("0001-01-01", "1899-12-30", "1900-01-01", "1969-12-31", "1970-01-01", "9999-12-31")
_YEAR_ONE = " 0001 "  # read as 2001 else (RFC 5322, 4.3)
_YEAR_FIRST = re.compile(  # «2026年11月24日», «2026년 11월 24일», «2026. 11. 24»
    r"(?<!\d)((?:19|20)\d\d)(?:/|\. ?|年 ?|년 ?)(\d\d?)(?:/|\. ?|月 ?|월 ?)(\d\d?)(?!\d)"
)
_DAY_FIRST = re.compile(r"(?<!\d)(\d\d?)([/.-])(\d\d?)\2((?:19|20)\d\d)(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d\d?)(?:st|nd|rd|th)? (?:من )?(?:شهر )?(?:of |de |d )?({NAMES})(?: (?:{NAMES}))? (?:عام |de |del )?"
    r"((?:19|20|25)\d\d)(?!\d)"
)
_MONTH_DAY = re.compile(rf"(?<!\w)({NAMES}) (\d\d?)(?:st|nd|rd|th)? ((?:19|20)\d\d)(?!\d)")
_YEAR_MONTH_DAY = re.compile(rf"(?<!\d)((?:19|20)\d\d) (?:m )?({NAMES}) (\d\d?)(?!\d)")  # Hungarian, Lithuanian
_YEAR_DAY_MONTH = re.compile(rf"(?<!\d)((?:19|20)\d\d) (?:gada|жылғы|yil) (\d\d?) ({NAMES})(?!\w)")
_VIETNAMESE = re.compile(r"(?<!\d)(\d\d?) tháng (\d\d?),? (?:năm )?((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_CROATIAN_OCTOBER = re.compile(r"(?<=\d\.) listopada\b")  # Polish writes no dot there, and means November
#: With the groups that hold year, month and day.
_IN_WORDS = ((_DAY_MONTH, 3, 2, 1), (_MONTH_DAY, 3, 1, 2), (_YEAR_MONTH_DAY, 1, 2, 3), (_YEAR_DAY_MONTH, 1, 3, 2))
_BUDDHIST, _FIRST_BUDDHIST = 543, 2500  # years between that era and ours; the first that _DAY_MONTH takes
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d?)\.(\d\d?)\.(\d\d)(?!\d)")  # 25.04.24, beside a time only
_AMERICAN = re.compile(r"(?<!\d)(\d\d?)/(\d\d?)/(\d\d) (?=\d\d?:\d\d ?[AP]\.?M)", re.IGNORECASE)  # 12/22/23 11:35 AM
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]{2,8}\.? \d\d?,? (?:19|20)\d\d)")  # «Jane DoeDecember 20, 2023»
_HIJRI_WORDS = re.compile(rf"(?<!\d)(\d\d?) (?:من )?({_HIJRI_NAMES}) (?:عام )?(1[34]\d\d)(?!\d)")
_SOLAR_WORDS = re.compile(rf"(?<!\d)(\d\d?) ({_SOLAR_NAMES}) (?:ماه )?(?:سال )?(1[34]\d\d)(?!\d)")
#: In numbers: no page is older than the web, none of the future, so that 1403 is by the sun, 1437 by the moon.
_OLDER_DAY_FIRST = re.compile(r"(?<!\d)(\d\d?)[/.-](\d\d?)[/.-](1[34]\d\d)(?!\d)(\s*هـ?(?!\w))?")
_OLDER_YEAR_FIRST = re.compile(r"(?<!\d)(1[34]\d\d)[/.-](\d\d?)[/.-](\d\d?)(?!\d)(\s*هـ?(?!\w))?")
_FIRST_SOLAR, _FIRST_LUNAR = 1372, 1411  # 1993 in Iran; 1990 by the moon, and 2032 in Iran
TIME = re.compile(
    r"(?<![\d:])([01]?\d|2[0-3])(?::|[時时] ?|시 ?)([0-5]\d)(?::[0-5]\d)?(?![\d:])\s*(am|pm|[صم](?!\w))?\s*"
    r"(gmt|utc|بتوقيت غرينتش)?",
    re.IGNORECASE,
)


def parse(text: str | None, *, day_first: bool = False) -> str | None:
    """The first date in the text as ISO 8601, or ``None``.

    ``day_first`` says that 3/4/2024 is in April, as everywhere in the Arab world.

    >>> parse("الثلاثاء 18 حزيران/يونيو 2024")
    '2024-06-18'
    """
    if not text:
        return None
    plain = " ".join(text.translate(DIGITS).split())[:300]
    if not _ANY_YEAR.search(plain):
        return None
    found = _iso(plain) or _rfc(plain) or _written(plain, day_first=day_first)
    return found if found and is_given(found) else None


def is_given(date: str) -> bool:
    """Whether a date of ISO 8601 is one: 1970-01-01 is what a page says that has none."""
    return not date.startswith(_NO_DAYS)


def placed(moment: str | None, timezone: str | None) -> str | None:
    """A moment with the offset of a time zone (IANA), where it came without one; days and ``None`` as they are.

    >>> placed("2026-11-20T08:10:00", "Africa/Cairo")
    '2026-11-20T08:10:00+02:00'
    """
    if not moment or not timezone or "T" not in moment:
        return moment
    found = datetime.fromisoformat(moment)
    return moment if found.tzinfo else found.replace(tzinfo=ZoneInfo(timezone)).isoformat()


def _iso(text: str) -> str | None:
    found = _ISO.search(text)
    if not found:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    if hour is None:
        return _date(year, month, day)
    return _moment((year, month, day), (hour, minute, second or "0"), _zone(offset))


def _zone(offset: str | None) -> timezone | None:
    if offset is None:
        return None
    offset = offset.strip()
    if offset in "Zz":
        return timezone.utc
    hours, minutes = int(offset[1:3]), int(offset[3:].strip(":") or "0")
    delta = timedelta(hours=hours, minutes=minutes)
    try:
        return timezone(-delta if offset[0] == "-" else delta)
    except ValueError:
        return None


def _rfc(text: str) -> str | None:
    """RFC 5322, as in RSS: ``Tue, 24 Mar 2026 23:31:31 +0000``."""
    try:
        return None if _YEAR_ONE in text else parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(text: str, *, day_first: bool) -> str | None:
    whole = _numbers(text, day_first=day_first) or _words(text) or _moon_or_sun(text)
    if whole is None:
        return None
    found = TIME.search(text)
    if not found:
        return whole
    hour, minute, half, zone = found.groups()
    at = int(hour) % 12 + (12 if half.lower() in ("pm", "م") else 0) if half else int(hour)
    year, month, day = whole.split("-")
    return _moment((year, month, day), (str(at), minute, "0"), timezone.utc if zone else None)


def _numbers(text: str, *, day_first: bool) -> str | None:
    found = _YEAR_FIRST.search(text)
    if found:
        return _date(*found.groups())
    found = _VIETNAMESE.search(text)
    if found:
        return _date(found.group(3), found.group(2), found.group(1))
    found = _DAY_FIRST.search(text)
    if not found:
        american = _AMERICAN.search(text)
        if american:
            return _date("20" + american.group(3), american.group(1), american.group(2))
        short = _SHORT_YEAR.search(text) if TIME.search(text) else None
        return _date("20" + short.group(3), short.group(2), short.group(1)) if short else None
    first, mark, second, year = found.groups()
    if int(first) > 12 or day_first or mark == ".":
        return _date(year, second, first)
    return _date(year, first, second) if int(second) > 12 else None


def _words(text: str) -> str | None:
    folded = fold(_CROATIAN_OCTOBER.sub(" october", _GLUED.sub(" ", text)))
    for pattern, *order in _IN_WORDS:
        found = pattern.search(folded)
        if found:
            year, month, day = found.group(*order)
            return _date(str(_common_era(int(year))), str(_MONTH_OF[month]), day)
    return None


def _common_era(year: int) -> int:
    """A year of the Buddhist era, as Thailand writes it, in ours; others as they are."""
    return year - _BUDDHIST if year >= _FIRST_BUDDHIST else year


def _moon_or_sun(text: str) -> str | None:
    """By the calendars of Iran and Afghanistan and of Umm al-Qura: a month, «هـ» or the year says which."""
    folded = fold(text)
    if found := _SOLAR_WORDS.search(folded):
        return _solar(int(found.group(3)), _SOLAR[found.group(2)], int(found.group(1)))
    if found := _HIJRI_WORDS.search(folded):
        return _hijri(int(found.group(3)), _HIJRI[found.group(2)], int(found.group(1)))
    if found := _OLDER_DAY_FIRST.search(text):
        day, month, year = map(int, found.groups()[:3])
    elif found := _OLDER_YEAR_FIRST.search(text):
        year, month, day = map(int, found.groups()[:3])
    else:
        return None
    if found.group(4) or year >= _FIRST_LUNAR:
        return _hijri(year, month, day)
    return _solar(year, month, day) if year >= _FIRST_SOLAR else None


def _solar(year: int, month: int, day: int) -> str | None:
    try:
        return str(JalaliDate(year, month, day).to_gregorian().isoformat())  # type: ignore[no-untyped-call]
    except ValueError:
        return None


def _hijri(year: int, month: int, day: int) -> str | None:
    try:
        return Hijri(year, month, day).to_gregorian().isoformat()
    except (ValueError, OverflowError):
        return None


def _date(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _moment(day: tuple[str, str, str], clock: tuple[str, str, str], zone: timezone | None) -> str | None:
    try:
        (year, month, date_of), (hour, minute, second) = map(int, day), map(int, clock)
        return datetime(year, month, date_of, hour, minute, second, tzinfo=zone).isoformat()
    except ValueError:
        return None
