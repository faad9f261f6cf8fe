"""What stands between tags as a reader sees it: paragraphs and links."""

from __future__ import annotations

import re
from collections import Counter

from .blocks import Anchor, Piece, is_finished
from .looks import BLANK_LINE
from .markup import unescape

_CONTROL = re.compile("[\x00-\x1f\x7f]")
_LEFT_OPEN = 3  # paragraphs that one link holds, each of them whole
_PARTED = 3  # paragraphs that blank lines part, at least
_PARAGRAPH = 80  # characters


def plain(text: str) -> str:
    """A reader's text: white space collapsed; control characters, which no markup may hold, are spaces."""
    plain = " ".join((unescape(text) if "&" in text else text).split())
    return plain if plain.isprintable() else " ".join(_CONTROL.sub(" ", plain).split())


def lines_of(written: str, line_end: re.Pattern[str] | None) -> list[str]:
    """The paragraphs of a text that has no markup: where white space counts, or where blank lines part what are
    paragraphs to the eye (a style sheet may say that it counts).
    """
    if line_end:
        return line_end.split(written)
    if len(written) < _PARTED * _PARAGRAPH or "\n" not in written:
        return [written]
    parts = BLANK_LINE.split(written.strip())
    are_paragraphs = all(len(part) >= _PARAGRAPH and is_finished(part.rstrip()) for part in parts)
    return parts if len(parts) >= _PARTED and are_paragraphs else [written]


def links_of(anchors: list[tuple[str, int, int]], runs: list[str], text: str) -> tuple[Anchor, ...]:
    """The links of a block that have a text; many are all of it."""
    whole = len(runs)
    if len(anchors) == 1 and anchors[0][2] - anchors[0][1] == whole:
        return (Anchor(text, anchors[0][0]),)
    links = [
        Anchor(text if last - first == whole else plain("".join(runs[first:last])), written)
        for written, first, last in anchors
    ]
    return tuple([link for link in links if link.text])


def close_links(pieces: list[Piece]) -> None:
    """An <a> that is left open makes links of all blocks that follow; none that people write has so many paragraphs."""
    whole = [piece.links[0] for piece in pieces if piece.finished and len(piece.links) == 1 and _is_paragraph(piece)]
    count = Counter([link.written for link in whole])
    if max(count.values(), default=0) < _LEFT_OPEN:
        return
    for piece in pieces:
        if piece.links and all(count[link.written] >= _LEFT_OPEN for link in piece.links):
            piece.links, piece.linked = (), 0


def _is_paragraph(piece: Piece) -> bool:
    return piece.linked == len(piece.text) >= _PARAGRAPH
