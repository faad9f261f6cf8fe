"""Which pieces are the article: a site's selectors first, else the scorer.

The scorer weighs prose (long blocks with few links), leaves boxes out whose names say boilerplate,
and walks from the page's root down to the smallest box that still holds the article's prose. A
body that is split over several containers stops the walk above them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from .blocks import Box, Outline, Piece
from .names import is_lead_name
from .options import Options

_HEADLINE_TAGS = ("h1",)
_LEAVES = ("p", "li", "td", "blockquote", "h2", "h3")


@dataclass(frozen=True, slots=True)
class Content:
    """The article's place on the page."""

    first: int  # pieces[first:last] is the stretch between the first and the last piece of it
    last: int
    inside: frozenset[int]  # the pieces of it
    found_by: str  # "selector" or "scorer"


class Scores:
    """Prose of every piece, and of every box by two subtractions."""

    def __init__(self, outline: Outline, options: Options) -> None:
        self.outline = outline
        self.raw = [prose(piece, options) for piece in outline.pieces]
        total = sum(self.raw)
        raw_sums = [0, *accumulate(self.raw)]
        self.named = _boilerplate_boxes(outline, raw_sums, options.box_share * total)
        self.kinds = _kinds_of_pieces(outline, self.named)
        clean = [0 if kind else score for kind, score in zip(self.kinds, self.raw, strict=True)]
        self.clean = clean
        self.sums = [0, *accumulate(clean)]

    def of(self, box: Box) -> int:
        """The prose inside a box that no boilerplate box holds."""
        return self.sums[box.last] - self.sums[box.first]


def prose(piece: Piece, options: Options) -> int:
    """How much prose a piece is: 0, or its length without links."""
    length = len(piece.text)
    long_enough = length >= options.prose_length if piece.finished else length >= 2 * options.prose_length
    if not long_enough or piece.link_share > options.prose_link_share or piece.block.kind == "heading":
        return 0
    return length - piece.block.links


def _boilerplate_boxes(outline: Outline, sums: list[int], most: float) -> frozenset[int]:
    """Boxes whose names say boilerplate and are to be believed: all boxes of the same names together hold
    no more than ``most`` of the page's prose (publishers call every paragraph ``paywall``, too).
    """
    held: dict[str, int] = {}
    named = [(i, box) for i, box in enumerate(outline.boxes) if box.kind]
    for _, box in named:
        held[box.names] = held.get(box.names, 0) + sums[box.last] - sums[box.first]
    return frozenset(i for i, box in named if held[box.names] <= most)


def _kinds_of_pieces(outline: Outline, named: frozenset[int]) -> list[int | None]:
    """For each piece the outermost box around it whose name says boilerplate."""
    kinds: list[int | None] = [None] * len(outline.pieces)
    for index in sorted(named, reverse=True):  # outer boxes come first, so they are written last
        box = outline.boxes[index]
        for at in range(box.first, box.last):
            kinds[at] = index
    return kinds


def choose(outline: Outline, scores: Scores, options: Options) -> Content | None:
    """The article's pieces, or ``None`` where the page has no prose at all."""
    marked = [box for box in outline.boxes if box.mark == "content" and box.last > box.first]
    if marked:
        inside = frozenset(i for box in marked for i in range(box.first, box.last))
        return Content(min(inside), max(inside) + 1, inside, "selector")
    if not outline.pieces:
        return None
    root = _root(outline, scores, options)
    found = frozenset(range(root.first, root.last)) | _lead(outline, scores, root)
    return Content(min(found), max(found) + 1, found, "scorer") if found else None


def _root(outline: Outline, scores: Scores, options: Options) -> Box:
    """Walk down from the page to the box that holds the article."""
    children: dict[int, list[int]] = {}
    for index, box in enumerate(outline.boxes):
        children.setdefault(box.parent, []).append(index)
    at = 0
    while True:
        box = outline.boxes[at]
        inner = [c for c in children.get(at, ()) if scores.of(outline.boxes[c]) > 0]
        if not inner:
            return box
        best = max(inner, key=lambda c: scores.of(outline.boxes[c]))
        share = scores.of(outline.boxes[best]) / max(1, scores.of(box))
        if not _goes_down(outline.boxes[best], share, options):
            return box
        at = best


def _goes_down(child: Box, share: float, options: Options) -> bool:
    """Whether the article is inside this child, which holds ``share`` of its parent's prose."""
    if child.last - child.first <= 1 and child.tag in _LEAVES:
        return False
    return share >= options.descend_share or (child.content_name and share >= options.named_share)


def _lead(outline: Outline, scores: Scores, root: Box) -> set[int]:
    """Lead paragraphs between the headline and the body's box."""
    headline = max(
        (i for i, piece in enumerate(outline.pieces[: root.first]) if piece.tag in _HEADLINE_TAGS),
        default=None,
    )
    if headline is None:
        return set()
    found = set()
    for at in range(headline + 1, root.first):
        piece = outline.pieces[at]
        names = [outline.boxes[b].names for b in outline.chain(piece.box)[:2]]
        if scores.kinds[at] is None and len(piece.text) >= 50 and any(map(is_lead_name, names)):
            found.add(at)
    return found
