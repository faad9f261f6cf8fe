"""What the labeller of lines knows about each: one row of numbers for every line that is judged.

Judged are lines that are no long paragraphs and no rows of tables. All documents of a batch make one table, so
that numpy is asked once for all of them and so are the trees.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from .characters import PUNCTUATION
from .language import CUE_KINDS
from .line_hints import CUE
from .line_rules import LINE_RULES
from .lines import MARKS, Document

JUDGED = 250  # longer lines are paragraphs
CUE_WORDS = 60
_NO_CUES = (0,) * len(CUE_KINDS)
_MISSING = -5.0  # a neighbour before the first line or after the last
_RULES = {rule.name: float(number) for number, rule in enumerate(LINE_RULES)}
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
    "cta": (-1, 1),
}
#: Of every line, judged or not, from what is counted already.
_OF_ALL = (
    "size finished item rule capitals upper words letters_a_word digits commas stops bars quotes at_signs questions "
    "to_last place after length_share from_prose to_prose run run_at"
).split()
#: Of the judged ones alone.
_OWN = "address colon ends begins stop cta byline legal times".split()
NAMES = (*_OF_ALL, *_OWN, *(f"{name}{step:+d}" for name, steps in _NEIGHBOURS.items() for step in steps))


def is_judged(document: Document, at: int) -> bool:
    """Whether the labeller has a say."""
    return document.sizes[at] < JUDGED and document.texts[at][0] != "|"


def table(documents: Sequence[Document]) -> tuple[list[tuple[int, int]], Any]:
    """The judged lines as (document, line), and a table with a row for each of NAMES and a column for each line."""
    where: list[tuple[int, int]] = []
    index: list[int] = []  # of the judged lines among all of the batch
    own: list[tuple[float, ...]] = []
    first = 0
    for at_document, document in enumerate(documents):
        judged = [at for at in range(len(document)) if is_judged(document, at)]
        if judged:
            where += [(at_document, at) for at in judged]
            index += [first + at for at in judged]
            own += _own(document, judged)
        first += len(document)
    if not where:
        return [], np.empty((len(NAMES), 0), dtype=np.float32)
    full = [document for document in documents if len(document)]
    lengths = np.array([len(document) for document in full])
    number = np.repeat(np.arange(len(full)), lengths)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    judged_lines = np.array(index)
    mine = dict(zip(_OWN, np.array(own, dtype=np.float32).T, strict=True))
    columns = _of_all(full, number, starts)
    columns["cta"] = np.zeros(len(number), dtype=np.float32)  # neighbours are told, where it was looked for
    columns["cta"][judged_lines] = mine["cta"]
    near = _near(columns, judged_lines, number)
    rows = [columns[name].take(judged_lines) for name in _OF_ALL]
    return where, np.vstack([*rows, *(mine[name] for name in _OWN), *near]).astype(np.float32)


def _near(columns: dict[str, Any], lines: Any, number: Any) -> list[Any]:
    """What neighbours have in some columns; _MISSING where the document has no such line."""
    found = {}
    for step in {step for steps in _NEIGHBOURS.values() for step in steps}:
        at = np.clip(lines + step, 0, len(number) - 1)
        missing = (at != lines + step) | (number[at] != number[lines])
        for name, steps in _NEIGHBOURS.items():
            if step in steps:
                found[name, step] = np.where(missing, _MISSING, columns[name].take(at))
    return [found[name, step] for name, steps in _NEIGHBOURS.items() for step in steps]


def _of_all(documents: list[Document], number: Any, starts: Any) -> dict[str, Any]:
    """What is known of every line of a batch; ``number`` is its document's, which begins at ``starts[number]``."""
    index = np.arange(len(number))
    start = starts[number]
    length = np.bincount(number)[number]
    at = index - start
    sizes = np.array([size for document in documents for size in document.sizes], dtype=np.float32)
    finished = np.array([end for document in documents for end in document.finished])
    rules = [
        _RULES[document.decisions[line].rule] if line in document.decisions else -1.0
        for document in documents
        for line in range(len(document))
    ]
    counts = {name: np.concatenate([document.counts[name] for document in documents]) for name in documents[0].counts}
    words = np.maximum(1, counts["words"])
    total = np.add.reduceat(sizes, starts)
    told = np.cumsum(sizes, dtype=np.float64)
    told -= (told - sizes)[start]
    found: dict[str, Any] = {
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
    return {name: np.asarray(values, dtype=np.float32) for name, values in found.items()}


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
    same = Counter(document.texts)
    rows = []
    for at in judged:
        text = document.texts[at]
        has_cue = document.hints[at] & CUE
        cues = document.phrases.hints(document.plain[at].split()[:CUE_WORDS]) if has_cue else _NO_CUES
        rows.append(
            (
                "://" in text or "www." in text or ".com" in text or "@" in text,
                ":" in text[:40],
                _ENDS.find(text[-1]),
                _BEGINS.find(text[0]),
                text.endswith(_STOPS),
                *cues,
                same[text],
            )
        )
    return rows
