"""Which article of a run says what an earlier one said: exact by fingerprint, near by MinHash.

The MinHash index is rensa's (kept, compiled, no numpy); the threshold is the Jaccard similarity of
folded four-word shingles.
"""

from __future__ import annotations

from collections.abc import Sequence

from rensa import RMinHash, RMinHashLSH

PERMUTATIONS = 128
BANDS = 32
THRESHOLD = 0.7


class Index:
    """The articles of one run so far, by name: an address, an id."""

    def __init__(self) -> None:
        self._names: list[str] = []  # of those with a sketch
        self._exact: dict[str, str] = {}
        self._sketches: list[RMinHash] = []
        self._near = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)

    def exact(self, fingerprint: str) -> str | None:
        """The name of the article with just these words, if one was added."""
        return self._exact.get(fingerprint)

    def near(self, sketch: RMinHash) -> str | None:
        """The name of the most similar article over the threshold, if one was added."""
        scored = [(sketch.jaccard(self._sketches[i]), -i) for i in self._near.query(sketch)]
        best = max(scored, default=(0.0, 0))
        return self._names[-best[1]] if best[0] >= THRESHOLD else None

    def add(self, name: str, fingerprint: str, sketch: RMinHash | None = None) -> None:
        """Remember an article; without a sketch it is found by its exact words alone."""
        if sketch is not None:
            self._near.insert(len(self._names), sketch)
            self._names.append(name)
            self._sketches.append(sketch)
        self._exact.setdefault(fingerprint, name)


def sketch(shingles: Sequence[str]) -> RMinHash:
    """The MinHash sketch of a text's shingles."""
    made = RMinHash(num_perm=PERMUTATIONS, seed=42)
    made.update(list(shingles))
    return made
