"""Lines that say nothing but when something was, and those that end an agency's story."""

from __future__ import annotations

import pytest

from crawler.engine.language import phrases_for
from crawler.engine.wording import is_signature


@pytest.mark.parametrize(
    "line",
    [
        "20.11.2026",
        "الأربعاء 22/01/1437 الساعة 22:07",
        "10:30",
        "الساعة 10:30 صباحا",
        "10h30",
        "10:30 a.m.",
        "10:30 Uhr",
        "Ore 10:30",
        "12 May | 10:30",
        "05.09.2024 | 2:03 min",
        "Published 12 May",
        "نشر 12 مايو",
        "Updated 3 hours ago",
        "Mis à jour il y a 3 heures",
        "更新于3小时前",
        "Published: May 12, 2026 at 10:30 AM EDT | Updated: 2 hours ago",
    ],
)
def test_a_line_that_says_when_is_a_date(line: str) -> None:
    assert phrases_for().is_date(line)


@pytest.mark.parametrize(
    "line",
    [
        "12 May",
        "May 12",
        "5 min",
        "Published",
        "Updated daily",
        "10:30 Opening of the fair",
        "3 : 2",
        "The 12 May movement",
    ],
)
def test_a_day_of_a_timeline_or_what_happens_then_is_none(line: str) -> None:
    assert not phrases_for().is_date(line)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("jr/kb (afp, dpa)", True),
        ("rs/as", True),
        ("jane.roe@oasis.example", True),
        ("@janeroe", True),
        ("und/oder", False),
        ("km/h is what it says", False),
        ("write to @janeroe", False),
    ],
)
def test_initials_and_addresses_sign_a_story(line: str, is_one: bool) -> None:
    assert is_signature(line) == is_one
