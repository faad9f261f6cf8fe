"""Whether a short line speaks as a page does to its visitor («فعّل الإشعارات», "Unlock this article"), by its words.

The phrase files know what they list. Their words know more: a logistic regression over words and pairs of words (L1:
most weights are nought) has learned, for each language, what tells their phrases from the short lines of articles,
where one such word may stand as well («Email leak»). ``make train`` writes
model/interface_words.json; its head says from what, and how well it did.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from .labels import MODELS
from .wording import line_key

BIAS = ""  # the weight that every line has
SURE = 0.9  # from which probability on a line is taken for the page's
_WORDS = range(2, 13)  # of a line
_STEM = 5  # letters: longer words count by their beginning, too («subscribe», «subscription»)


def signs(line: str) -> set[str]:
    """What is weighed of a line, folded, every number 0: its words, their beginnings («subsc*»), which come first
    («^get») and last («alerts$»), and pairs of them.
    """
    words = line_key(line).split()
    return {*_signs(words)} if words else set()


def _signs(words: list[str]) -> Iterator[str]:
    yield BIAS
    yield f"^{words[0]}"
    yield f"{words[-1]}$"
    for word in words:
        yield word
        if len(word) > _STEM:
            yield f"{word[:_STEM]}*"
    for pair in pairwise(words):
        yield " ".join(pair)


@cache
def _weights() -> dict[str, dict[str, float]]:
    return dict(json.loads((MODELS / "interface_words.json").read_text(encoding="utf-8"))["weights"])


def may_be(line: str) -> bool:
    """Whether a line that is no sentence can be one: some words that open nothing."""
    return line.count(" ") + 1 in _WORDS and not line.endswith(":")


def is_one(language: str | None, line: str) -> bool:
    """Whether a line that is no sentence is the page's, for sure enough."""
    return may_be(line) and probability(language, line) >= SURE


def probability(language: str | None, line: str) -> float:
    """From 0 to 1, how likely a short line is the page's and not the article's; 0 in a language that is not learned."""
    known = _weights().get((language or "").partition("-")[0])
    return of_weights(known, line) if known else 0.0


def of_weights(weights: Mapping[str, float], line: str) -> float:
    """The same by one language's weights."""
    total = math.fsum(weights.get(sign, 0.0) for sign in signs(line))  # the same in any order: signs are a set
    return 1 / (1 + math.exp(-total))
