"""Lines around and between the paragraphs of articles, in forty-six languages, in markup that does not say what they are."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import pytest

from crawler import engine
from crawler.engine.toml import read_toml
from crawler.items import Article, Page

AROUND: dict[str, Any] = read_toml(Path(__file__).with_name("around.toml"))
SENTENCES = pytest.mark.parametrize(
    ("language", "sentence"), [(language, one) for language, told in AROUND.items() for one in told.get("prose", ())]
)


def body(language: str, *paragraphs: str) -> list[str]:
    """The paragraphs that are left of a page that has these, all alike."""
    headline = AROUND[language]["paragraphs"][0][:60]
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    page = (
        f"<html lang='{language}'><body><article><h1>{escape(headline)}</h1><div>{text}</div></article></body></html>"
    )
    record = engine.process(
        Page(url="https://x.example/1", body=page.encode(), content_type="text/html; charset=utf-8")
    )
    assert isinstance(record, Article)
    return record.body.split("\n\n")


@pytest.mark.parametrize(
    ("language", "line"), [(language, line) for language, told in AROUND.items() for line in told["lines"]]
)
def test_the_line_goes_and_every_paragraph_stays(language: str, line: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    whole = line.replace("{o}", AROUND[language]["other"])
    page = (first, second, whole, third) if "{o}" in line else (first, second, third, whole)
    assert body(language, *page) == [first, second, third]


@pytest.mark.parametrize("language", AROUND)
def test_a_sentence_before_the_line_stays_but_where_a_credit_makes_it_a_caption(language: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    lines = [line.replace("{o}", AROUND[language]["other"]) for line in AROUND[language]["lines"]]
    texts = [f"{first}\n\n{second}\n\n{third} {line}" for line in lines]
    for line, cleaned in zip(lines, engine.clean_texts(texts, language=language), strict=True):
        took = [piece.kind for piece in cleaned.removed if piece.text.startswith(third)]
        assert third in cleaned.text or took == ["caption"], line


@pytest.mark.parametrize("language", AROUND)
def test_the_paragraphs_alone_stay(language: str) -> None:
    assert body(language, *AROUND[language]["paragraphs"]) == AROUND[language]["paragraphs"]


@SENTENCES
def test_a_sentence_that_begins_like_a_line_stays(language: str, sentence: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    assert body(language, first, second, sentence, third) == [first, second, sentence, third]
    ends = not sentence[-1].isalnum()  # a few words after the last sentence are none
    assert body(language, first, second, third, sentence) == [first, second, third, *[sentence] * ends]


@SENTENCES
def test_such_a_sentence_stays_at_the_end_of_a_paragraph_too(language: str, sentence: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    assert body(language, first, f"{second} {sentence}", third) == [first, f"{second} {sentence}", third]
