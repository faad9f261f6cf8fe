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
    """The articles of one run so far."""

    def __init__(self) -> None:
        self._urls: list[str] = []
        self._exact: dict[str, str] = {}
        self._sketches: list[RMinHash] = []
        self._near = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)

    def exact(self, fingerprint: str) -> str | None:
        """The address of the article with just these words, if one was added."""
        return self._exact.get(fingerprint)

    def near(self, shingles: Sequence[str]) -> str | None:
        """The address of the most similar article over the threshold, if one was added."""
        sketch = _sketch(shingles)
        scored = [(sketch.jaccard(self._sketches[i]), -i) for i in self._near.query(sketch)]
        best = max(scored, default=(0.0, 0))
        return self._urls[-best[1]] if best[0] >= THRESHOLD else None

    def add(self, url: str, fingerprint: str, shingles: Sequence[str]) -> None:
        """Remember an article."""
        sketch = _sketch(shingles)
        self._near.insert(len(self._urls), sketch)
        self._urls.append(url)
        self._sketches.append(sketch)
        self._exact.setdefault(fingerprint, url)


def _sketch(shingles: Sequence[str]) -> RMinHash:
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
    sketch.update(list(shingles))
    return sketch
