"""Elements around a single other that say nothing: editors wrap each paragraph in one, and no rule would see what
stands beside it. The walk leaves them out.
"""

from __future__ import annotations

from .blocks import Box, Picture, Piece

_FEW = 50  # blocks or pictures in one


class Wrappers:
    """What one walk remembers to tell wrappers from the parts of a text, of which one may have a single paragraph."""

    def __init__(self) -> None:
        self.parts: list[set[str]] = [set()]  # names of elements with many blocks, in each open one, innermost last

    def open(self) -> None:
        """An element begins."""
        self.parts.append(set())

    def close(self, at: int, boxes: list[Box], pieces: list[Piece], pictures: list[Picture]) -> None:
        """The element ``boxes[at]`` ends: it goes, and what it holds stands in its parent, where it is a wrapper."""
        box = boxes[at]
        self.parts.pop()
        if at != len(boxes) - 2:
            if box.last - box.first > 1:
                self.parts[-1].add(box.look.short)
            return
        if not self._may_go(box):
            return
        inside = pieces[box.first :]
        shown = [number for number in range(max(0, len(pictures) - _FEW), len(pictures)) if pictures[number].box >= at]
        own = [piece.box for piece in inside] + [pictures[number].box for number in shown]
        if at not in own and len(shown) < _FEW:
            del boxes[at]
            boxes[at].parent = box.parent
            for piece in inside:
                piece.box = at
            for number in shown:
                pictures[number] = pictures[number]._replace(box=at)

    def _may_go(self, box: Box) -> bool:
        is_part = "." in box.look.short and box.look.short in self.parts[-1]
        return 0 < box.last - box.first < _FEW and not is_part and box.look.says_nothing
