"""Consent dialogs inside pages, by what they say: their class names are made up; they may be longer than the story."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import accumulate

from .blocks import Box, Outline
from .toml import DATA, read_toml

NAME = "consent dialog"  # what says so, in the place of a class name
_SENTENCE = 60  # characters; a button or a link is shorter
_CUES = 2  # different ones
_SHARE = 0.4  # of the dialog's sentences have one
_STORY = 200  # characters of sentences that are no dialog: without them the page is nothing else


@cache
def _said() -> tuple[tuple[str, ...], re.Pattern[str]]:
    found = read_toml(DATA / "consent.toml")
    cues = [".{0,40}?".join(map(re.escape, cue.split("…"))) for cue in found["cues"]]
    return tuple(found["stems"]), re.compile("|".join(cues))


def name_consent(outline: Outline) -> None:
    """Give the boxes of consent dialogs their kind, as if a class name said it. The one that holds the headline is the
    story's, and a page that is nothing but a dialog stays as it is (interstitials.py).
    """
    texts = [(at, piece.text.lower()) for at, piece in enumerate(outline.pieces) if len(piece.text) >= _SENTENCE]
    stems, pattern = _said()
    found = [(at, {*pattern.findall(text)}) for at, text in texts if any(stem in text for stem in stems)]
    cues = [(at, said) for at, said in found if said]
    if len(set().union(*(said for _, said in cues))) < _CUES:
        return
    headline = outline.first_headline()
    said_at, more = [at for at, _ in cues], until_another([said for _, said in cues])
    told_at, lengths = [at for at, _ in texts], [0, *accumulate(len(text) for _, text in texts)]
    for box in _around(outline, said_at):
        says, says_to = bisect_left(said_at, box.first), bisect_left(said_at, box.last)
        tells, tells_to = bisect_left(told_at, box.first), bisect_left(told_at, box.last)
        is_dialog = more[says] <= says_to and says_to - says >= _SHARE * (tells_to - tells)
        rest = lengths[-1] - lengths[tells_to] + lengths[tells]
        if is_dialog and rest >= _STORY and not box.holds(headline):
            box.look = box.look._replace(kind="legal", named_by=NAME)


def until_another(said: list[set[str]]) -> list[int]:
    """For each sentence with cues the end of the shortest stretch from it on that has two different ones."""
    ends = [len(said) + 1] * (len(said) + 1)
    for at in range(len(said) - 1, -1, -1):
        alone = ends[at + 1] if said[at : at + 1] == said[at + 1 : at + 2] else at + 2
        ends[at] = at + 1 if len(said[at]) >= _CUES else min(alone, len(said) + 1)
    return ends


def _around(outline: Outline, pieces: list[int]) -> list[Box]:
    """All boxes around any of these pieces, each once."""
    found: dict[int, None] = {}
    for at in pieces:
        index = outline.pieces[at].box
        while index >= 0 and index not in found:
            found[index] = None
            index = outline.boxes[index].parent
    return [outline.boxes[index] for index in found]
