"""What publications say of themselves around their articles, in pages and in plain text, however it is worded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from crawler import engine
from crawler.engine.folding import fold
from crawler.engine.notices import kind_of, notice_of, of_table
from crawler.engine.toml import DATA, read_toml
from crawler.engine.wording import SENTENCE
from crawler.errors import PhraseError
from tests.engine.test_around import AROUND, body

SAID: dict[str, Any] = read_toml(Path(__file__).with_name("notices.toml"))
WRITTEN = read_toml(DATA / "notices.toml")


def told(use: str) -> list[tuple[str, str]]:
    return [(language, text) for language, uses in SAID.items() for text in uses.get(use, ())]


def kind(text: str, language: str | None = None) -> str | None:
    return kind_of(text, fold(text), language)


def is_one_sentence(language: str, notice: str) -> bool:
    return len(SENTENCE.findall(notice)) == 1 and kind(notice, language) not in (None, "ad")


@pytest.mark.parametrize(("language", "notice"), told("go"))
def test_a_notice_goes_from_a_page_and_from_plain_text(language: str, notice: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    assert body(language, first, second, third, notice) == [first, second, third]
    assert body(language, first, notice, second, third) == [first, second, third]
    mode = "balanced" if kind(notice, language) == "ad" else "precision"  # it may be the article's own
    cleaned = engine.clean_text("\n\n".join([first, second, third, notice]), options=engine.Options(mode=mode))
    assert cleaned.text == "\n\n".join([first, second, third])


@pytest.mark.parametrize(("language", "sentence"), told("stay"))
def test_a_sentence_of_an_article_with_the_words_of_a_notice_stays(language: str, sentence: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    assert body(language, first, second, sentence, third) == [first, second, sentence, third]
    assert engine.clean_text("\n\n".join([first, second, sentence, third])).text.split("\n\n")[2] == sentence
    assert body(language, first, f"{second} {sentence}", third) == [first, f"{second} {sentence}", third]


@pytest.mark.parametrize(("language", "notice"), told("go"))
def test_what_a_paragraph_says_before_a_notice_stays(language: str, notice: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    assert third in body(language, first, second, f"{third} {notice}")[-1]
    assert third in engine.clean_text(f"{first}\n\n{second}\n\n{third} {notice}", language=language).text


@pytest.mark.parametrize(("language", "notice"), [(of, one) for of, one in told("go") if is_one_sentence(of, one)])
def test_a_notice_goes_from_the_end_of_a_paragraph(language: str, notice: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    assert body(language, first, f"{second} {notice}", third) == [first, second, third]


def test_what_links_earn_stays_at_the_end_of_a_paragraph_that_says_it() -> None:
    first, second, third = AROUND["en"]["paragraphs"]
    told_by_the_story = f"{second} When you buy a barrel through their links, they may earn our farmers a commission."
    assert kind(told_by_the_story.removeprefix(second).strip()) == "ad"
    assert body("en", first, told_by_the_story, third) == [first, told_by_the_story, third]


@pytest.mark.parametrize("language", WRITTEN)
def test_every_notice_of_the_file_is_found_in_one_of_the_tests(language: str) -> None:
    texts = SAID[language]["go"]
    for notice in of_table(language, WRITTEN[language]):
        assert any(notice_of([notice], text) for text in texts), notice


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"legal": ["opinions + "]}, "opinions + "),
        ({"legal": ["*opinions"]}, "*opinions"),  # English has no word that is written as one with the next
        ({"nonsense": ["opinions + own"]}, "nonsense"),
    ],
)
def test_a_notice_that_says_nothing_or_has_no_kind_is_an_error_that_names_it(
    table: dict[str, list[str]], named: str
) -> None:
    with pytest.raises(PhraseError, match=re.escape(named)) as error:
        list(of_table("en", {"ours": ["our"], **table}))
    assert "notices.toml: [en]" in str(error.value)


OPINIONS = "The opinions expressed here are the author's own and do not necessarily reflect ours."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (OPINIONS, "legal"),
        (f"{OPINIONS} Found an error? Tell us.", "legal"),
        ("Found an error? Tell us.", "cta"),
        (f"{OPINIONS} The ferry leaves at ten.", "legal"),
        (f"{OPINIONS} The ferry leaves for the islands at ten every morning.", None),
        ("The ferry leaves. Support local journalism, free for all who live on the islands and at sea.", "cta"),
        (f"“{OPINIONS}”", None),
        (f"– {OPINIONS}", None),
        (OPINIONS.replace("The opinions", "The lawyer said that the opinions"), None),
        (OPINIONS.replace("here", f"here, {'on the quay and in the square, ' * 6}"), None),
        (f"{OPINIONS} " * 8, None),
    ],
)
def test_a_paragraph_is_a_notice_by_most_of_its_words_and_no_quotation(text: str, wanted: str | None) -> None:
    assert kind(text.strip()) == wanted


def test_where_words_are_not_parted_the_language_must_be_known() -> None:
    notice = "本文由AI翻译。"
    assert kind(notice, "zh") == "chrome"
    assert kind(notice) is None


@pytest.mark.parametrize("language", [None, "zh", "zh-CN", "zh-Hant", "zh_TW", "ZH"])
def test_a_file_in_chinese_is_cleaned_of_notices_whatever_is_told_of_its_language(language: str | None) -> None:
    paragraphs = AROUND["zh"]["paragraphs"]
    found = engine.clean_text("\n\n".join([*paragraphs, "本文由AI翻译。"]), language=language)
    assert found.text == "\n\n".join(paragraphs)
