"""What the labeller knows about every block: one column of numbers each, made with numpy, no page twice.

A row is a feature, so that a tree compares a whole page at once. What the elements around a block say is in
box_features.py. Only the blocks around the chosen content are looked at: ``Window``.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import Any

import numpy as np

from .blocks import Piece
from .box_features import Row, Window, of_boxes
from .draft import Draft
from .folding import fold
from .language import CUE_KINDS
from .line_hints import CUE

BEFORE, AFTER = 30, 60  # the pieces around the chosen content that are judged
CUE_LENGTH = 400  # cues are looked for in the beginning of a block
_MARGIN = 3  # and the neighbours that those are compared with
_LONG = 600  # characters: a longer block repeats no headline
_NONE = frozenset[str]()
_NO_CUES = (0,) * len(CUE_KINDS)
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
    content, size = draft.content, len(draft.pieces)
    first, last = max(0, content.first - BEFORE), min(size, content.last + AFTER)
    window = Window(max(0, first - _MARGIN), min(size, last + _MARGIN))
    found = _of_text(draft, window)
    found |= _of_places(draft, window)
    found |= of_boxes(draft, window)
    found |= _of_rules(draft, window, rule_numbers)
    found |= _of_words(draft, window)
    size = last - first
    begin = first - window.first + _MARGIN
    near = np.full((len(_NEIGHBOURS), window.size + 2 * _MARGIN), _MISSING, dtype=np.float32)
    near[:, _MARGIN:-_MARGIN] = [found[name] for name in _NEIGHBOURS]
    judged = {name: row[begin - _MARGIN :][:size] for name, row in found.items()}
    for row, (name, steps) in zip(near, _NEIGHBOURS.items(), strict=True):
        judged |= {f"{name}{step:+d}": row[begin + step :][:size] for step in steps}
    return first, judged


def _of_text(draft: Draft, window: Window) -> dict[str, Row]:
    """Characters, counted over the window's text at once."""
    pieces = draft.pieces[window.first : window.last]
    begin = pieces[0].start
    text = draft.outline.raw_text[begin : pieces[-1].end] + " "
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    edges = np.array([edge - begin for piece in pieces for edge in (piece.start, piece.end)])

    def count(mask: Any) -> Row:
        return np.add.reduceat(mask, edges, dtype=np.int32)[::2].astype(np.float32)

    spaces = letters == 32
    upper = (letters - 65 < 26) | (letters - 0xC0 < 31) | (letters - 0x410 < 32) | (letters - 0x391 < 25)
    starting = np.concatenate(([True], spaces[:-1]))
    length = (edges[1::2] - edges[::2]).astype(np.float32)
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


def _of_places(draft: Draft, window: Window) -> dict[str, Row]:
    """Where a block stands: on the page, and beside the prose and the content that was chosen."""
    pieces, content = draft.pieces, draft.content
    size, part = len(pieces), slice(window.first, window.last)
    at = np.arange(window.first, window.last, dtype=np.float32)
    prose = np.array(draft.prose[part], dtype=np.float32)
    total = max(1.0, float(sum(draft.prose)))
    until = float(sum(draft.prose[: window.first])) + np.cumsum(prose)
    is_h1 = [piece.tag == "h1" for piece in pieces]
    headline = is_h1.index(True) if True in is_h1 else None
    headlines = list(accumulate(is_h1))
    starts = np.array([piece.start for piece in pieces[part]], dtype=np.float32)
    inside = np.array([index in content.inside for index in range(window.first, window.last)], dtype=np.float32)
    here = np.ones(len(at), dtype=np.float32)
    return {
        "inside": inside,
        "from_first": at - content.first,
        "to_last": content.last - at,
        "page_prose": here * total,
        "page_blocks": here * size,
        "place": at / size,
        "text_before": starts / max(1, len(draft.outline.raw_text)),
        "prose": prose,
        "prose_before": (until - prose) / total,
        "prose_before_length": until - prose,
        "prose_after": (total - until) / total,
        "prose_after_length": total - until,
        "from_headline": here * -99 if headline is None else at - headline,
        "headlines": np.array(headlines[part], dtype=np.float32) - headlines[content.first],
    }


