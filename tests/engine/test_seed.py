"""The document that this project exists to clean, from text and from a page with the same blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from crawler import engine
from crawler.engine import Options
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


def presentation_forms(text: str) -> str:
    """Every letter as the form that stands alone, as texts out of old PDF files have them."""
    forms = {}
    for code in range(0xFE80, 0xFEF5):
        forms.setdefault(unicodedata.normalize("NFKC", chr(code)), chr(code))
    return "".join(forms.get(letter, letter) for letter in text)


def sprinkled(text: str) -> str:
    """Tatweel inside words, bidi controls around them."""
    words = re.sub(r"(?<=[\u0628-\u062e\u0633-\u064a])(?=[\u0627-\u064a])", "\u0640\u0640", text)
    return re.sub(r"(?m)^(?=\S)", "\u200f\u202b", words).replace(" ", "\u200f ").replace(".", ".\u202c")


VARIANTS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "no blank lines": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "single line breaks": lambda text: "\n".join(line.strip() for line in text.splitlines() if line.strip()),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "presentation forms": presentation_forms,
    "tatweel and bidi controls": sprinkled,
}


@pytest.mark.parametrize("mode", ["precision", "balanced", "recall"])
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_seed_comes_out_clean_in_every_form_and_mode(dirty: str, clean: str, variant: str, mode: str) -> None:
    changed = VARIANTS[variant](dirty)
    assert (changed == dirty) == (variant == "as it is")
    result = engine.clean_text(changed, options=Options(mode=mode))
    single = variant in ("no blank lines", "single line breaks")  # line breaks stay as they are found
    assert result.text == (clean.replace("\n\n", "\n") if single else clean)
