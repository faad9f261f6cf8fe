"""Fingerprints of a body: equal for equal words, however they are spelled or spaced.

Values only; which of two articles is the duplicate is decided by the pipeline.
"""

from __future__ import annotations

import hashlib

from .characters import folded


def exact(body: str) -> str:
    """128 bits of the folded words, in hex: the same for texts that differ in spelling habits only."""
    return hashlib.blake2b(folded(body).encode("utf-8"), digest_size=16).hexdigest()


def shingles(body: str, size: int = 4) -> list[str]:
    """The folded word shingles that near-duplicate sketches are made of.

    >>> shingles("Rain is expected in Harbour.")
    ['rain is expected in', 'is expected in harbour']
    """
    words = folded(body).split()
    if len(words) <= size:
        return [" ".join(words)]
    return [*map(" ".join, zip(*(words[at:] for at in range(size)), strict=False))]  # each begins a word later