def _of_rules(draft: Draft, window: Window, rule_numbers: dict[str, int]) -> dict[str, Row]:
    rule = np.full(window.size, -1, dtype=np.float32)
    whole = np.zeros(window.size, dtype=np.float32)
    for taken in draft.taken:
        at = taken.piece - window.first
        if 0 <= at < window.size:
            rule[at], whole[at] = rule_numbers.get(taken.rule, -1), taken.whole
    return {"rule": rule, "whole": whole}


_WORD_FEATURES = (
    "link_share links finished tag block_kind inserted repeats in_headline covers_headline in_description "
    "covers_description in_article_body is_headline in_authors begins_as_author "
    "same_path path_length path_prose cta_cues byline_cues legal_cues"
).split()


def _of_words(draft: Draft, window: Window) -> dict[str, Row]:
    """What a block says beside what the page says of itself; its links; blocks of the same path."""
    pieces = draft.pieces
    headline, description = _words(draft.headline or ""), _words(draft.description or "")
    authors = draft.article.authors if draft.article else ()
    people = _words(" ".join(authors))
    known = headline | description | people
    most = (max(1, len(headline)), max(1, len(description)))
    told = " ".join((draft.article_body or "").split()).casefold()
    paths = [draft.outline.path(piece) for piece in pieces]
    same, lengths, proses = Counter(paths), Counter[str](), Counter[str]()
    for path, piece, prose in zip(paths, pieces, draft.prose, strict=True):
        lengths[path] += len(piece.text)
        proses[path] += prose
    texts = Counter([piece.text for piece in pieces])
    total = max(1, sum(draft.prose))
    shortened = {cut.piece: (cut.start, cut.end) for cut in draft.taken if not cut.whole}
    table = []
    for at in range(window.first, window.last):
        piece, path = pieces[at], paths[at]
        text = piece.text
        words = _NONE if len(text) >= _LONG or known.isdisjoint(text.casefold().split()) else _words(text)
        size = max(1, len(words))
        from_headline, from_description = len(words & headline), len(words & description)
        table.append(
            (
                piece.link_share,
                len(piece.links),
                piece.finished,
                _TAGS.get(piece.tag, -1),
                _BLOCK_KINDS.get(piece.kind, -1),
                piece.inserted,
                texts[text],
                from_headline / size,
                from_headline / most[0],
                from_description / size,
                from_description / most[1],
                text[:60].casefold() in told if len(told) > 200 else -1,
                bool(words) and words == headline,
                len(words & people) / size,
                bool(authors) and text.startswith(authors),
                same[path],
                lengths[path] / same[path],
                proses[path] / total,
                *(_cues(draft, at, shortened.get(at)) if draft.reading[at].hints & CUE else _NO_CUES),
            )
        )
    return dict(zip(_WORD_FEATURES, np.array(table, dtype=np.float32).T, strict=True))


def _cues(draft: Draft, at: int, cut: tuple[int, int] | None) -> list[int]:
    piece = draft.pieces[at]
    is_whole = cut is None and len(piece.text) <= CUE_LENGTH
    plain = draft.reading[at].plain if is_whole else fold(_left(piece, cut)[:CUE_LENGTH])
    return draft.phrases.hints(plain.split())


def _left(piece: Piece, cut: tuple[int, int] | None) -> str:
    """What a rule that took a part of the block has left of it."""
    return piece.text[: cut[0] - piece.start] + piece.text[cut[1] - piece.start :] if cut else piece.text


def _words(text: str) -> frozenset[str]:
    return frozenset([word for word in text.casefold().split() if len(word) > 3])
