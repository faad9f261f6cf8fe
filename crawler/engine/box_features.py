"""What the elements around a block say: names, tags, and how much of the page's prose they hold.

A distance counts elements from the block outwards to the nearest one that fits, ``FAR`` where there is none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from .blocks import Box
from .draft import Draft
from .names import is_lead_name, words_of

FAR = 30
_BOX_KINDS = {
    kind: number
    for number, kind in enumerate(
        "comments share related tags cta legal caption byline ad nav date chrome inline_related".split()
    )
}
_HIDDEN = frozenset("hidden hide invisible collapsed".split())
_EMBED = frozenset("tweet twitter instagram facebook tiktok embed".split())
Row = Any  # a float32 array, one number a block


def of_boxes(draft: Draft) -> dict[str, Row]:
    """What is around a block: names, tags, and how much of the page's prose the boxes hold."""
    pieces, boxes = draft.pieces, draft.outline.boxes
    own = np.array([piece.box for piece in pieces])
    found = {name: row[own] for name, row in _distances(boxes, _spine(draft)).items()}
    prose = np.concatenate(([0], np.cumsum(draft.prose)))
    ends = np.array([piece.block.end for piece in pieces])
    starts = np.array([piece.block.start for piece in pieces])
    lengths = np.concatenate(([0], np.cumsum(ends - starts)))
    firsts, lasts = np.array([box.first for box in boxes]), np.array([box.last for box in boxes])
    held, length = prose[lasts] - prose[firsts], lengths[lasts] - lengths[firsts]
    parents = np.array([max(0, box.parent) for box in boxes])
    total = max(1, int(prose[-1]))
    around = own
    for level in range(4):
        found[f"prose_share_{level}"] = (held[around] / total).astype(np.float32)
        found[f"prose_density_{level}"] = (held[around] / np.maximum(1, length[around])).astype(np.float32)
        found[f"blocks_{level}"] = (lasts[around] - firsts[around]).astype(np.float32)
        around = parents[around]
    kinds = [None if at is None else boxes[at].kind for at in draft.kinds]
    found["named"] = np.array([_BOX_KINDS.get(kind or "", -1) for kind in kinds], dtype=np.float32)
    found["has_names"] = np.array([bool(boxes[piece.box].names) for piece in pieces], dtype=np.float32)
    return found


def _spine(draft: Draft) -> dict[int, int]:
    """The boxes around the longest paragraph of the chosen content, by how far out they are."""
    longest = max(draft.content.inside, key=lambda at: (draft.prose[at], -at))
    return {box: level for level, box in enumerate(draft.outline.chain(draft.pieces[longest].box))}


@lru_cache(maxsize=65536)
def _box_marks(tag: str, names: str, kind: str | None, *, content_name: bool) -> tuple[str, ...]:
    """The distances that begin at a box like this."""
    words = set(words_of(names).split())
    marks = (
        ("to_kind", kind is not None),
        ("to_comments", kind == "comments"),
        ("to_content_name", content_name),
        ("to_lead_name", is_lead_name(names)),
        ("to_hidden", bool(words & _HIDDEN)),
        ("to_embed", bool(words & _EMBED)),
        *((f"to_{name}", tag == name) for name in ("section", "article", "main", "table", "p", "figure", "ul")),
    )
    return tuple(name for name, holds in marks if holds)


_DISTANCES = (
    "to_kind to_comments to_content_name to_lead_name to_hidden to_embed to_section to_article to_main to_table "
    "to_p to_figure to_ul"
).split()
_PLACE = {name: number for number, name in enumerate(_DISTANCES)}


def _distances(boxes: list[Box], spine: dict[int, int]) -> dict[str, Row]:
    """For every box how far out the nearest one of each sort is; parents come before their children."""
    table: list[list[int]] = []
    depth: list[int] = []
    kinds: list[int] = []
    off_spine: list[int] = []
    spine_level: list[int] = []
    for at, box in enumerate(boxes):
        parent = box.parent
        row = [far + 1 for far in table[parent]] if parent >= 0 else [FAR] * len(_DISTANCES)
        for name in _box_marks(box.tag, box.names, box.kind, content_name=box.content_name):
            row[_PLACE[name]] = 0
        table.append(row)
        depth.append(depth[parent] + 1 if parent >= 0 else 1)
        kinds.append((kinds[parent] if parent >= 0 else 0) + (box.kind is not None))
        on_it = at in spine
        off_spine.append(0 if on_it else off_spine[parent] + 1 if parent >= 0 else FAR)
        spine_level.append(spine[at] if on_it else spine_level[parent] if parent >= 0 else FAR)
    columns = np.minimum(np.array(table, dtype=np.float32), FAR).T
    found: dict[str, Row] = dict(zip(_DISTANCES, columns, strict=True))
    for name, values in (("depth", depth), ("kinds", kinds), ("off_spine", off_spine), ("spine_level", spine_level)):
        found[name] = np.array(values, dtype=np.float32)
    return found
