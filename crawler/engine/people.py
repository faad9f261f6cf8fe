"""Authors: people, not outlets, from JSON-LD, meta tags and bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .blocks import Outline
from .folding import fold

_NAME_SPLIT = re.compile(r"\s*(?:,|،|;|\||/|\s+and\s+|\s+et\s+|\s+und\s+|\s+&\s+|\s+و(?=\S+ \S))\s*")
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|written by|كتب(?:ت)?|بقلم|بواسطة)\s*:?\s+", re.IGNORECASE)


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


def bylines(outline: Outline) -> list[str]:
    """Short blocks in boxes named as bylines."""
    found = []
    for piece in outline.pieces:
        if len(piece.text) <= 60 and any(outline.boxes[b].kind == "byline" for b in outline.chain(piece.box)[:3]):
            found += [link.headline or "" for link in piece.links] or [piece.text]
    return found[:3]


def people(names: Iterable[str], outlets: set[str]) -> tuple[str, ...]:
    """The names that can be people: split, without «By», addresses, outlets and repeats."""
    unwanted = {fold(name) for name in outlets}
    found: dict[str, str] = {}
    for name in names:
        if "://" in name or "@" in name:
            continue
        for part in _NAME_SPLIT.split(_BY.sub("", " ".join(name.split()))):
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
