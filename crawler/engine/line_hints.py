"""What a line, or a block of a page, may be, by how its first word begins and by the words in it: a quick no to most
of what rules ask.

Words are told apart by their first letters, each mixed with its place into one number (multilinear hashing: Carter and
Wegman, 1979), so that numpy asks for all words of a batch at once. A yes may be wrong and is looked at more
closely; a no never is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from .characters import DIGIT, MARK, NEWLINE, codes_of, tables, text_of
from .folding import fold, is_plain
from .language import Phrases
from .notices import telling
from .phrase_table import Match, Table

#: What a line may be, one bit each. TAIL is a source or a credit at its end, TOLD what publications say of themselves.
HEADING, LABEL, FIRM, LOOSE, BUTTON, ENDING, TAIL, CUE, DIGITS, TOLD = (1 << bit for bit in range(10))
LINE = FIRM | LOOSE  # one that begins with a word, or with a gap or a sign: Table
ANY = (1 << 10) - 1
LETTERS = 6  # by so many a word is told from others
_SPACE = 32
_HINT = 18  # bits of a number
_SHORT = 160  # characters of a text that is kept
_KEPT = 10_000  # texts, some 7 MB
_FIRST = 0x9E3779B97F4A7C15
_SECOND = 0xBF58476D1CE4E5B9
_THIRD = 0x94D049BB133111EB


class Words(NamedTuple):
    """Where the words of a batch begin and end, and in which line each is."""

    codes: Any
    begins: Any
    ends: Any
    lines: Any


class Said(NamedTuple):
    """What one line or block says."""

    spelled: str  # in the one spelling that phrases are matched in
    plain: str  # the same with nothing but words in it
    hints: int  # what it may be


class Reading(NamedTuple):
    """What lines say, line by line."""

    spelled: list[str]  # in the one spelling that phrases are matched in
    plain: list[str]  # the same with nothing but words in it
    hints: list[int]  # what each may be
    words: Words
    flags: Any  # of every character: characters.py
    breaks: Any  # where lines end


def line_of(table: Table, spelled: str, hints: int) -> Match | None:
    """The line of a table that a text in the one spelling is, where its hints say that it may be one."""
    return table.match(spelled, loose=bool(hints & LOOSE)) if hints & LINE else None


def words_of(codes: Any) -> Words:
    """The words of folded lines, given as code points with a space for all that is no word."""
    is_line = codes == NEWLINE
    edges = np.concatenate(([False], (codes != _SPACE) & ~is_line, [False]))
    changes = np.flatnonzero(edges[1:] != edges[:-1])
    begins, ends = changes[::2], changes[1::2]
    return Words(codes, begins, ends, np.searchsorted(np.flatnonzero(is_line), begins))


@cache
def _mixed(size: int, seed: int) -> Any:
    """An odd number for each of so many things (splitmix64: Steele, Lea and Flood, 2014)."""
    with np.errstate(over="ignore"):
        found = (np.arange(1, size + 1, dtype=np.uint64) + np.uint64(seed)) * np.uint64(_FIRST)
        found = (found ^ (found >> np.uint64(30))) * np.uint64(_SECOND)
        found = (found ^ (found >> np.uint64(27))) * np.uint64(_THIRD)
        return ((found ^ (found >> np.uint64(31))) >> np.uint64(32)).astype(np.uint32) | np.uint32(1)


def _numbers(codes: Any, begins: Any, ends: Any) -> list[Any]:
    """For each length up to LETTERS a number for each word's first letters; spaces follow a shorter one."""
    letters, places = _mixed(1 << 16, 1), _mixed(LETTERS, 7)
    sums, numbers = np.zeros(len(begins), dtype=np.uint32), []
    with np.errstate(over="ignore"):
        for place in range(LETTERS):
            at = begins + place
            code = np.where(at < ends, codes.take(at, mode="clip"), _SPACE).astype(np.uint16)
            sums = sums + letters.take(code) * places[place]
            numbers.append(sums >> np.uint32(32 - _HINT))
    return numbers


class _Marked:
    """Beginnings of words with bits, all of one length; asked for many words, of which few have one."""

    def __init__(self, length: int, bits: Mapping[int, Iterable[str]]) -> None:
        self.length = length
        self.hint = np.zeros(1 << _HINT, dtype=np.uint16)
        for bit, beginnings in bits.items():
            codes = codes_of("".join(beginning[:length] for beginning in beginnings))
            begins = np.arange(0, len(codes), length)
            np.bitwise_or.at(self.hint, _numbers(codes, begins, begins + length)[length - 1], bit)

    def of(self, numbers: list[Any], which: Any) -> Any:
        """The bits of some words, by the numbers of all."""
        return self.hint.take(numbers[self.length - 1][which])


