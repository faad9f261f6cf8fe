"""The rule that goes by what stands beside a block in a box of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..items import RELATED_KINDS
from .blocks import Box, count_words
from .draft import Cut, Draft

_TOLD = ("cta", "ad", "share", "comments", "byline", "chrome", *RELATED_KINDS)
_BOXES = frozenset("div section aside center article".split())
_PARAGRAPHS = 3  # that the article has beside the box, at least
_WORDS = 40  # that no rule knows, at most


def company(draft: Draft) -> Iterator[Cut]:
    """The few words that stand with calls, advertisements or headlines of other stories in a small box of its own,
    between the article's paragraphs or below them, and are no more than twice as many blocks.
    """
    boxes, paragraphs = draft.outline.boxes, draft.paragraphs()
    holders = Counter(boxes[draft.pieces[at].box].parent for at in paragraphs)
    home, held = max(holders.items(), key=lambda holder: holder[1], default=(-1, 0))
    if held < _PARAGRAPHS:
        return
    told = {taken.piece: taken.kind for taken in draft.taken if taken.whole and taken.kind in _TOLD}
    small = _boxes_in(draft, home, (at for at in told if at > paragraphs[0]))
    if not small:  # as on most pages
        return
    beside = _boxes_in(draft, home, paragraphs)
    alike = Counter(boxes[box].look.short for box in beside)
    parts = {boxes[box].look.short for box in beside if box not in small or alike[boxes[box].look.short] > 1}
    for box in map(boxes.__getitem__, sorted(small)):
        if box.look.tag in _BOXES and box.look.short not in parts:  # looks of the article's own parts
            yield from map(Cut, _unknown(draft, box, told))


def _boxes_in(draft: Draft, home: int, pieces: Iterable[int]) -> set[int]:
    """The boxes right inside another that hold one of these pieces."""
    around = (box for at in pieces for box in draft.outline.chain(draft.pieces[at].box))
    return {box for box in around if draft.outline.boxes[box].parent == home}


def _unknown(draft: Draft, box: Box, told: dict[int, str]) -> list[int]:
    """What no rule has taken of a box, where it is little; below headlines alone a paragraph is the article's."""
    rest = [at for at in range(box.first, box.last) if at not in draft.gone]
    known = [at for at in range(box.first, box.last) if at in told]
    are_headlines = all(told[at] in RELATED_KINDS for at in known)
    paragraph = any(draft.is_prose(at) and at > known[-1] for at in rest)
    words = sum(count_words(draft.pieces[at].text) for at in rest)
    is_little = words <= _WORDS and len(rest) <= 2 * len(known)
    return rest if is_little and not (are_headlines and paragraph) else []
