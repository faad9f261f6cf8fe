"""A document without markup as lines: what is known of each before any rule speaks.

Most documents are clean in most lines, and a corpus has billions: everything here is a few operations of C
speed for a whole document, and what only short lines need is asked of short lines only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..items import Edit
from .blocks import NO_HEADLINE_END
from .characters import PUNCTUATION
from .language import Phrases
from .line_hints import line_of
from .line_signs import MARKS, SIGNS
from .options import Options
from .phrase_table import Match

_BLANKS = " \t\r\f\v\u00a0\u3000"

#: What is counted in the characters of a line, and which signs it has: line_signs.py.
COUNTED = ("dense", "upper", "digits", "capitals", *PUNCTUATION, "words", *SIGNS, "item", "row")


class LineCut(NamedTuple):
    """What a rule asks for: take a line out, or ``text[start:stop]`` of it."""

    line: int
    kind: str | None = None  # where the rule's own kind is not the right one
    confidence: float | None = None  # where the rule's own confidence is not
    start: int = 0
    stop: int | None = None  # None: to the end of the line


class Decision(NamedTuple):
    """A cut that was made, by which rule and how sure it is (0 to 1)."""

    rule: str
    kind: str
    confidence: float
    start: int = 0
    stop: int | None = None


@dataclass(slots=True)
class Document:
    """Lines that are not blank, as columns: ``texts[i]`` is line i with its characters put right."""

    raw_text: str
    phrases: Phrases
    options: Options
    headline: str | None = None
    language: str | None = None  # where it is told
    site_lines: frozenset[str] = frozenset()  # the keys of lines that many pages of the document's site have
    texts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # in the raw text
    ends: list[int] = field(default_factory=list)
    spelled: list[str] = field(default_factory=list)  # in the one spelling that phrases are matched in
    plain: list[str] = field(default_factory=list)  # the same with nothing but words in it
    hints: list[int] = field(default_factory=list)  # what each may be: line_hints.py
    sizes: list[int] = field(default_factory=list)  # lengths, as if all were written in letters
    finished: list[bool] = field(default_factory=list)  # whether each ends like a sentence
    counts: Any = None  # how many capitals, digits, … each has: a row for each of COUNTED, a column for each line
    character_edits: dict[int, list[Edit]] = field(default_factory=dict)  # where there are any
    decisions: dict[int, Decision] = field(default_factory=dict)  # about whole lines
    parts: dict[int, list[Decision]] = field(default_factory=dict)  # about parts of lines
    matches: dict[int, Match | None] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.texts)

    def open(self) -> Iterator[int]:
        """The lines that no rule has taken yet."""
        return (at for at in range(len(self.texts)) if at not in self.decisions)

    def hinted(self, bits: int) -> list[int]:
        """Those that may be one of these things: line_hints.py."""
        return [at for at, hint in enumerate(self.hints) if hint & bits and at not in self.decisions]

    def has_repeats(self) -> bool:
        """Whether a line stands there more than once; in most documents none does."""
        return len(set(self.texts)) < len(self.texts)

    def is_short(self, at: int) -> bool:
        """Whether a line can be a heading, a call, a date."""
        return self.sizes[at] <= self.options.line_length

    def is_prose(self, at: int) -> bool:
        """Whether a line is a finished paragraph."""
        return self.finished[at] and self.sizes[at] >= self.options.prose_length

    def is_item(self, at: int) -> bool:
        """Whether it is an item of a list."""
        return self.texts[at][0] in MARKS

    def is_headline(self, at: int) -> bool:
        """Whether a line looks like a headline: some words, no full stop."""
        low, high = self.options.headline_words
        return low <= self.texts[at].count(" ") + 1 <= high and not self.texts[at].endswith(NO_HEADLINE_END)

    def bare(self, at: int) -> str:
        """The spelled line without the mark of a list item."""
        return self.spelled[at].lstrip(MARKS + _BLANKS)

    def folded(self, at: int) -> str:
        """The words of a line in the one spelling, a space apart."""
        return " ".join(self.plain[at].split())

    def line(self, at: int) -> Match | None:
        """The call, share button or notice that a whole line is; asked by two rules, found once."""
        if at not in self.matches:
            self.matches[at] = line_of(self.phrases.lines, self.spelled[at], self.hints[at])
        return self.matches[at]

    def drop(self, at: int) -> None:
        """Forget a line, before anything is known of it."""
        for column in (self.texts, self.starts, self.ends):
            del column[at]
        self.character_edits = {line - (line > at): edits for line, edits in self.character_edits.items()}

    def take(self, cuts: Iterable[LineCut], rule: str, kind: str, confidence: float) -> None:
        """Note the cuts of one rule. A line that is already gone is left alone, and so is an end that is; a line that
        is shortened may go, or lose more before its end.
        """
        for cut in list(cuts):
            sure = confidence if cut.confidence is None else cut.confidence
            made = Decision(rule, cut.kind or kind, sure, cut.start, cut.stop)
            if not cut.start and cut.stop is None:
                self.decisions.setdefault(cut.line, made)
                continue
            parts = self.parts.setdefault(cut.line, [])
            end = min((part.start for part in parts if part.stop is None), default=None)
            if end is None or (cut.stop is not None and cut.stop <= end):
                parts.append(made)


def raw_offset(document: Document, line: int, at: int) -> int:
    """Where character ``at`` of a line's text stands in the raw text."""
    raw = document.starts[line]
    for edit in document.character_edits.get(line, ()):
        plain = edit.start - raw
        if at < plain:
            break
        at -= plain
        raw = edit.end
        if at < len(edit.text):
            return edit.start
        at -= len(edit.text)
    return raw + at
