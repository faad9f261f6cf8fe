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
    pieces, boxes = draft.pieces[window.first : window.last], draft.outline.boxes
    found = _distances(draft, [piece.box for piece in pieces])
    prose = [0, *accumulate(draft.prose)]
    lengths = [0, *accumulate([len(piece.text) for piece in draft.pieces])]
    total = max(1, prose[-1])
    held = {}
    table = []
    for piece in pieces:
        row: list[float] = []
        around = piece.box
        for _ in range(_LEVELS):
            if around not in held:
                box = boxes[around]
                inside = prose[box.last] - prose[box.first]
                length = max(1, lengths[box.last] - lengths[box.first])
                held[around] = (inside / total, inside / length, box.last - box.first)
            row += held[around]
            around = max(0, boxes[around].parent)
        table.append(row)
    names = [f"{name}_{level}" for level in range(_LEVELS) for name in ("prose_share", "prose_density", "blocks")]
    found |= zip(names, np.array(table, dtype=np.float32).T, strict=True)
    kinds = map(draft.kind_around, range(window.first, window.last))
    found["named"] = np.array([_BOX_KINDS.get(kind or "", -1) for kind in kinds], dtype=np.float32)
    found["has_names"] = np.array([bool(boxes[piece.box].look.names) for piece in pieces], dtype=np.float32)
    return found


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
    needed = {around for box in set(own) for around in draft.outline.chain(box)}
    for at in sorted(needed):  # parents come before their children
        box = boxes[at]
        depth, nearest, kinds, off_spine, spine_level = places[box.parent]
        depth += 1
        if box.look.sorts:
            changed = list(nearest)
            for sort in box.look.sorts:
                changed[sort] = depth
            nearest = tuple(changed)
        level = spine.get(at)
        places[at] = _Place(
            depth,
            nearest,
            kinds + (box.look.kind is not None),
            off_spine + 1 if level is None else 0,
            spine_level if level is None else level,
        )
    standing = [places[box] for box in own]
    depths = np.array([place.depth for place in standing], dtype=np.float32)
    nearest_depths = np.array([place.nearest for place in standing], dtype=np.float32)
    far = np.minimum(depths[:, None] - nearest_depths, FAR)
    found: dict[str, Row] = {f"to_{sort}": far[:, number] for number, sort in enumerate(SORTS)}
    found["depth"] = depths
    for name in ("kinds", "off_spine", "spine_level"):
        found[name] = np.array([getattr(place, name) for place in standing], dtype=np.float32)
    return found
