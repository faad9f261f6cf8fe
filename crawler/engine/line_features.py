"""What the labeller of lines knows about each: one row of numbers for every line that is judged.

Judged are lines that are no long paragraphs and no rows of tables, and that no rule is sure of. All documents of a
batch make one table, so that numpy is asked once for all of them and so are the trees.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from .characters import PUNCTUATION
from .language import CUE_KINDS
from .line_hints import CUE
from .line_rules import LINE_RULES
from .line_signs import SIGNS
from .lines import COUNTED, Document

JUDGED = 220  # longer lines are paragraphs
CUE_WORDS = 60
_MISSING = -5.0  # a neighbour before the first line or after the last
_RULES = {rule.name: float(number) for number, rule in enumerate(LINE_RULES)}
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
_OWN = (*SIGNS, *CUE_KINDS, "times")
NAMES = (*_OF_ALL, *_OWN, *(f"{name}{step:+d}" for name, steps in _NEIGHBOURS.items() for step in steps))


def table(documents: Sequence[Document], sure_from: float = math.inf) -> tuple[list[tuple[int, int]], Any]:
    """The judged lines as (document, line), and a table with a row for each of NAMES and a column for each line.

    A line that a rule took with a confidence of ``sure_from`` or more is not judged any more.
    """
    places = [at for at, document in enumerate(documents) if len(document)]
    full = [documents[at] for at in places]
    if not full:
        return [], np.empty((len(NAMES), 0), dtype=np.float32)
    lengths = np.array([len(document) for document in full])
    number = np.repeat(np.arange(len(full)), lengths)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    columns, counts = _of_all(full, number, starts)
    short = (columns["size"] < JUDGED) & (counts["row"] == 0)
    asked = short.copy()
    for document, start in zip(full, starts.tolist(), strict=True):
        for at, decision in document.decisions.items():
            asked[start + at] &= decision.confidence < sure_from
    lines = np.flatnonzero(asked)
    cues = _cues(full, number, starts, short & _or_beside(asked))
    columns |= dict(zip(CUE_KINDS, cues, strict=True))
    own = [*(counts[name] for name in SIGNS), *cues, _times(full)]
    rows = [*(columns[name].take(lines) for name in _OF_ALL), *(column.take(lines) for column in own)]
    owners = number.take(lines)
    where = zip(np.array(places).take(owners).tolist(), (lines - starts.take(owners)).tolist(), strict=True)
    return list(where), np.vstack([*rows, *_near(columns, lines, number)]).astype(np.float32)


def _or_beside(lines: Any) -> Any:
    """These lines and those right before and after them."""
    found = lines.copy()
    found[1:] |= lines[:-1]
    found[:-1] |= lines[1:]
    return found


def _cues(documents: list[Document], number: Any, starts: Any, lines: Any) -> Any:
    """How many cues of each of CUE_KINDS these lines have; the others are not looked at."""
    found = np.zeros((len(CUE_KINDS), len(number)), dtype=np.float32)
    hints = np.array([hint for document in documents for hint in document.hints])
    for line in np.flatnonzero((hints & CUE > 0) & lines).tolist():
        document = documents[number[line]]
        words = document.plain[line - starts[number[line]]].split()
        found[:, line] = document.phrases.hints(words[:CUE_WORDS])
    return found


def _times(documents: Sequence[Document]) -> Any:
    """How often each line stands in its document."""
    found: list[int] = []
    for document in documents:
        if document.has_repeats():
            same = Counter(document.texts)
            found += [same[text] for text in document.texts]
        else:
            found += [1] * len(document)
    return np.array(found)


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


def _of_all(documents: list[Document], number: Any, starts: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is known of every line of a batch, and what was counted in each; ``number`` is its document's, which
    begins at ``starts[number]``.
    """
    index = np.arange(len(number))
    start = starts[number]
    length = np.bincount(number)[number]
    at = index - start
    sizes = np.array([size for document in documents for size in document.sizes], dtype=np.float32)
    finished = np.array([end for document in documents for end in document.finished])
    rules = np.full(len(number), -1.0, dtype=np.float32)
    for document, begin in zip(documents, starts.tolist(), strict=True):
        for line, decision in document.decisions.items():
            rules[begin + line] = _RULES[decision.rule]
    counts = dict(zip(COUNTED, np.concatenate([document.counts for document in documents], axis=1), strict=True))
    words = np.maximum(1, counts["words"])
    total = np.add.reduceat(sizes, starts)
    told = np.cumsum(sizes, dtype=np.float64)
    told -= (told - sizes)[start]
    found: dict[str, Any] = {
        "size": sizes,
        "finished": finished,
        "item": counts["item"],
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
    return {name: np.asarray(values, dtype=np.float32) for name, values in found.items()}, counts


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
