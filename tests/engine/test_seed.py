"""The document that this project exists to clean, from text and from a page with the same blocks."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from crawler import engine
from crawler.items import Article, Page


@pytest.fixture
def dirty(shared: Path) -> str:
    return (shared / "seed/dirty.txt").read_text(encoding="utf-8")


@pytest.fixture
def clean(shared: Path) -> str:
    return (shared / "seed/clean.txt").read_text(encoding="utf-8").rstrip("\n")  # a text file ends in a line break


def test_the_seed_comes_out_clean_from_text(dirty: str, clean: str) -> None:
    result = engine.clean_text(dirty)
    assert result.text == clean
    assert result.source == "RT, RT Arabic"
    [line] = [line for line in dirty.splitlines() if line.startswith("كلمات دلالية:")]
    assert result.keywords == (line.partition(": ")[2],)
    kinds = {piece.kind for piece in result.removed}
    assert kinds == {"inline_related", "source", "tags", "related", "cta"}
    assert len([link for link in result.related if link.headline]) == 12 - 1  # two of the headlines are one


def test_the_seed_comes_out_clean_from_a_page_with_the_same_blocks(dirty: str, clean: str) -> None:
    blocks = [line.strip() for line in dirty.splitlines() if line.strip()]
    items = [b for b in blocks if b.startswith("•")]
    paragraphs = "".join(f"<p>{escape(b)}</p>" for b in blocks if b not in items)
    bullets = "".join(f"<li>{escape(b.lstrip('• '))}</li>" for b in items)
    html = f"<!DOCTYPE html><html lang='ar'><head><meta charset='utf-8'></head><body><div class='post'>{paragraphs}<ul>{bullets}</ul></div></body></html>"
    record = engine.process(Page(url="https://arabkhabar.com/a/1", body=html.encode(), content_type="text/html"))
    assert isinstance(record, Article)
    assert record.body == clean


@pytest.mark.parametrize("change", ["إقرأ أيضاً:", "مقالات مشابهة", "كلمات دلالية:"])
def test_other_spellings_of_the_headings_are_the_same_headings(dirty: str, clean: str, change: str) -> None:
    spelled = change.replace("أ", "ا").replace("إ", "ا").replace("ة", "ه").replace("ً", "").replace("ا", "اـ")
    assert spelled != change
    assert engine.clean_text(dirty.replace(change, spelled)).text == clean
