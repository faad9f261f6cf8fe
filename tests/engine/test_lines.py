"""Lines, and what is said of them before any rule speaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.engine import DEFAULT
from crawler.engine.folding import fold, lower, spell
from crawler.engine.language import PHRASES, phrases_for, read_phrases
from crawler.engine.line_hints import BUTTON, CUE, DIGITS, ENDING, HEADING, LABEL, LINE, SOURCE
from crawler.engine.line_reader import read
from crawler.engine.lines import Document, raw_offset

ALL = phrases_for()
LETTERS = "ابأإآىيةهؤكگکچ ـًٌّ\u200c\u200f\u0640xyAZ\u0130ßéж3٣.:،-|©•\u00a0\u0301\ufe8d漢"


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
        assert found.spelled[at] == lower(spell(text)[0])
        assert found.folded(at) == fold(text) or not text.isascii()  # fold writes compatibility forms out, too
        assert found.counts["digits"][at] == sum(letter.isdecimal() for letter in text)
        assert found.counts["upper"][at] == sum(letter.isupper() for letter in text)
        assert found.counts["bars"][at] == sum(text.count(sign) for sign in "|•·/")
        for place in range(len(text)):
            raw = raw_offset(found, at, place)
            assert found.starts[at] <= raw < found.ends[at]


@given(st.lists(st.text(alphabet=LETTERS, max_size=40), max_size=5), st.data())
@settings(max_examples=200, deadline=None)
def test_a_hint_is_never_missing(lines: list[str], data: st.DataObject) -> None:
    some = data.draw(st.sampled_from(sorted(ALL.headings)))
    holds(document("\n".join([*lines, some, f"{some}: x"])))


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
        assert not ALL.labels.match(found.bare(at)[:80]) or hint & LABEL
        assert not ALL.bar(found.plain[at].split()) or hint & BUTTON
        assert not ALL.endings.search(spelled) or hint & ENDING
        assert not ALL.sources.match(spelled) or hint & SOURCE
        assert not any(ALL.hints(found.plain[at].split())) or hint & CUE
        assert bool(found.counts["digits"][at]) == bool(hint & DIGITS)
