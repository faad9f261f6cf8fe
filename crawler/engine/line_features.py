"""What the labeller of lines knows about each: one row of numbers for every line that is judged.

Judged are lines that are no long paragraphs and no rows of tables. All documents of a batch make one table, so
that numpy is asked once for all of them and so are the trees.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np

from .characters import PUNCTUATION
from .line_rules import LINE_RULES
from .lines import MARKS, Document

JUDGED = 250  # longer lines are paragraphs
FINISHED_JUDGED = 120  # and so are these that end like a sentence
CUE_WORDS = 60
_MISSING = -5.0  # a neighbour before the first line or after the last
_APART = 3  # how far neighbours are looked at
_RULES = {rule.name: float(number) for number, rule in enumerate(LINE_RULES)}
_ADDRESS = ("http", "www.", ".com", ".org", ".net", "@")
_ENDS = '.:;!?…"”»)|-'
_BEGINS = '-•|*"“«(['
_STOPS = (".", "۔", "।", "。")
#: Neighbours and what is known of them: name -> how far away.
_NEIGHBOURS = {
    "size": (-2, -1, 1, 2, 3),
    "finished": (-2, -1, 1, 2),
    "item": (-2, -1, 1, 2),
    "rule": (-2, -1, 1, 2),
    "capitals": (-1, 1),
    "upper": (-1, 1),
    "elsewhere": (-1, 1),
    "cta": (-1, 1),
}
#: Of every line, judged or not, from what is counted already.
_OF_ALL = (
    "size finished item rule capitals upper words letters_a_word digits commas stops bars quotes at_signs questions "
    "to_last place after length_share from_prose to_prose run run_at"
).split()
#: Of the judged ones alone.
_OWN = ("address colon ends begins stop cta byline legal elsewhere new_words in_first in_next in_before times").split()
_TOLD = ("elsewhere", "cta")  # those of its own that a line's neighbours are told
NAMES = (*_OF_ALL, *_OWN, *(f"{name}{step:+d}" for name, steps in _NEIGHBOURS.items() for step in steps))


def is_judged(document: Document, at: int) -> bool:
    """Whether the labeller has a say."""
    longest = FINISHED_JUDGED if document.finished[at] else JUDGED
    return document.sizes[at] < longest and document.texts[at][0] != "|"


def table(documents: Sequence[Document]) -> tuple[list[tuple[int, int]], Any]:
    """The judged lines as (document, line), and a table with a row for each of NAMES and a column for each line."""
    where: list[tuple[int, int]] = []
    own: list[tuple[float, ...]] = []
    places: list[int] = []  # of the judged lines, in columns with room for neighbours beside each document
    place = _APART
    for number, document in enumerate(documents):
        judged = [at for at in range(len(document)) if is_judged(document, at)]
        if judged:
            where += [(number, at) for at in judged]
            places += [place + at for at in judged]
            own += _own(document, judged)
        place += (len(document) + _APART) if len(document) else 0
    if not where:
        return [], np.empty((len(NAMES), 0), dtype=np.float32)
    at = np.array(places)
    mine = np.array(own, dtype=np.float32).T
    columns = _of_all([document for document in documents if len(document)], place)
    for name in _TOLD:
        columns[name] = np.zeros(place, dtype=np.float32)
        columns[name][at] = mine[_OWN.index(name)]
    near = [columns[name].take(at + step) for name, steps in _NEIGHBOURS.items() for step in steps]
    return where, np.vstack([*(columns[name].take(at) for name in _OF_ALL), mine, *near])


def _of_all(documents: list[Document], size: int) -> dict[str, Any]:
    """What is known of every line of a batch, in columns of ``size``."""
    lengths = np.array([len(document) for document in documents])
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    number = np.repeat(np.arange(len(documents)), lengths)
    index = np.arange(len(number))
    start, length = starts[number], lengths[number]
    at = index - start
    sizes = np.array([size for document in documents for size in document.sizes], dtype=np.float32)
    finished = np.array([end for document in documents for end in document.finished])
    rules = [
        _RULES[document.decisions[line].rule] if line in document.decisions else -1.0
        for document in documents
        for line in range(len(document))
    ]
    counts = {name: np.concatenate([document.counts[name] for document in documents]) for name in documents[0].counts}
    words = counts["spaces"] + 1
    total = np.add.reduceat(sizes, starts)
    told = np.cumsum(sizes, dtype=np.float64)
    told -= (told - sizes)[start]
    found = {
        "size": sizes,
        "finished": finished,
        "item": [text[0] in MARKS for document in documents for text in document.texts],
        "rule": rules,
        "capitals": counts["capitals"] / words,
        "upper": counts["upper"] / sizes,
        "words": words,
        "letters_a_word": sizes / words,
        "digits": counts["digits"] / sizes,
        **{name: counts[name] for name in PUNCTUATION},
        "to_last": length - 1 - at,
        "place": at / length,
        "after": 1 - told / total[number],
        "length_share": sizes * length / total[number],
        **_prose(finished & (sizes >= documents[0].options.prose_length), index, start, start + length),
    }
    apart = index + _APART * (number + 1)
    columns = {}
    for name, values in found.items():
        columns[name] = np.full(size, _MISSING, dtype=np.float32)
        columns[name][apart] = values
    return columns


def _prose(prose: Any, index: Any, start: Any, stop: Any) -> dict[str, Any]:
    """How far a line is from the document's first and last paragraphs; how many lines in a row are none, and where
    in that row it stands.
    """
    before = np.maximum(np.maximum.accumulate(np.where(prose, index, -1)), start - 1)
    after = np.minimum(np.minimum.accumulate(np.where(prose, index, len(index))[::-1])[::-1], stop)
    first, last = after[start], before[stop - 1]
    return {
        "from_prose": index - first,
        "to_prose": last - index,
        "run": np.where(prose, 0, after - before - 1),
        "run_at": np.where(prose, 0, index - before - 1),
    }


def _own(document: Document, judged: list[int]) -> list[tuple[float, ...]]:
    """What only the judged lines are asked."""
    texts, split = document.texts, document.words
    times = Counter(chain.from_iterable(split))
    same = Counter(texts)
    sets: dict[int, set[str]] = {-1: set(), len(split): set()}
    for line in {0}.union(*((at - 1, at + 1) for at in judged)) - sets.keys():
        sets[line] = set(split[line])
    first = sets[0]
    rows = []
    for at in judged:
        text, words = texts[at], {word for word in split[at] if len(word) > 3}
        size = max(1, len(words))
        elsewhere = sum([times[word] > 1 for word in words])
        rows.append(
            (
                any(sign in text for sign in _ADDRESS),
                ":" in text[:40],
                _ENDS.find(text[-1]),
                _BEGINS.find(text[0]),
                text.endswith(_STOPS),
                *document.phrases.hints(split[at][:CUE_WORDS]),
                elsewhere / size,
                len(words) - elsewhere,
                len(words & first) / size,
                len(words & sets[at + 1]) / size,
                len(words & sets[at - 1]) / size,
                same[text],
            )
        )
    return rows
