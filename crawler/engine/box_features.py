"""What the elements around a block say: names, tags, and how much of the page's prose they hold.

A distance counts elements from the block outwards to the nearest one that fits, ``FAR`` where there is none.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from .draft import Draft
from .looks import SORTS

FAR = 30
_BOX_KINDS = {
    kind: number
    for number, kind in enumerate(
        "comments share related tags cta legal caption byline ad nav date chrome inline_related".split()
    )
}
_LEVELS = 4  # of elements around a block whose prose is counted
Row = Any  # a float32 array, one number a block


class Window(NamedTuple):
    """The pieces that features are made for: ``pieces[first:last]``."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """How many they are."""
        return self.last - self.first


def of_boxes(draft: Draft, window: Window) -> dict[str, Row]:
    """What is around a block: names, tags, and how much of the page's prose the boxes hold."""
    boxes = draft.outline.boxes
    own = [piece.box for piece in draft.pieces[window.first : window.last]]
    found = _distances(draft, own)
    prose = np.array([0, *accumulate(draft.prose)])
    lengths = np.array([0, *accumulate([len(piece.text) for piece in draft.pieces])])
    firsts, lasts, parents = np.array([(box.first, box.last, box.parent) for box in boxes]).T
    around = np.array(own)
    for level in range(_LEVELS):
        first, last = firsts[around], lasts[around]
        inside = prose[last] - prose[first]
        found[f"prose_share_{level}"] = _row(inside / max(1, prose[-1]))
        found[f"prose_density_{level}"] = _row(inside / np.maximum(1, lengths[last] - lengths[first]))
        found[f"blocks_{level}"] = _row(last - first)
        around = np.maximum(0, parents[around])
    kinds = map(draft.kind_around, range(window.first, window.last))
    found["named"] = _row([_BOX_KINDS.get(kind or "", -1) for kind in kinds])
    found["has_names"] = _row([bool(boxes[box].look.names) for box in own])
    return found


def _row(numbers: Any) -> Row:
    return np.asarray(numbers, dtype=np.float32)


def _spine(draft: Draft) -> dict[int, int]:
    """The boxes around the longest paragraph of the chosen content, by how far out they are."""
    longest = max(draft.content.inside, key=lambda at: (draft.prose[at], -at))
    return {box: level for level, box in enumerate(draft.outline.chain(draft.pieces[longest].box))}


class _Place(NamedTuple):
    """Where a box stands: how deep, and how deep the nearest one of each sort around it is."""

    depth: int
    nearest: tuple[int, ...]
    kinds: int  # boxes around it that are named as boilerplate
    off_spine: int  # how far out the spine is
    spine_level: int  # and where on it that is


def _distances(draft: Draft, own: list[int]) -> dict[str, Row]:
    """For the boxes of the blocks how far out the nearest one of each sort is."""
    boxes, spine = draft.outline.boxes, _spine(draft)
    places = {-1: _Place(0, (-FAR,) * len(SORTS), 0, FAR, FAR)}
    needed: set[int] = set()
    for box in own:
        around = box
        while around >= 0 and around not in needed:
            needed.add(around)
            around = boxes[around].parent
    for at in sorted(needed):  # parents come before their children
        look = boxes[at].look
        depth, nearest, kinds, off_spine, spine_level = places[boxes[at].parent]
        depth += 1
        if look.sorts:
            changed = list(nearest)
            for sort in look.sorts:
                changed[sort] = depth
            nearest = tuple(changed)
        level = spine.get(at)
        places[at] = _Place(
            depth,
            nearest,
            kinds + (look.kind is not None),
            off_spine + 1 if level is None else 0,
            spine_level if level is None else level,
        )
    standing = [places[box] for box in own]
    depths = _row([place.depth for place in standing])
    nearest_depths = _row([place.nearest for place in standing])
    far = np.minimum(depths[:, None] - nearest_depths, FAR)
    found: dict[str, Row] = {f"to_{sort}": far[:, number] for number, sort in enumerate(SORTS)}
    found["depth"] = depths
    for name in ("kinds", "off_spine", "spine_level"):
        found[name] = _row([getattr(place, name) for place in standing])
    return found
