"""Which pieces are the article: a site's selectors first, else the scorer.

The scorer weighs prose (long blocks with few links), leaves boxes out whose names say boilerplate,
and walks from the page's root down to the smallest box that still holds the article's prose. A
body that is split over several containers stops the walk above them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from .blocks import Box, Outline, Piece
from .options import Options

_SERIES = 3  # so many boxes of one look that are named comments or captions are one each
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
        named = _boilerplate_boxes(outline, [0, *accumulate(raw)], options)
        self.kinds = _kinds_of_pieces(outline, named)
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
    if not long_enough or piece.link_share > options.prose_link_share or piece.kind == "heading":
        return 0
    return length - piece.linked


def _boilerplate_boxes(outline: Outline, sums: list[int], options: Options) -> frozenset[int]:
    """Boxes whose names say boilerplate and are to be believed: all boxes of one name together hold no more than
    ``box_share`` of the page's prose (publishers call every paragraph ``paywall``, too), or they stand beside a
    box that says "article body", or they are what may be longer than the story: its comments, a gallery's captions.
    One that holds the headline is the story's header, whatever it is called.
    """
    most = options.box_share * sums[-1]
    headline = outline.first_headline()
    named = [(i, box) for i, box in enumerate(outline.boxes) if box.look.kind and not box.holds(headline)]
    held: dict[str, int] = {}
    for _, box in named:
        held[box.look.named_by] = held.get(box.look.named_by, 0) + sums[box.last] - sums[box.first]
    comments = _comments(outline, sums, most, options)
    captions = "caption" if _has_gallery(outline, sums, options) else ""
    body = _body_of(outline, sums, most, options.descend_share)
    if body is None:
        long = frozenset(i for i, box in named if box.first >= comments or box.look.kind == captions)
        return long | frozenset(i for i, box in named if held[box.look.named_by] <= most)
    first, last = body

    def is_believed(box: Box) -> bool:
        if box.first <= first and last <= box.last:
            return False  # it holds the body
        beside = box.last <= first or last <= box.first
        after = box.look.kind == "comments" and box.first >= comments
        return beside or after or box.look.kind == captions or held[box.look.named_by] <= most

    return frozenset(i for i, box in named if is_believed(box))


def _comments(outline: Outline, sums: list[int], most: float, options: Options) -> int:
    """The first piece of what is named comments, however long, where enough prose stands before it: a story's length
    before one comment after another, more before a box that is only called so («commentaires» of a match).
    """
    boxes = _named(outline, "comments")
    first = min((box.first for box in boxes), default=len(outline.pieces))
    enough = options.story_length if _is_series(boxes, sums) else most / 3
    return first if sums[first] >= enough else len(outline.pieces)


def _has_gallery(outline: Outline, sums: list[int], options: Options) -> bool:
    """Whether there is one caption after another, and a story without them."""
    boxes = _named(outline, "caption")
    captioned = {at for box in boxes for at in range(box.first, box.last)}
    others = sums[-1] - sum(sums[at + 1] - sums[at] for at in captioned)
    return others >= options.story_length and _is_series(boxes, sums)


def _named(outline: Outline, kind: str) -> list[Box]:
    return [box for box in outline.boxes if box.look.kind == kind and box.last > box.first]


def _is_series(boxes: list[Box], sums: list[int]) -> bool:
    """Whether some of them have one look and prose each."""
    alike = Counter(box.look.short for box in boxes if sums[box.last] > sums[box.first])
    return max(alike.values(), default=0) >= _SERIES


def _body_of(outline: Outline, sums: list[int], most: float, share: float) -> tuple[int, int] | None:
    """The pieces that a site's selector names, or else the largest box that says "article body", or the one inside
    it that holds this share of what is no boilerplate.
    """
    marked = [box for box in outline.boxes if box.look.mark == "content" and box.last > box.first]
    if marked:
        return min(box.first for box in marked), max(box.last for box in marked)
    bodies = [box for box in outline.boxes if box.look.content_name and not box.look.kind]
    body = max(bodies, key=lambda box: sums[box.last] - sums[box.first], default=None)
    if body is None or sums[body.last] - sums[body.first] < most / 5:
        return None
    plain = _plain(outline, sums, body)
    enough = max(most / 5, share * (plain[body.last] - plain[body.first]))
    inner = [box for box in bodies if box.is_in(body) and plain[box.last] - plain[box.first] >= enough]
    body = inner[-1] if inner else body  # outer boxes come before those inside them
    return body.first, body.last


def _plain(outline: Outline, sums: list[int], body: Box) -> list[int]:
    """The prose up to each piece, without that of boxes inside a body whose names say boilerplate: a live ticker
    beside the article may be longer than it.
    """
    boxes = enumerate(outline.boxes)
    named = frozenset(i for i, box in boxes if box.look.kind and box.is_in(body) and not body.is_in(box))
    kinds = _kinds_of_pieces(outline, named)
    return [0, *accumulate(sums[at + 1] - sums[at] if kind is None else 0 for at, kind in enumerate(kinds))]


def _kinds_of_pieces(outline: Outline, named: frozenset[int]) -> list[int | None]:
    """For each piece the outermost box around it whose name says boilerplate."""
    kinds: list[int | None] = [None] * len(outline.pieces)
    reached = 0
    for index in sorted(named):  # outer boxes come before those inside them
        box = outline.boxes[index]
        if box.first >= reached:
            kinds[box.first : box.last] = [index] * (box.last - box.first)
            reached = max(reached, box.last)
    return kinds


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
