"""The article's text as JSON-LD tells it, for pages whose HTML does not have it: scripts would put it there."""

from __future__ import annotations

import html
import re
from typing import Any

from .blocks import Outline
from .folding import fold
from .structured import Structured

_TAGS = re.compile(r"<[^<>]*>")
_WORDS = 40  # a shorter text is a summary that is called a body
_SAMPLES, _SAMPLE = 8, 5  # so many stretches of so many words are looked for on the page
_SHOWN = 2  # with so many of them on the page, the page has the text


def told_page(data: Structured, shown: Outline) -> bytes | None:
    """A page of the ``articleBody``'s paragraphs (https://schema.org/articleBody), where the page that told it has its
    headline and shows next to nothing of it but the lead. Publishers write it as text, a paragraph a line, or as HTML.
    """
    article = data.article
    told = _text(article.get("articleBody"))
    words = _TAGS.sub(" ", told).split()
    if len(words) < _WORDS or _samples_in(" ".join(shown.raw_text.split()), words) >= _SHOWN:
        return None
    headline = fold(_text(article.get("headline")))
    titles = [data.title, *data.meta.get("og:title", ()), *(piece.text for piece in shown.pieces if piece.tag == "h1")]
    if not headline or not any(headline in fold(title) for title in titles):
        return None  # a listing tells of the articles that it leads to
    if "</p>" not in told:
        told = "".join(f"<p>{html.escape(line)}</p>" for line in told.splitlines() if line.strip())
    lead = " ".join(_text(article.get("description")).split())
    is_shown = lead not in " ".join(words) and any(piece.text == lead for piece in shown.pieces)
    return f"<article>{f'<p>{html.escape(lead)}</p>' if is_shown else ''}{told}</article>".encode("utf-8", "replace")


def _text(value: Any) -> str:
    """A value of JSON-LD that is a text; many are escaped twice."""
    return html.unescape(html.unescape(value)) if isinstance(value, str) else ""


def _samples_in(text: str, words: list[str]) -> int:
    """How many of some stretches of words, evenly spread, stand in a text."""
    step = (len(words) - _SAMPLE) / (_SAMPLES - 1)
    begins = [int(step * number) for number in range(_SAMPLES)]
    return sum(" ".join(words[begin : begin + _SAMPLE]) in text for begin in begins)
