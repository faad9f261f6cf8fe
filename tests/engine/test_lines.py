"""Lines, and what is said of them before any rule speaks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.engine import DEFAULT, line_features
from crawler.engine.folding import fold, lower, spell
from crawler.engine.language import PHRASES, phrases_for, read_phrases
from crawler.engine.line_hints import BUTTON, CUE, DIGITS, ENDING, HEADING, LABEL, LINE, TAIL, said_by
from crawler.engine.line_reader import read
from crawler.engine.lines import COUNTED, Document, raw_offset
from crawler.engine.text import run_rules

ALL = phrases_for()
LETTERS = "ابأإآىيةهؤكگکچ ـًٌّ\u200c\u200f\u0640xyAZ\u0130ßéж3٣.:،-|©•\u00a0\u0301\ufe8d漢"

WRAPPED = (
    "المصدر: رويترز",
    "مقالات مشابهة",
    "• سوق الحرفيين يعود إلى وسط المدينة",
    "تابعوا قناتنا على تلغرام",
    "إقرأ أيضاً: بلدية الواحة تفتح الحديقة الجديدة",
    "قالت البلدية إن العمل في الحديقة الجديدة انتهى قبل موعده بشهر كامل.",
    "وأضافت أن الدخول إليها سيكون بلا مقابل حتى نهاية العام",
    "| 12 | 40 |",
)


def document(text: str) -> Document:
    [found] = read([text], ALL, DEFAULT)
    return found


def test_a_line_knows_its_place_in_the_raw_text() -> None:
    found = document("\n  one two \r\n\r\n• three\u200f\n\u200f\n- four\r")
    assert found.texts == ["one two", "• three", "- four"]
    assert [found.raw_text[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == [
        "one two",
        "• three\u200f",
        "- four",
    ]
    assert [found.is_item(at) for at in range(3)] == [False, True, True]


@given(st.lists(st.text(alphabet=LETTERS, max_size=30), max_size=6))
@settings(max_examples=200, deadline=None)
def test_columns_say_of_each_line_what_it_would_say_alone(lines: list[str]) -> None:
    found = document("\n".join(lines))
    for at, text in enumerate(found.texts):
        assert found.spelled[at] == lower(spell(text))
        assert found.folded(at) == fold(text) or not text.isascii()  # fold writes compatibility forms out, too
        counted = counts_of(found, at)
        assert counted["digits"] == sum(letter.isdecimal() for letter in text)
        assert counted["upper"] == sum(letter.isupper() for letter in text)
        assert counted["bars"] == sum(text.count(sign) for sign in "|•·/")
        for place in range(len(text)):
            raw = raw_offset(found, at, place)
            assert found.starts[at] <= raw < found.ends[at]


@given(st.lists(st.text(alphabet='aw.:/@m|-•"؟۔ com', min_size=1, max_size=60), max_size=6))
@settings(max_examples=200, deadline=None)
def test_the_signs_of_a_line_are_those_that_it_has_alone(lines: list[str]) -> None:
    found = document("\n".join(lines))
    for at, text in enumerate(found.texts):
        counted = counts_of(found, at)
        assert counted["address"] == any(part in text for part in ("://", "www.", ".com", "@"))
        assert counted["colon"] == (":" in text[:40])
        assert counted["ends"] == '.:;!?…"”»)|-'.find(text[-1])
        assert counted["begins"] == '-•|*"“«(['.find(text[0])
        assert counted["stop"] == text.endswith((".", "۔", "।", "。"))
        assert counted["item"] == found.is_item(at)


@given(st.lists(st.sampled_from(WRAPPED), max_size=12))
@settings(max_examples=100, deadline=None)
def test_a_line_that_a_rule_is_sure_of_changes_no_verdict_by_not_being_judged(lines: list[str]) -> None:
    found = document("\n\n".join(lines))
    run_rules(found)
    where, table = line_features.table([found])
    unsure, fewer = line_features.table([found], sure_from=0.85)
    assert {at for _, at in where} - {at for _, at in unsure} == {
        at for _, at in where if at in found.decisions and found.decisions[at].confidence >= 0.85
    }
    assert np.array_equal(table[:, [line in unsure for line in where]], fewer)


@given(st.lists(st.text(alphabet=LETTERS, max_size=40), max_size=5), st.data())
@settings(max_examples=200, deadline=None)
def test_a_hint_is_never_missing(lines: list[str], data: st.DataObject) -> None:
    some = data.draw(st.sampled_from(sorted(ALL.headings)))
    holds(document("\n".join([*lines, some, f"{some}: x"])))


@given(st.text(alphabet=st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=300, deadline=None)
def test_a_block_of_a_page_has_the_words_that_folding_gives(text: str) -> None:
    block = " ".join(text.split())
    assert " ".join(said_by(ALL, [block])[0].plain.split()) == fold(block)


def test_a_text_that_was_read_before_says_the_same_again() -> None:
    texts = ["اقرأ أيضاً: …", "Straße", "اقرأ أيضاً: …", "a" * 200]
    first = said_by(ALL, texts)
    assert said_by(ALL, [*reversed(texts), "another"])[:4] == first[::-1]


def test_a_word_that_a_bar_begins_with_has_its_hint() -> None:
    holds(document("\n".join(f"{first} {then}" for first in sorted(ALL.bar_words) for then in ("س", "رويترز", "شارك"))))


@pytest.mark.parametrize("path", sorted(PHRASES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_phrase_has_its_hint(path: Path) -> None:
    for phrases in read_phrases(path).values():
        for phrase in phrases:
            text = phrase.replace("…", "كلمة")
            holds(document(f"{text}\n{text}: قيمة\n• {text}\n5 {text}\nوقال إن العمل مستمر. {text}\nكلمة كلمة {text}"))


def holds(found: Document) -> None:
    """What the phrases find in a line, its hint has said."""
    for at, hint in enumerate(found.hints):
        spelled = found.spelled[at]
        assert not ALL.headings.get(found.folded(at)) or hint & HEADING
        assert not ALL.lines.match(spelled) or hint & LINE
        assert not ALL.notices.match(spelled[:120]) or hint & LINE
        assert not ALL.labels.match(found.bare(at)[:80]) or hint & LABEL
        assert not ALL.bar(found.plain[at].split()) or hint & BUTTON
        assert not ALL.endings.search(spelled) or hint & ENDING
        assert not any(table.match(spelled) for table in (ALL.sources, ALL.captions, ALL.credits)) or hint & TAIL
        assert not any(ALL.hints(found.plain[at].split())) or hint & CUE
        assert bool(counts_of(found, at)["digits"]) == bool(hint & DIGITS)


def counts_of(found: Document, at: int) -> dict[str, int]:
    """What was counted in a line, by name."""
    return dict(zip(COUNTED, found.counts[:, at].tolist(), strict=True))