class _Known(NamedTuple):
    firsts: list[_Marked]  # how headings, buttons, labels and lines begin
    anywhere: list[_Marked]  # words of which one stands in each ending, tail, cue, notice, line that begins with a gap
    said: dict[str, Said]  # what texts say that were read before


_KNOWN: WeakKeyDictionary[Table, _Known] = WeakKeyDictionary()  # phrases never change, so neither do these


def _known(phrases: Phrases) -> _Known:
    if phrases.labels not in _KNOWN:
        first = {
            HEADING: _first_words(phrases.headings),
            BUTTON: {f"{word:2}" for word in phrases.bar_words},  # a letter alone is a word: «أ ف ب»
            LABEL: _first_words(phrases.labels.beginnings),
            FIRM: {f"{word:2}" for word in _first_words(phrases.lines.beginnings)},
        }
        anywhere = {
            ENDING: phrases.endings.rarest | phrases.notes.rarest,
            TAIL: phrases.sources.rarest | phrases.captions.rarest | phrases.credits.rarest,
            LOOSE: phrases.lines.inside,
            CUE: phrases.cue_words,
        }
        whole = {bit: {f"{word:{LETTERS}}" for word in words} for bit, words in anywhere.items()}
        told = {f"{word:{LETTERS}}" if word.endswith(" ") else word for word in telling()}
        _KNOWN[phrases.labels] = _Known(_by_length(first), _by_length({**whole, TOLD: told}), {})
    return _KNOWN[phrases.labels]


def _first_words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in fold(text).split()[:1]}


def _by_length(bits: Mapping[int, set[str]]) -> list[_Marked]:
    """Those of each length; of the greatest one those that are longer, too."""
    lengths = range(1, LETTERS + 1)
    found = [
        {bit: {w for w in words if min(len(w), LETTERS) == size} for bit, words in bits.items()} for size in lengths
    ]
    return [_Marked(size, those) for size, those in zip(lengths, found, strict=True) if any(those.values())]


def reading(phrases: Phrases, codes: Any) -> Reading:
    """What lines say, given as code points with a NEWLINE between two."""
    known = tables()
    flags = known.flags.take(codes)
    plain = codes[(flags & MARK) == 0]
    word_codes = known.words.take(plain)
    words = words_of(word_codes)
    breaks = np.flatnonzero(codes == NEWLINE)
    return Reading(
        spelled=text_of(known.spelling.take(plain)).split("\n"),
        plain=text_of(word_codes).split("\n"),
        hints=_hints(phrases, words, codes, flags, breaks),
        words=words,
        flags=flags,
        breaks=breaks,
    )


def said_by(phrases: Phrases, texts: list[str]) -> list[Said]:
    """The same for texts as they are written, one by one. Where folding does more than a table of letters can, a text
    may be anything. Pure: what short texts say is kept, since the pages of a site repeat them, and no page's state.
    """
    kept = _known(phrases).said
    if len(kept) > _KEPT:
        kept.clear()
    found = [kept.get(text) for text in texts]
    new = list(dict.fromkeys(text for text, one in zip(texts, found, strict=True) if one is None))
    said = dict(zip(new, _say(phrases, new), strict=True)) if new else {}
    kept.update({text: one for text, one in said.items() if len(text) <= _SHORT})
    return [one or said[text] for text, one in zip(texts, found, strict=True)]


def _say(phrases: Phrases, texts: list[str]) -> Iterator[Said]:
    found = reading(phrases, codes_of("\n".join(texts)))
    for text, said in zip(texts, map(Said, found.spelled, found.plain, found.hints), strict=True):
        yield said if is_plain(text) else Said(said.spelled, fold(text), ANY)


def _hints(phrases: Phrases, words: Words, codes: Any, flags: Any, breaks: Any) -> list[int]:
    """For each line what it may be: by its folded words, and by all its characters."""
    known = _known(phrases)
    found = np.zeros(len(breaks) + 1, dtype=np.uint16)
    found[np.searchsorted(breaks, np.flatnonzero(flags & DIGIT))] = DIGITS
    for sign in phrases.lines.signs:
        found[np.searchsorted(breaks, np.flatnonzero(codes == ord(sign)))] |= LOOSE
    first = np.flatnonzero(np.diff(words.lines, prepend=-1))  # the first word of each line that has one
    numbers = _numbers(words.codes, words.begins, words.ends)
    for marked in known.firsts:
        found[words.lines[first]] |= marked.of(numbers, first)
    numbered = tables().flags.take(words.codes.take(words.begins[first])) & DIGIT
    found[words.lines[first[numbered > 0]]] |= BUTTON  # a counter, and a share bar after it
    for marked in known.anywhere:
        bits = marked.of(numbers, slice(None))
        at = np.flatnonzero(bits)
        np.bitwise_or.at(found, words.lines[at], bits[at])
    hints: list[int] = found.tolist()
    return hints
