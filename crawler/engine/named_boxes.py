"""Which boxes are what their names say: a name is believed by how much prose of the page stands in the box, and where.

``sums`` has the prose up to each piece, so that a box's is found by a subtraction.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate

from .blocks import Box, Outline
from .consent import NAME
from .options import Options

_SERIES = 3  # so many boxes of one look that are named comments or captions are one each
_PARAGRAPH = 200  # characters of prose: a disclosure or a product's name is shorter


def boilerplate_boxes(outline: Outline, sums: list[int], options: Options) -> frozenset[int]:
    """Boxes whose names say boilerplate and are to be believed: all boxes of one name together hold no more than
    ``box_share`` of the page's prose (publishers call every paragraph ``paywall``, too), or they stand beside a
    box that says "article body", or they are what may be longer than the story: its comments, a gallery's captions.
    One that holds the headline is the story's header, and an advertisement that holds a whole paragraph is none: the
    publisher has wrapped the place between two paragraphs with one of them.
    """
    most = options.box_share * sums[-1]
    headline = outline.first_headline()
    named = [(i, box) for i, box in enumerate(outline.boxes) if box.look.kind and not box.holds(headline)]
    named = [(i, box) for i, box in named if box.look.kind != "ad" or sums[box.last] - sums[box.first] < _PARAGRAPH]
    held: dict[str, int] = {}
    for _, box in named:
        held[box.look.named_by] = held.get(box.look.named_by, 0) + sums[box.last] - sums[box.first]
    comments = _comments(outline, sums, most, options)
    most -= options.box_share * _prose_of_comments(outline, sums, comments)
    captions = "caption" if _has_gallery(outline, sums, options) else ""
    known = frozenset(i for i, box in named if box.look.named_by == NAME)  # by what it says
    body = _body_of(outline, sums, most, options.descend_share)
    if body is None:
        long = frozenset(i for i, box in named if box.first >= comments or box.look.kind == captions)
        return known | long | frozenset(i for i, box in named if held[box.look.named_by] <= most)
    first, last = body

    def is_believed(box: Box) -> bool:
        if box.first <= first and last <= box.last:
            return False  # it holds the body
        beside = box.last <= first or last <= box.first
        after = box.look.kind == "comments" and box.first >= comments
        return beside or after or box.look.kind == captions or held[box.look.named_by] <= most

    return known | frozenset(i for i, box in named if is_believed(box))


def _comments(outline: Outline, sums: list[int], most: float, options: Options) -> int:
    """The first piece of what is named comments, however long, where enough prose stands before it: a story's length
    before one comment after another, more before a box that is only called so («commentaires» of a match).
    """
    boxes = _named(outline, "comments")
    first = min((box.first for box in boxes), default=len(outline.pieces))
    enough = options.story_length if _is_series(boxes, sums) else most / 3
    return first if sums[first] >= enough else len(outline.pieces)


def _prose_of_comments(outline: Outline, sums: list[int], comments: int) -> int:
    """How much of the page's prose readers wrote: no measure of the story."""
    reached = comments
    total = 0
    for box in _named(outline, "comments"):
        if box.first >= reached:
            total += sums[box.last] - sums[box.first]
            reached = box.last
    return total


def _has_gallery(outline: Outline, sums: list[int], options: Options) -> bool:
    """Whether there is one caption after another, and a story without them."""
    boxes = _named(outline, "caption")
    if not _is_series(boxes, sums):  # as on most pages
        return False
    captioned = {at for box in boxes for at in range(box.first, box.last)}
    return sums[-1] - sum(sums[at + 1] - sums[at] for at in captioned) >= options.story_length


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
    kinds = kinds_of_pieces(outline, named)
    return [0, *accumulate(sums[at + 1] - sums[at] if kind is None else 0 for at, kind in enumerate(kinds))]


def kinds_of_pieces(outline: Outline, named: frozenset[int]) -> list[int | None]:
    """For each piece the outermost box around it whose name says boilerplate."""
    kinds: list[int | None] = [None] * len(outline.pieces)
    reached = 0
    for index in sorted(named):  # outer boxes come before those inside them
        box = outline.boxes[index]
        if box.first >= reached:
            kinds[box.first : box.last] = [index] * (box.last - box.first)
            reached = max(reached, box.last)
    return kinds
