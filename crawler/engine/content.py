"""Which pieces are the article: a site's selectors first, else the scorer.

The scorer weighs prose (long blocks with few links), leaves boxes out whose names say boilerplate,
and walks from the page's root down to the smallest box that still holds the article's prose. A
body that is split over several containers stops the walk above them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from .blocks import Box, Outline, Piece
from .named_boxes import boilerplate_boxes, kinds_of_pieces
from .options import Options

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
        raw = [prose(piece, options) for piece in outline.pieces]
        named = boilerplate_boxes(outline, [0, *accumulate(raw)], options)
        self.kinds = kinds_of_pieces(outline, named)
        self.clean = [score if kind is None else 0 for kind, score in zip(self.kinds, raw, strict=True)]
        self.sums = [0, *accumulate(self.clean)]

    def of(self, box: Box) -> int:
        """The prose inside a box that no boilerplate box holds."""
        return self.sums[box.last] - self.sums[box.first]


def prose(piece: Piece, options: Options) -> int:
    """How much prose a piece is: 0, or its length without links."""
    if 2 * len(piece.text) < options.prose_length:  # no letter weighs more than two
        return 0
    length = piece.weight
    long_enough = length >= options.prose_length if piece.finished else length >= 2 * options.prose_length
    if piece.kind == "heading" and not (piece.finished and length >= options.heading_length and piece.tag != "h1"):
        return 0
    if not long_enough or piece.link_share > options.prose_link_share:
        return 0
    return length - piece.linked


def choose(outline: Outline, scores: Scores, options: Options) -> Content | None:
    """The article's pieces, or ``None`` where the page has no prose at all."""
    marked = [box for box in outline.boxes if box.look.mark == "content" and box.last > box.first]
    if marked:
        inside = frozenset(i for box in marked for i in range(box.first, box.last))
        return Content(min(inside), max(inside) + 1, inside, "selector")
    if not outline.pieces:
        return None
    root = _root(outline, scores, options)
    found = _extended(outline, scores, root, options) | _lead(outline, scores, root, options)
    return Content(min(found), max(found) + 1, found, "scorer") if found else None


def _root(outline: Outline, scores: Scores, options: Options) -> Box:
    """Walk down from the page to the box that holds the article."""
    children: dict[int, list[int]] = {}
    for index, box in enumerate(outline.boxes):
        children.setdefault(box.parent, []).append(index)
    at = _start(outline, scores, options)
    while True:
        box = outline.boxes[at]
        inner = [c for c in children.get(at, ()) if scores.of(outline.boxes[c]) > 0]
        if not inner:
            return box
        best = max(inner, key=lambda c: scores.of(outline.boxes[c]))
        share = scores.of(outline.boxes[best]) / max(1, scores.of(box))
        beside = sum(scores.of(outline.boxes[c]) for c in inner if c != best and _goes_on(outline, best, c))
        is_split = beside >= options.split_share * scores.of(box)
        if is_split or not _goes_down(outline.boxes[best], share, options):
            return box
        at = best


def _start(outline: Outline, scores: Scores, options: Options) -> int:
    """Where to walk down from: the one box that says "article body" and holds a good share of the page's
    prose, or the page.
    """
    bodies: list[tuple[int, int, Box]] = []
    for index, box in enumerate(outline.boxes):
        inside_another = bodies and box.last <= bodies[-1][2].last
        if box.look.content_name and scores.of(box) and not inside_another:
            bodies.append((scores.of(box), index, box))
    if not bodies:
        return 0
    best = max(bodies)
    rivals = [body for body in bodies if body[0] >= options.rival_share * best[0]]
    alone = len(rivals) == 1 and best[0] >= options.body_share * scores.sums[-1]
    return best[1] if alone else 0


def _goes_on(outline: Outline, at: int, after: int) -> bool:
    """Whether two boxes have the same tag and names, as sections of one body do; another story has a headline."""
    one, other = outline.boxes[at], outline.boxes[after]
    alike = "." in one.look.short and one.look.short == other.look.short
    return alike and one.look.tag != "article" and outline.pieces[other.first].tag != "h1"


def _goes_down(child: Box, share: float, options: Options) -> bool:
    """Whether the article is inside this child, which holds ``share`` of its parent's prose."""
    if child.last - child.first <= 1 and child.look.tag in _LEAVES:
        return False
    return share >= options.descend_share or (child.look.content_name and share >= options.named_share)


def _extended(outline: Outline, scores: Scores, root: Box, options: Options) -> frozenset[int]:
    """The box's pieces, and running text that stands right before or after them in the box around it."""
    around = outline.boxes[root.parent] if root.parent >= 0 else root

    def is_text(at: int) -> bool:
        piece = outline.pieces[at]
        plain = scores.kinds[at] is None and piece.link_share <= options.prose_link_share
        return plain and piece.weight >= options.text_length and piece.kind != "heading"

    first, last = root.first, root.last
    while first > around.first and is_text(first - 1):
        first -= 1
    while last < around.last and is_text(last):
        last += 1
    return frozenset(range(first, last))


def _lead(outline: Outline, scores: Scores, root: Box, options: Options) -> set[int]:
    """Lead paragraphs between the headline and the body's box: prose, or shorter text that is named a lead."""
    headline = outline.headline_before(root.first)
    if headline is None:
        return set()
    found = set()
    for at in range(headline + 1, root.first):
        piece = outline.pieces[at]
        is_long = scores.kinds[at] is None and len(piece.text) >= options.lead_length
        if scores.clean[at] or (is_long and outline.is_named_lead(piece)):
            found.add(at)
    return found
