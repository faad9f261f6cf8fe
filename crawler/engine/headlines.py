"""The headline: what readers see above the article, checked against what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from .blocks import Outline
from .folding import fold
from .structured import Structured, text_of

_SUFFIX = re.compile(r"\s+[-|–—»«:·•]\s+")
KICKER = 40  # a longer text before a colon is half of the headline
_FEW_WORDS = 2  # a section's name, an outlet's
_TITLE_KINDS = ("heading", "paragraph")  # no list item, which is a breadcrumb


def headlines(
    data: Structured, outline: Outline, hints: Mapping[str, str], first: int
) -> Iterable[tuple[str, str | None]]:
    """Candidates for the headline with their sources, the best first. ``first`` is the first paragraph."""
    told, og, title = _titles(data)
    said = [(source, text) for source, text in (("json-ld", told), ("og", og), ("title", title)) if text]
    source, heading = _shown(outline, first)
    # A heading that the title agrees with is the headline as readers see it.
    if heading and (len(heading) > 8 or any(heading == text for _, text in said)):
        if not told == og == heading:
            yield from ((better, text) for better, text in said if _is_better(text, heading))
        yield source, heading if any(_agree(heading, text) for _, text in said) else None
    yield "json-ld", told
    yield "og", og
    yield source, heading if heading and len(heading.split()) > _FEW_WORDS else None
    yield "title", title
    yield "feed", hints.get("headline")


def _titles(data: Structured) -> tuple[str | None, str | None, str | None]:
    """What JSON-LD, Open Graph and the title element say, without the outlet's name."""
    og = _whole(data.first("og:title", "twitter:title"), data.title)
    return text_of(data.article.get("headline")), og and _without_outlet(og, data), _without_outlet(data.title, data)


def _whole(said: str | None, title: str) -> str | None:
    """What an attribute says, to its end: ``content="The "quiet" coast"`` ends at the quotation mark of its own words,
    where the title element goes on.
    """
    ends = [title.find(f"{said}{mark}") for mark in ('"', ' "')] if said else []
    return next((title[at:] for at in ends if at >= 0), said)


def _shown(outline: Outline, first: int) -> tuple[str, str | None]:
    """What the page shows above the article, or else the first h1 with more than a word or two."""
    above = outline.headline_before(first + 1)
    if above is not None:
        return "page" if above == outline.title_at else "h1", outline.pieces[above].text
    long = (piece.text for piece in outline.pieces if piece.tag == "h1" and len(piece.text.split()) > _FEW_WORDS)
    return "h1", next(long, None)


def title_block(data: Structured, outline: Outline) -> int | None:
    """The block that says the page's title, on pages without an h1 or with the outlet's name in it."""
    names = {fold(name) for name in outlets(data)}
    if any(piece.tag == "h1" and fold(piece.text) not in names for piece in outline.pieces):
        return None
    titles = {fold(title) for title in _titles(data) if title}
    found = [at for at, piece in enumerate(outline.pieces) if piece.kind in _TITLE_KINDS and fold(piece.text) in titles]
    return min(found, key=lambda at: (outline.pieces[at].kind != "heading", at), default=None)


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
