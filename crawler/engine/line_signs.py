"""What a line begins and ends with and holds, for a whole batch of lines at once: evidence for their labeller."""

from __future__ import annotations

from typing import Any

import numpy as np

from .characters import codes_of

#: What a list item of a text file begins with.
MARKS = "•▪●◦‣*·–—-"
#: What the labeller is told of them, in its order.
SIGNS = ("address", "colon", "ends", "begins", "stop")
_ENDS = '.:;!?…"”»)|-'
_BEGINS = '-•|*"“«(['
_STOPS = ".۔।。"
_LABEL = 40  # a colon that ends a label stands before


def signs(codes: Any, breaks: Any) -> dict[str, Any]:
    """For each line, given as code points with ``breaks`` between them: whether it holds an address, whether a colon
    stands in its first characters, which sign it ends and begins with (-1: none of ours), whether it ends in a full
    stop, and whether it begins as an item of a list or a row of a table does.
    """
    begins = np.concatenate(([0], breaks + 1))
    first, last = codes.take(begins), codes.take(np.concatenate((breaks, [len(codes)])) - 1)
    colons, dots, ats = (np.flatnonzero(codes == ord(sign)) for sign in ":.@")
    early = np.zeros(len(begins), dtype=bool)
    lines = np.searchsorted(breaks, colons)
    early[lines[colons - begins.take(lines) < _LABEL]] = True
    address = np.zeros(len(begins), dtype=bool)
    named = _beside(codes, dots, 1, "com") | _beside(codes, dots, -3, "www")
    for at in (ats, colons[_beside(codes, colons, 1, "//")], dots[named]):
        address[np.searchsorted(breaks, at)] = True
    return {
        "address": address,
        "colon": early,
        "ends": _which(last, _ENDS),
        "begins": _which(first, _BEGINS),
        "stop": _which(last, _STOPS) >= 0,
        "item": _which(first, MARKS) >= 0,
        "row": first == ord("|"),
    }


def _beside(codes: Any, at: Any, step: int, letters: str) -> Any:
    """Whether these letters stand so far from each of some places."""
    found = (at + step >= 0) & (at + step + len(letters) <= len(codes))
    for place, code in enumerate(codes_of(letters), step):
        found &= codes.take(at + place, mode="clip") == code
    return found


def _which(codes: Any, signs: str) -> Any:
    """The place of each among these signs, -1 where it is none."""
    found = np.full(len(codes), -1, dtype=np.int8)
    for place, sign in enumerate(signs):
        found[codes == ord(sign)] = place
    return found
