"""What the labeller knows about every block: one column of numbers each, made with numpy, no page twice.

A row is a feature, so that a tree compares a whole page at once. What the elements around a block say is in
box_features.py.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from .box_features import Row, of_boxes
from .draft import Draft

BEFORE, AFTER = 30, 60  # the pieces around the chosen content that are judged
_MISSING = -5.0  # a neighbour beyond the page's first or last block
_TAGS = {
    tag: number
    for number, tag in enumerate(
        "p div li h1 h2 h3 h4 h5 blockquote td figcaption section article span dd header ul ol figure aside "
        "footer button a body main small em cite".split()
    )
}
_BLOCK_KINDS = {"paragraph": 0, "heading": 1, "quote": 2, "item": 3, "cell": 4, "caption": 5}
#: Features of neighbouring blocks: name -> how far away.
_NEIGHBOURS = {
    "inside": (-1, 1, 2, 3),
    "path_prose": (-2, -1, 1, 2),
    "same_path": (-2, -1, 1, 2),
    "link_share": (-2, -1, 1, 2),
    "upper": (-1, 1, 2),
    "length": (-2, -1, 1, 2, 3),
    "named": (-1, 1, 2, 3),
    "rule": (-2, -1, 1, 2),
    "prose": (-1, 1),
    "is_headline": (-1,),
    "tag": (-1, 1),
}


def rows(draft: Draft, rule_numbers: dict[str, int]) -> tuple[int, dict[str, Row]]:
    """The first block that is judged, and the features of it and those after it by name.

    ``rule_numbers`` stands for the rules in the features: what each one took out is the best that is known.
    """
    content = draft.content
    first = max(0, content.first - BEFORE)
    last = min(len(draft.pieces), content.last + AFTER)
    found = {**_of_text(draft), **_of_places(draft), **of_boxes(draft), **_of_rules(draft, rule_numbers)}
    found |= _of_words(draft, first, last)
    for name, steps in _NEIGHBOURS.items():
        for step in steps:
            found[f"{name}{step:+d}"] = _shifted(found[name], step)
    return first, {name: row[first:last] for name, row in found.items()}


def _shifted(row: Row, step: int) -> Row:
    moved = np.full_like(row, _MISSING)
    if step > 0:
        moved[:-step] = row[step:]
    else:
        moved[-step:] = row[:step]
    return moved


def _of_text(draft: Draft) -> dict[str, Row]:
    """Characters: counted once over the page's text, as differences between a block's two ends."""
    letters = np.frombuffer(draft.outline.raw_text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    starts = np.array([piece.block.start for piece in draft.pieces])
    ends = np.array([piece.block.end for piece in draft.pieces])

    def count(mask: Any) -> Row:
        sums = np.concatenate(([0], np.cumsum(mask)))
        return (sums[ends] - sums[starts]).astype(np.float32)

    spaces = letters == 32
    upper = (letters - 65 < 26) | (letters - 0xC0 < 31) | (letters - 0x410 < 32) | (letters - 0x391 < 25)
    starting = np.concatenate(([True], spaces[:-1])) if len(letters) else spaces
    length = (ends - starts).astype(np.float32)
    words = count(spaces) + 1
    return {
        "length": length,
        "words": words,
        "letters_a_word": length / words,
        "upper": count(upper) / length,
        "capitals": count(upper & starting) / words,
        "digits": count((letters - 48 < 10) | (letters - 0x660 < 10) | (letters - 0x6F0 < 10)) / length,
        "commas": count((letters == 44) | (letters == 0x60C)),
        "stops": count((letters == 46) | (letters == 0x6D4)),
        "bars": count((letters == 124) | (letters == 0x2022) | (letters == 0xB7) | (letters == 47)),
        "at_signs": count(letters == 64),
    }


def _of_places(draft: Draft) -> dict[str, Row]:
    """Where a block stands: on the page, and beside the prose and the content that was chosen."""
    pieces, content = draft.pieces, draft.content
    size = len(pieces)
    at = np.arange(size, dtype=np.float32)
    prose = np.array(draft.prose, dtype=np.float32)
    total = max(1.0, float(prose.sum()))
    until = np.cumsum(prose)
    headline = next((i for i, piece in enumerate(pieces) if piece.tag == "h1"), -1)
    headlines = np.cumsum([piece.tag == "h1" for piece in pieces])
    starts = np.array([piece.block.start for piece in pieces], dtype=np.float32)
    inside = np.zeros(size, dtype=np.float32)
    inside[list(content.inside)] = 1
    return {
        "inside": inside,
        "from_first": at - content.first,
        "to_last": content.last - at,
        "page_prose": np.full(size, total, dtype=np.float32),
        "page_blocks": np.full(size, size, dtype=np.float32),
        "place": at / size,
        "text_before": starts / max(1, len(draft.outline.raw_text)),
        "prose": prose,
        "prose_before": (until - prose) / total,
        "prose_before_length": until - prose,
        "prose_after": (total - until) / total,
        "prose_after_length": total - until,
        "from_headline": at - headline if headline >= 0 else np.full(size, -99, dtype=np.float32),
        "headlines": (headlines - headlines[content.first]).astype(np.float32),
    }


def _of_rules(draft: Draft, rule_numbers: dict[str, int]) -> dict[str, Row]:
    rule = np.full(len(draft.pieces), -1, dtype=np.float32)
    whole = np.zeros(len(draft.pieces), dtype=np.float32)
    for taken in draft.taken:
        rule[taken.piece], whole[taken.piece] = rule_numbers.get(taken.rule, -1), taken.whole
    return {"rule": rule, "whole": whole}


def _of_words(draft: Draft, first: int, last: int) -> dict[str, Row]:
    """What a block says beside what the page says of itself; its links; blocks of the same path."""
    pieces = draft.pieces
    headline, description = _words(draft.headline or ""), _words(draft.description or "")
    told = " ".join((draft.article_body or "").split()).casefold()
    names = (
        "link_share links finished tag block_kind inserted repeats in_headline covers_headline in_description "
        "covers_description in_article_body is_headline same_path path_length path_prose"
    ).split()
    found = np.full((len(names), len(pieces)), _MISSING, dtype=np.float32)
    same = Counter(piece.block.path for piece in pieces)
    lengths: Counter[str] = Counter()
    proses: Counter[str] = Counter()
    for piece, prose in zip(pieces, draft.prose, strict=True):
        lengths[piece.block.path] += len(piece.text)
        proses[piece.block.path] += prose
    texts = Counter(piece.text for piece in pieces)
    total = max(1, sum(draft.prose))
    for at in range(max(0, first - 3), min(len(pieces), last + 3)):
        piece = pieces[at]
        path, text = piece.block.path, piece.text
        words = _words(text) if len(text) < 600 else frozenset()
        size = max(1, len(words))
        found[:, at] = (
            piece.link_share,
            len(piece.links),
            piece.finished,
            _TAGS.get(piece.tag, -1),
            _BLOCK_KINDS.get(piece.block.kind, -1),
            piece.inserted,
            texts[text],
            len(words & headline) / size,
            len(words & headline) / max(1, len(headline)),
            len(words & description) / size,
            len(words & description) / max(1, len(description)),
            text[:60].casefold() in told if len(told) > 200 else -1,
            bool(words) and words == headline,
            same[path],
            lengths[path] / same[path],
            proses[path] / total,
        )
    return dict(zip(names, found, strict=True))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in text.casefold().split() if len(word) > 3)
