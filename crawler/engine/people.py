"""Authors: people, not outlets, from JSON-LD, meta tags and bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .blocks import Outline
from .folding import fold

_NAME_SPLIT = re.compile(r"\s*(?:,|،|;|\||/|\s+and\s+|\s+et\s+|\s+und\s+|\s+&\s+|\s+و(?=\S+ \S))\s*")
_BY = re.compile(
    r"^(?:by|von|par|por|di|door|av|autor(?:en|in)?|authors?|written by|كتبت?|بقلم|بواسطة|إعداد)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"\s*\([^()]{1,12}\)\.?$")  # "Jane Doe (jd)"
_BYLINE_WORDS = 7


def json_authors(value: Any) -> list[str]:
    """The names of a JSON-LD ``author``, organisations left out."""
    entries = value if isinstance(value, list) else [value]
    names = []
    for entry in entries:
        if isinstance(entry, dict) and "Organization" in str(entry.get("@type")):
            continue
        name = entry.get("name") if isinstance(entry, dict) else entry
        names += [n for n in (name if isinstance(name, list) else [name]) if isinstance(n, str)]
    return names


def is_byline(text: str) -> bool:
    """Whether a block is a byline by its words: «كتبت أسماء نصار», "By Jane Doe"."""
    found = _BY.match(text)
    rest = text[found.end() :] if found else ""
    name_like = rest[:1].isupper() or "\u0620" <= rest[:1] <= "\u06ff"
    return name_like and len(text.split()) <= _BYLINE_WORDS and not text.endswith((".", "!", "?", "؟", ":", "،"))


def bylines(outline: Outline) -> list[str]:
    """Short blocks in boxes named as bylines; else those beside the headline that begin like one."""
    found = []
    for piece in outline.pieces:
        if len(piece.text) <= 60 and any(outline.boxes[b].look.kind == "byline" for b in outline.chain(piece.box)[:3]):
            found += [link.text for link in piece.links] or [piece.text]
    beside = [piece.text for piece in outline.beside_headline(9)]
    return found[:3] or [text for text in beside if is_byline(text)][:1]


def _without_initials(name: str) -> str:
    return _INITIALS.sub("", name)


def people(names: Iterable[str], outlets: set[str]) -> tuple[str, ...]:
    """The names that can be people: split, without «By», addresses, outlets and repeats."""
    unwanted = {fold(name) for name in outlets}
    found: dict[str, str] = {}
    for name in names:
        if "://" in name or "@" in name:
            continue
        for part in map(_without_initials, _NAME_SPLIT.split(_BY.sub("", " ".join(name.split())))):
            key = fold(part)
            if (
                2 < len(part) <= 50
                and key
                and key not in unwanted
                and "/" not in part
                and "@" not in part
                and not any(c.isdigit() for c in part)
            ):
                found.setdefault(key, _BY.sub("", part))
    return tuple(found.values())
