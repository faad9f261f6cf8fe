"""The headline: what readers see above the article, checked against what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from .blocks import Outline
from .folding import fold
from .structured import Structured, text_of

_SUFFIX = re.compile(r"\s+[-|–—»«:·•]\s+")
KICKER = 40  # a longer text before a colon is half of the headline


def headlines(
    data: Structured, outline: Outline, hints: Mapping[str, str], first: int
) -> Iterable[tuple[str, str | None]]:
    """Candidates for the headline with their sources, the best first. ``first`` is the first paragraph."""
    og, told = data.first("og:title", "twitter:title"), text_of(data.article.get("headline"))
    og, title = og and _without_outlet(og, data), _without_outlet(data.title, data)
    said = [(source, text) for source, text in (("json-ld", told), ("og", og), ("title", title)) if text]
    source, heading = "h1", _h1(outline, first)
    if not heading:
        source, heading = "page", _shown(outline, first, {fold(text) for _, text in said})
    # A heading that the title agrees with is the headline as readers see it.
    if heading and (len(heading) > 8 or any(heading == text for _, text in said)):
        if not told == og == heading:
            yield from ((better, text) for better, text in said if _is_better(text, heading))
        yield source, heading if any(_agree(heading, text) for _, text in said) else None
    yield "json-ld", told
    yield "og", og
    yield source, heading if heading and len(heading.split()) > 2 else None
    yield "title", title
    yield "feed", hints.get("headline")


def _h1(outline: Outline, first: int) -> str | None:
    """The h1 above the article, or else the first one with more than a word or two."""
    above = outline.headline_before(first + 1)
    if above is not None:
        return outline.pieces[above].text
    return next((piece.text for piece in outline.pieces if piece.tag == "h1" and len(piece.text.split()) > 2), None)


def _shown(outline: Outline, first: int, titles: set[str]) -> str | None:
    """The block above the article that says one of the page's (folded) titles, as pages without an h1 have it."""
    return next((piece.text for piece in outline.pieces[: first + 1] if fold(piece.text) in titles), None)


def _is_better(title: str, heading: str) -> bool:
    """Whether a title says the heading whole: with the kicker before it (``Kenia: Nairobi von unten``), or without
    what the heading's element holds besides (``Kultur Was lesen die Philippinen?``).
    """
    one, other = fold(heading), fold(title)
    kicker, colon, rest = title.partition(":")
    if colon and ":" not in heading.strip(": ") and len(kicker) <= KICKER and one in (fold(rest), other):
        return True
    return len(other.split()) >= 4 and one != other and one.endswith(other)


def _agree(heading: str, title: str) -> bool:
    """Whether both name one story: the same words, or at least one that carries meaning."""
    one, other = fold(heading), fold(title)
    if one in other:
        return True
    shared = {word for word in one.split() if len(word) > 3} & set(other.split())
    return len(heading.split()) > 2 and bool(shared)


def _without_outlet(title: str, data: Structured) -> str:
    """A page title without the outlet's name at its end: `Story - RT Arabic`."""
    parts = _SUFFIX.split(title)
    if len(parts) > 1:
        names = {fold(name) for name in outlets(data)}
        if fold(parts[-1]) in names or (len(parts[-1].split()) <= 4 and len(parts[0].split()) >= 4):
            return title[: title.rindex(parts[-1])].rstrip(" -|–—»«:·•")
    return title


def outlets(data: Structured) -> set[str]:
    """What the page calls its publisher."""
    names = {data.first("og:site_name", "application-name") or "", text_of(data.article.get("publisher")) or ""}
    return {name for name in names if name}
