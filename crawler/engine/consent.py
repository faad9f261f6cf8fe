"""Consent dialogs inside pages, by what they say: their class names are made up; they may be longer than the story."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import accumulate

from .blocks import Outline
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
    found = {at: {*pattern.findall(text)} for at, text in texts if any(stem in text for stem in stems)}
    cues = {at: said for at, said in found.items() if said}
    if len(set().union(*cues.values())) < _CUES:
        return
    headline = outline.first_headline()
    places = [at for at, _ in texts]
    lengths = [0, *accumulate(len(text) for _, text in texts)]
    for index in {box for at in cues for box in outline.chain(outline.pieces[at].box)}:
        box = outline.boxes[index]
        first, last = bisect_left(places, box.first), bisect_left(places, box.last)
        said = [cue for at, cue in cues.items() if box.holds(at)]
        is_dialog = len(set().union(*said)) >= _CUES and len(said) >= _SHARE * (last - first)
        rest = lengths[-1] - lengths[last] + lengths[first]
        if is_dialog and rest >= _STORY and not box.holds(headline):
            box.look = box.look._replace(kind="legal", named_by=NAME)
