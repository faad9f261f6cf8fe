"""Phrase files."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from crawler.engine.folding import fold
from crawler.engine.language import CUE_KINDS, PHRASES, phrases_for, read_phrases
from crawler.errors import PhraseError
from crawler.items import RELATED_KINDS

ALL = phrases_for()


@pytest.mark.parametrize("language", sorted(path.stem for path in PHRASES.glob("*.toml")))
def test_every_phrase_has_a_note_where_it_was_seen(language: str) -> None:
    tables = read_phrases(PHRASES / f"{language}.toml")
    assert all(seen for phrases in tables.values() for seen in phrases.values())
    assert ("related", "heading") in tables


@pytest.mark.parametrize("path", sorted(PHRASES.glob("*.toml")), ids=lambda p: p.stem)
def test_every_phrase_is_found_as_what_it_is(path: Path) -> None:
    for (kind, use), phrases in read_phrases(path).items():
        for phrase in phrases:
            text = phrase.replace("…", "كلمة")
            if use == "heading":
                assert ALL.heading(text + ":") is not None, phrase
            elif use == "label":
                found = ALL.label(text + ": قيمة")
                assert found, phrase
                assert (text + ": قيمة")[found.end :] == "قيمة"
            elif use == "credit":
                assert ALL.credits.at_start(text), phrase
            elif use == "mark":
                assert fold(text) in ALL.answers or f" {fold(text)}" in ALL.says, phrase
            elif use == "cue":
                assert ALL.hints(fold(f"كلمة {text} كلمة").split())[CUE_KINDS.index(kind)] >= 1, phrase
            else:
                found = ALL.line(text)
                assert found, phrase
                assert found.kind in (kind, "cta", "share"), phrase


@pytest.mark.parametrize(
    "sentence",
    [
        "وأوضح المصدر أن الاجتماع تأجل إلى يوم غد.",
        "تابعوا المباراة على أرض الملعب خمسون ألف متفرج رغم الأمطار الغزيرة.",
        "كتب الأستاذ رسالة إلى الوزير يطلب فيها المساعدة.",
        "شارك في المؤتمر خمسون باحثا من عشر دول.",
        "Read carefully: he said, and left.",
        "The source of the river was found in 1862.",
    ],
)
def test_sentences_that_begin_like_a_phrase_are_no_phrase(sentence: str) -> None:
    assert ALL.heading(sentence) is None
    assert ALL.line(sentence) is None
    found = ALL.label(sentence)
    assert found is None or found.kind == "inline_related"


@pytest.mark.parametrize(
    "heading",
    [
        "الأكثر قراءة في قسم الاقتصاد",
        "أخبار أخرى من الواحة:",
        "شاهد المزيد من مقاطع الفيديو",
        "بیشتر بخوانید در واحه",
        "Most read in Sports",
        "À la une de leport.fr",
        "Lo más leído en El Puerto",
        "Najczęściej czytane w sekcji Świat",
        "Самое читаемое на gavan.ru",
    ],
)
def test_a_heading_of_a_list_may_go_on_with_whose_it_is_or_where(heading: str) -> None:
    assert ALL.heading(heading) in RELATED_KINDS


@pytest.mark.parametrize(
    "text",
    [
        "Most read in Sports are the stories of Monday.",
        "أخبار أخرى من الواحة تصل غدا.",
        "More from Harbour",
        "Most read stories of the year about the sea and its towns",
        "Comments on this story",
    ],
)
def test_what_only_begins_like_a_heading_opens_no_section(text: str) -> None:
    assert ALL.heading(text) is None


def test_a_call_at_the_end_of_a_paragraph_is_found_where_it_begins() -> None:
    text = "انتهى البيان. إنضم لقناة النبض على واتساب"
    found = ALL.ending(text)
    assert found
    assert (found.kind, text[: found.start]) == ("cta", "انتهى البيان. ")


def test_a_language_has_its_own_phrases_and_english_ones() -> None:
    french = phrases_for("fr")
    assert french.heading("Lire aussi") == "inline_related"
    assert french.heading("Related articles") == "related"
    assert french.heading("مقالات مشابهة") is None
    assert phrases_for("xx").heading("مقالات مشابهة") == "related"


def test_a_choice_in_a_phrase_stands_for_each_word_of_its_list(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(
        '[choices]\nplace = ["here", "there"]\n[cta.line]\n"join {place} or {place}" = "b"\n', encoding="utf-8"
    )
    wanted = ["join here or here", "join here or there", "join there or here", "join there or there"]
    assert read_phrases(path) == {("cta", "line"): dict.fromkeys(wanted, "b")}


@pytest.mark.parametrize(
    "text",
    ["(المصدر: رويترز)", "المصدر: رويترز", "شاهد الفيديو 01:32", "انتهى/س.م", "تابعوا الأخبار عبر قناتنا على تلغرام"],
)
def test_brackets_times_and_dashes_hide_no_phrase(text: str) -> None:
    assert ALL.label(text) or ALL.line(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[related.heading\n", "x.toml"),
        ('[nonsense.heading]\n"a" = "b"\n', r"x.toml: \[nonsense.heading\]"),
        ('[tags.somewhere]\n"a" = "b"\n', r"\[tags.somewhere\]"),
        ('[cta.line]\n"join {place}" = "b"\n', r"\[cta.line\]: \[choices\] has no list 'place'"),
    ],
)
def test_a_broken_phrase_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PhraseError, match=says):
        read_phrases(path)


def test_phrases_may_be_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(ALL))  # as `make train` does
    assert sent.labels.match("المصدر: رويترز") == ALL.labels.match("المصدر: رويترز") is not None
