"""Texts -> ``Document``: lines, their characters put right, and all that can be counted for a whole batch at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..items import Edit
from .blocks import FINISHED, is_blank
from .characters import (
    DENSE,
    DIGIT,
    JOINER,
    NEWLINE,
    PAIR,
    PUNCTUATION,
    SPACE,
    SUSPECT,
    UPPER,
    WORD,
    codes_of,
    tables,
)
from .edits import apply
from .language import Phrases
from .line_hints import reading
from .line_signs import signs
from .lines import COUNTED, Document
from .options import Options
from .text_rules import character_edits


def read(texts: Sequence[str], phrases: Phrases, options: Options, headline: str | None = None) -> list[Document]:
    """Texts as documents. Lines end in LF, CRLF or CR."""
    documents = [_split(text, phrases, options, headline) for text in texts]
    _put_right(documents)
    lines = [line for document in documents for line in document.texts]
    if lines:
        _describe(documents, codes_of("\n".join(lines)))
    return documents


def _split(raw_text: str, phrases: Phrases, options: Options, headline: str | None) -> Document:
    """The lines that hold something else than white space."""
    document = Document(raw_text, phrases, options, headline)
    texts, starts, ends = document.texts, document.starts, document.ends
    at = 0
    for line in re.split(r"\r(?!\n)|\n", raw_text) if "\r" in raw_text else raw_text.split("\n"):
        text = line.strip()
        if text:
            start = at if len(text) == len(line) else at + line.index(text)
            texts.append(text)
            starts.append(start)
            ends.append(start + len(text))
        at += len(line) + 1
    return document


def _put_right(documents: list[Document]) -> None:
    """Run the character rules on the lines that hold something for them; what was nothing else is no line."""
    lines = [(document, at) for document in documents for at in range(len(document.texts))]
    if not lines:
        return
    codes = codes_of("\n".join([document.texts[at] for document, at in lines]))
    flags = tables().flags.take(codes)
    paired = np.zeros(len(flags), dtype=bool)
    paired[1:] = (flags[1:] & flags[:-1] & (PAIR | SPACE)) > 0
    blank: dict[int, list[int]] = {}
    suspects = (((flags & SUSPECT) > 0) | paired) & (codes != NEWLINE)
    # Between two letters a joiner is spelling. The first and the last of a batch, which may lack a neighbour, stay
    # suspects: the character rules leave them alone all the same.
    joiners = np.flatnonzero(codes == JOINER)[1:-1]
    suspects[joiners] = (flags[joiners - 1] & flags[joiners + 1] & WORD) == 0
    for number in np.unique(np.cumsum(codes == NEWLINE)[suspects]).tolist():
        document, at = lines[number]
        if is_blank(document.texts[at]):
            blank.setdefault(id(document), []).append(at)
            continue
        start, end = document.starts[at], document.ends[at]
        edits = character_edits(document.raw_text, start, end)
        if edits:
            document.character_edits[at] = edits
            document.texts[at] = apply(document.texts[at], [_moved(edit, -start) for edit in edits])
    for document in documents:
        for at in reversed(blank.get(id(document), ())):
            document.drop(at)


def _describe(documents: list[Document], codes: Any) -> None:
    """Fill the columns that come from characters."""
    found = reading(documents[0].phrases, codes)
    edges = np.concatenate(([-1], found.breaks, [len(codes)]))
    counts = _counts(codes, found.flags, found.breaks)
    counts["words"] = np.bincount(found.words.lines, minlength=len(found.breaks) + 1)
    sizes = np.diff(edges) - 1 + counts["dense"]
    table = np.stack([counts[name] for name in COUNTED]).astype(np.int32)
    at = 0
    for document in documents:
        part = slice(at, at + len(document.texts))
        at = part.stop
        document.spelled, document.plain, document.hints = found.spelled[part], found.plain[part], found.hints[part]
        document.sizes = sizes[part].tolist()
        document.counts = table[:, part]
        document.finished = [text.endswith(FINISHED) for text in document.texts]


def _counts(codes: Any, flags: Any, breaks: Any) -> dict[str, Any]:
    """How many capitals, digits, signs, … each line has. They are few, so only they are looked at."""
    size = len(breaks) + 1
    found = {}
    at = np.flatnonzero(flags & (DENSE | UPPER | DIGIT))
    kinds, lines = flags[at], np.searchsorted(breaks, at)
    for name, bit in (("dense", DENSE), ("upper", UPPER), ("digits", DIGIT)):
        found[name] = np.bincount(lines[(kinds & bit) > 0], minlength=size)
    begins_word = (at == 0) | ((flags[at - 1] & WORD) == 0)
    found["capitals"] = np.bincount(lines[begins_word & ((kinds & UPPER) > 0)], minlength=size)
    kinds = tables().punctuation.take(codes)
    at = np.flatnonzero(kinds)
    kinds, lines = kinds[at], np.searchsorted(breaks, at)
    for number, name in enumerate(PUNCTUATION, 1):
        found[name] = np.bincount(lines[kinds == number], minlength=size)
    return found | signs(codes, breaks)


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(start=edit.start + by, end=edit.end + by, text=edit.text, rule=edit.rule, kind=edit.kind)
