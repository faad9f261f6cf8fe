"""Written dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.engine import ago, dates
from crawler.engine.folding import fold
from crawler.engine.toml import DATA, read_toml


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2020-04-07T17:38:00+00:00", "2020-04-07T17:38:00+00:00"),
        ("2020-04-07T17:38:00.123Z", "2020-04-07T17:38:00+00:00"),
        ("2020-04-07 17:38", "2020-04-07T17:38:00"),
        ("2020-4-7", "2020-04-07"),
        ("2026-11-29 10:00:00.5+03", "2026-11-29T10:00:00+03:00"),
        ("2026-11-29T10:00-0330", "2026-11-29T10:00:00-03:30"),
        ("2026-11-29 10:00 -12 comments", "2026-11-29T10:00:00"),
        ("Tue, 24 Mar 2026 23:31:31 +0300", "2026-03-24T23:31:31+03:00"),
        ("07.04.2020 | 17:38 GMT", "2020-04-07T17:38:00+00:00"),
        ("24/03/2026", "2026-03-24"),
        ("03/24/2026", "2026-03-24"),
        ("2026/03/24", "2026-03-24"),
        ("الثلاثاء 18 حزيران/يونيو 2024", "2024-06-18"),
        ("الخميس، ٢٠ تشرين الثاني ٢٠٢٥ - ١٠:٣٠", "2025-11-20T10:30:00"),
        ("21 آب 2024", "2024-08-21"),
        ("الجمعة 8 فيفري 2019", "2019-02-08"),
        ("3 جويلية 2023", "2023-07-03"),
        ("1 كانون الأول 2022", "2022-12-01"),
        ("15 يناير 2021 الساعة 5:30 م", "2021-01-15T17:30:00"),
        ("25.04.24 | 14:07 Uhr", "2024-04-25T14:07:00"),
        ("by Jane Doe - 12/22/23 11:35 AM ET", "2023-12-22T11:35:00"),
        ("Jane DoeDecember 20, 2023", "2023-12-20"),
        ("22/01/1437 هـ", "2015-11-04"),
        ("1437-01-22 هـ", "2015-11-04"),
        ("الأربعاء 22 محرم 1437", "2015-11-04"),
        ("24 رمضان 1446 هـ الموافق 24 مارس 2025", "2025-03-24"),
        ("20 Kasım 2026", "2026-11-20"),
        ("20 de noviembre de 2026", "2026-11-20"),
        ("20 ноября 2026, 10:30", "2026-11-20T10:30:00"),
        ("20. März 2026", "2026-03-20"),
        ("April 7th, 2020", "2020-04-07"),
        ("7 avril 2020", "2020-04-07"),
        ("۲۴ مارس ۲۰۲۶", "2026-03-24"),
        ("جمعه ۲۹ آبان ۱۴۰۵ - ۱۰:۳۰", "2026-11-20T10:30:00"),
        ("۲۹ آبان ماه ۱۴۰۵", "2026-11-20"),
        ("29 عقرب 1405", "2026-11-20"),
        ("تاریخ انتشار: ۱۴۰۵/۰۸/۲۹ - ۱۰:۳۰", "2026-11-20T10:30:00"),
        ("29/8/1405", "2026-11-20"),
        ("1437/10/21", "2016-07-26"),
        ("الأربعاء 22/01/1437 الساعة 22:07", "2015-11-04T22:07:00"),
        ("1405/01/22 هـ", "1984-10-17"),
        ("20 listopada 2026, 10:30", "2026-11-20T10:30:00"),
        ("20 листопада 2026", "2026-11-20"),
        ("20. listopadu 2026", "2026-11-20"),
        ("20 noiembrie 2026", "2026-11-20"),
        ("2026. november 20.", "2026-11-20"),
        ("20 Νοεμβρίου 2026", "2026-11-20"),
        ("20. marraskuuta 2026", "2026-11-20"),
        ("20 maj 2026", "2026-05-20"),
        ("20 maart 2026", "2026-03-20"),
        ("20 desember 2026", "2026-12-20"),
        ("20 नवंबर 2026", "2026-11-20"),
        ("2026年11月20日 10時30分", "2026-11-20T10:30:00"),
        ("2026년 11월 20일 10시 30분", "2026-11-20T10:30:00"),
        ("입력 2026. 11. 20. 10:30", "2026-11-20T10:30:00"),
        ("15 август 2015 13:28", "2015-08-15T13:28:00"),
        ("15. avgust 2015.", "2015-08-15"),
        ("15. listopada 2015.", "2015-10-15"),  # Croatian
        ("15 listopada 2015", "2015-11-15"),  # Polish
        ("15. augusta 2015", "2015-08-15"),
        ("15 gusht 2015", "2015-08-15"),
        ("15. august 2015", "2015-08-15"),
        ("2015. gada 15. augusts", "2015-08-15"),
        ("2015 m. rugpjūčio 15 d. 10:30", "2015-08-15T10:30:00"),
        ("15 d’agost de 2015", "2015-08-15"),
        ("15 Ogos 2015", "2015-08-15"),
        ("15 tháng 8, 2015", "2015-08-15"),
        ("ngày 15 tháng 8 năm 2015", "2015-08-15"),
        ("15 สิงหาคม 2558", "2015-08-15"),
        ("๑๕ สิงหาคม ๒๕๕๘", "2015-08-15"),
        ("১৫ আগস্ট ২০১৫", "2015-08-15"),
        ("15 ئاب 2015", "2015-08-15"),
        ("15 اګست 2015", "2015-08-15"),
        ("15 აგვისტო 2015", "2015-08-15"),
        ("15 օգոստոսի, 2015", "2015-08-15"),
        ("2015 жылғы 15 тамыз", "2015-08-15"),
        ("2015-yil 15-avgust", "2015-08-15"),
        ("۳۰ اسفند ۱۴۰۴", None),  # 1404 is no leap year
    ],
)
def test_dates_are_read(text: str, wanted: str | None) -> None:
    assert dates.parse(text) == wanted


def test_no_name_stands_for_two_months_among_all_languages() -> None:
    languages = read_toml(DATA / "months.toml")
    months: dict[str, set[int]] = {}
    for name in languages.keys() - {"hijri", "solar hijri", "solar hijri in dari"}:
        assert len(languages[name]) == 12, name
        for number, names in enumerate(languages[name], 1):
            for written in names.split("|"):
                months.setdefault(fold(written), set()).add(number)
    assert {written: numbers for written, numbers in months.items() if len(numbers) > 1} == {}


@pytest.mark.parametrize(
    ("site", "text", "wanted"),
    [
        ("akhbarelyom", "الأحد 18 مارس 2018 - 01:23 ص", "2018-03-18T01:23:00"),
        ("aljazeera", "الخميس 7/3/1429 هـ - الموافق 13/3/2008 م (آخر تحديث) الساعة 16:25", "2008-03-13T16:25:00"),
        ("alnilin", "آخر تحديث مارس 20, 2018 , 11:20 ص", "2018-03-20T11:20:00"),
        ("anadolu_arabic", "07.04.2024 - محدث : 08.04.2024", "2024-04-07"),
        ("annahar", "الجمعة - 26 نيسان 2024", "2024-04-26"),
        ("aawsat", "السبت - 29 جمادى الآخرة 1439 هـ - 17 مارس 2018 مـ", "2018-03-17"),
        ("arabi21", "25-Apr-22 03:34 AM", "2022-04-25T03:34:00"),
        ("arabkhabar", "تاريخ النشر: 25th, November 2025 GMT", "2025-11-25"),
        ("elbalad", "السبت 24 مارس 2018 - 50 : 03 ص", "2018-03-24"),
        ("petra", "ح م/ب ط01/10/2018 07:55:21", "2018-10-01T07:55:00"),
        ("sputnik_arabic", "13:42 GMT 22.02.2026", "2026-02-22T13:42:00+00:00"),
    ],
)
def test_dates_are_read_as_arabic_sites_write_them(site: str, text: str, wanted: str) -> None:
    assert dates.parse(text, day_first=True) == wanted, site


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "اليوم",
        "منذ 3 ساعات",
        "03/04/2026",
        "18 حزيران",
        "1437/13/21",
        "1360/10/21",  # 1981 in Iran, 1941 by the moon
        "31 محرم 1437",
        "1970-01-01T03:00:00+03:00",
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "1900-01-01 00:00:00",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "0001-01-01T00:00:00Z",
        "25.04.24",
        "22 رمضان 1999",
        "2026-02-30",
        "31 فبراير 2020",
        "رقم 12345678",
        "24:99",
    ],
)
def test_what_is_no_whole_date_is_none(text: str | None) -> None:
    assert dates.parse(text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("منذ 3 ساعات", "2026-11-24T09:30:00+00:00"),
        ("قبل ٤٥ دقيقة", "2026-11-24T11:45:00+00:00"),
        ("منذ ساعتين", "2026-11-24T10:30:00+00:00"),
        ("نشر قبل يومين", "2026-11-22"),
        ("Updated 5 hours ago", "2026-11-24T07:30:00+00:00"),
        ("vor 2 Wochen", "2026-11-10"),
        ("il y a 3 jours", "2026-11-21"),
        ("منذ سنوات طويلة", None),
        ("وقال إن المشروع بدأ منذ 3 ساعات فقط وسيستمر حتى نهاية الأسبوع المقبل في المدينة", None),
    ],
)
def test_relative_dates_are_counted_from_the_fetch(text: str, wanted: str | None) -> None:
    assert ago.moment(text, "2026-11-24T12:30:45+00:00") == wanted
    assert ago.moment(text, None) is None


def test_the_arab_world_writes_the_day_first() -> None:
    assert dates.parse("03/04/2026", day_first=True) == "2026-04-03"


@given(st.text(max_size=80))
def test_no_text_is_too_strange(text: str) -> None:
    found = dates.parse(text)
    assert found is None or found[:2] in ("19", "20") or len(found) >= 10


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
@example(date(1970, 1, 1))
def test_a_day_survives_every_way_of_writing_it_but_a_clock_s_zero(day: date) -> None:
    months = [
        "كانون الثاني",
        "فبراير",
        "آذار",
        "أفريل",
        "أيار",
        "يونيو",
        "جويلية",
        "آب",
        "أيلول",
        "تشرين الأول",
        "نوفمبر",
        "ديسمبر",
    ]
    for text in (
        day.isoformat(),
        f"{day.day} {months[day.month - 1]} {day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
    ):
        assert dates.parse(text) == (day.isoformat() if dates.is_given(day.isoformat()) else None)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("منذ 3 ساعات", True),
        ("قبل ساعتين", True),
        ("منذ حوالي 3 ساعات", True),
        ("3 hours ago", True),
        ("vor 2 Stunden", True),
        ("3 uur geleden", True),
        ("5 минут назад", True),
        ("3 小時前", True),
        ("3 hours ago the bridge fell", False),
        ("5 min", False),
        ("2 روز", False),
    ],
)
def test_how_long_ago_something_was_is_a_line_of_its_own(text: str, is_one: bool) -> None:
    assert ago.is_line(text) == is_one


@pytest.mark.parametrize(
    ("text", "is_one"), [("Jane, 3 hours ago", True), ("سارة منذ ساعتين", True), ("Jane, 3 hours", False)]
)
def test_how_long_ago_something_was_may_stand_beside_a_name(text: str, is_one: bool) -> None:
    assert ago.is_said(text) == is_one


AGO: Any = read_toml(DATA / "ago.toml")
IN_MINUTES = {"minutes": 1, "hours": 60}


@pytest.mark.parametrize("language", AGO)
def test_each_language_says_how_long_ago_something_was(language: str) -> None:
    now = datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc)
    for unit, minutes in IN_MINUTES.items():
        for form in AGO[language].get(unit, ()):
            assert ago.is_line(form.format(7))
            assert ago.moment(form.format(7), now.isoformat()) == (now - timedelta(minutes=7 * minutes)).isoformat()
