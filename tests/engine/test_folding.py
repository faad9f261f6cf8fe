"""Spelling."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.engine.characters import folded
from crawler.engine.folding import fold, pattern, spell, unspelled

SAME = [
    ("إقرأ أيضاً:", "اقرا ايضا"),
    ("مقــالات مُشابهة", "مقالات مشابهه"),
    ("على", "علي"),
    ("کتاب یک", "كتاب يك"),
    ("READ  More…", "read more"),
    ("\u200fالمصدر\u200f :", "المصدر"),
    ("ﻻ", "لا"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_a_word_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_words_have_different_keys() -> None:
    assert fold("المصدر") != fold("المصادر")


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
@example("𐐀")
def test_the_key_of_a_whole_text_is_the_same_by_the_tables(text: str) -> None:
    assert folded(text) == fold(text)


@given(st.text(alphabet="ابأإىيةه\u0640\u064b\u200f xy", max_size=30))
def test_spelling_out_keeps_the_way_back(text: str) -> None:
    spelled = spell(text)
    where = [unspelled(text, at) for at in range(len(spelled) + 1)]
    assert where[-1] == len(text)
    assert [text[i].translate(str.maketrans("أإىة", "ااية"[:2] + "يه")) for i in where[:-1]] == list(spelled)


@pytest.mark.parametrize(
    "text", ["انضم لقناة النبض على واتساب", "إنضمّ لقناه «نبض المدينة» علي واتســاب", "انضم لقناة على واتساب"]
)
def test_a_gap_takes_up_to_four_words(text: str) -> None:
    spelled = spell(text)
    assert re.match(pattern("انضم لقناة … على واتساب"), spelled)


def test_a_gap_does_not_cross_a_sentence() -> None:
    spelled = spell("انضم لقناة السويس. ثم تحدث على واتساب")
    assert not re.match(pattern("انضم لقناة … على واتساب"), spelled)


def test_words_may_be_run_together_but_no_letter_that_is_a_word() -> None:
    assert re.match(pattern("انضم لقناة النبض"), spell("انضم لقناةالنبض"))
    assert re.match(pattern("أ ب"), spell("أ ب"))
    assert not re.match(pattern("أ ب"), spell("آب"))  # August
