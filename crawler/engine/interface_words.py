"""Whether a short line speaks as a page does to its visitor («فعّل الإشعارات», "Unlock this article"), by its words.

The phrase files know what they list. Their words know more: a logistic regression over words and pairs of words (L1:
most weights are nought) has learned, for each language, what tells their phrases from the short lines of articles,
where one such word may stand as well («Email leak»). ``make train`` writes
model/interface_words.json; its head says from what, and how well it did.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from .identification import primary
from .labels import MODELS
from .wording import SENTENCE, line_key

BIAS = ""  # the weight that every line has
SURE = 0.9  # from which probability on a line is taken for the page's
_WORDS = range(2, 13)  # of a line
_STOP = re.compile(r"[.।۔]\s")
_STEM = 5  # letters: longer words count by their beginning, too («subscribe», «subscription»)


def signs(line: str) -> set[str]:
    """What is weighed of a line, folded, every number 0: its words, their beginnings («subsc*»), which come first
    («^get») and last («alerts$»), and pairs of them.
    """
    words = line_key(line).split()
    edges = {f"^{words[0]}", f"{words[-1]}$"} if words else set()
    stems = (f"{word[:_STEM]}*" for word in words if len(word) > _STEM)
    return edges.union(words, stems, map(" ".join, pairwise(words)))


@cache
def _weights() -> dict[str, dict[str, float]]:
    return dict(json.loads((MODELS / "interface_words.json").read_text(encoding="utf-8"))["weights"])


def may_be(line: str) -> bool:
    """Whether a line that is no sentence can be one: some words that open nothing, after no sentence of an article."""
    return line.count(" ") + 1 in _WORDS and not line.endswith(":") and _STOP.search(line) is None


def is_one(language: str | None, line: str) -> bool:
    """Whether a line that can be one is the page's, for sure enough."""
    return probability(language, line) >= SURE


def probability(language: str | None, line: str) -> float:
    """From 0 to 1, how likely a short line is the page's and not the article's; 0 in a language that is not learned."""
    known = _weights().get(primary(language))
    return of_weights(known, line) if known else 0.0


def leaning(language: str | None, text: str) -> float | None:
    """Whether the sentences of a text speak as a page does (above nought) or as an article (below), about -4 to 4;
    nothing in a language that is not learned.
    """
    known = _weights().get(primary(language))
    if not known:
        return None
    said = [signs(sentence) for sentence in SENTENCE.findall(text)]
    leans = [math.fsum([known[sign] for sign in one if sign in known]) / (1 + math.sqrt(len(one))) for one in said]
    return math.fsum(leans) / max(1, len(leans))


def of_weights(weights: Mapping[str, float], line: str) -> float:
    """The same by one language's weights."""
    known = [weights[sign] for sign in signs(line) if sign in weights]
    return 1 / (1 + math.exp(-math.fsum([weights[BIAS], *known])))  # the same in any order: signs are a set
