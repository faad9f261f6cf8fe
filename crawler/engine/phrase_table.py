"""Phrases of one use as patterns, told apart by their first letters: a text is compared with few of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .folding import ANYTHING, WORDS, lower, pattern, spell, unspelled

_REST = r"(?:[^.!?؟।\n]|\.(?=\w)){0,90}"  # a few words; the full stop of «cnn.com» ends nothing
#: What a phrase that begins with anything begins with: no whole sentence; initials and titles end none («J. Roe Jr.»).
_SENTENCE_SO_FAR = r"(?:[^.।。\n]|\.(?=\S)|(?<=\b\w)\.|(?<=\b(?:jr|sr|st|dr|mr|ms))\.){0,400}?"
_SHORT = 3  # words: a longer phrase begins no sentence of an article, nor does a call
#: Three words up to a full stop at the block's end; "Reading time: 3 min." has two.
_SENTENCE = r"[\s:]*(?:[^\s:]\S*\s+){2,20}\S+[.!?؟۔।]\s*\Z"
_WORD = re.compile(r"\w")
_BEGINS = re.compile(r"(?<![^\s.!؟?।])\w")  # after a space, or a full stop without one
_FAR = 2_000  # characters that a phrase with its gaps does not reach over
LETTERS = 12  # that phrases are told apart by
BEGINNING = 5  # letters of a first word
_BEGINNINGS = re.compile(rf"{_BEGINS.pattern}\S{{0,{BEGINNING - 1}}}")


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a block: its kind, and the span it covers in the block's text."""

    kind: str
    start: int
    end: int


class _Phrase:
    """One phrase. Its pattern is compiled when a text first has its letters: most phrases are never asked for."""

    def __init__(self, kind: str, written: str, before: str, after: str) -> None:
        self.kind, self.written, self.before, self.after = kind, written, before, after
        self.letters = [letters for letters in _run_together(lower(spell(written))).split("…") if letters]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The phrase in a spelled text, with what stands before it and must follow it."""
        return re.compile(self.before + _pattern(self.kind, self.written, self.after))


@dataclass
class _Group:
    """Phrases that begin alike, by kind."""

    before: str
    after: str
    kinds: dict[str, list[str]]

    @cached_property
    def phrases(self) -> list[_Phrase]:
        """All of them, the kinds in their order."""
        return [_Phrase(kind, one, self.before, self.after) for kind, written in self.kinds.items() for one in written]

    def match(self, spelled: str, at: int) -> Match | None:
        """The first of them that stands there."""
        letters = _run_together(spelled[at : at + _FAR])
        for phrase in self.phrases:
            if all(map(letters.__contains__, phrase.letters)) and (found := phrase.pattern.match(spelled, at)):
                return Match(phrase.kind, *found.span())
        return None


class Table:
    """Phrases of one use, apart by the letters that they begin with: a text is compared with few of them."""

    def __init__(self, phrases: Sequence[tuple[str, str]], before: str, after: str) -> None:
        firm: dict[str, dict[str, list[str]]] = {}
        loose: dict[str, dict[str, list[str]]] = {}  # they begin with a gap or a sign
        beginnings, inside, rarest, signs = set(), set(), set(), []
        longest_first = sorted(phrases, key=lambda entry: -len(entry[1]))
        for (kind, phrase), spelled in zip(longest_first, _all_spelled(longest_first), strict=True):
            words = WORDS.findall(spelled)
            beginning = _beginning(spelled)
            if beginning:
                beginnings.add(beginning)
                group = firm.setdefault(_run_together(spelled.split("…")[0])[:LETTERS], {})
            else:
                group = loose.setdefault(_longest(spelled), {})
                inside.update(_rarest(words))
                signs += [] if words else [phrase[0]]
            rarest.update(_rarest(words))
            group.setdefault(kind, []).append(phrase)
        self._firm = {letters: _Group(before, after, kinds) for letters, kinds in firm.items()}
        self._within = [(word, _Group(before, after, kinds)) for word, kinds in loose.items()]
        self._lengths = sorted({len(letters) for letters in firm}, reverse=True)
        self.beginnings = frozenset(beginnings)
        self._sizes = {len(beginning) for beginning in beginnings}
        self.inside, self.signs = frozenset(inside), tuple(signs)  # a word of each loose phrase, or its sign
        self.rarest = frozenset(rarest)  # a word of each phrase

    def at_start(self, text: str) -> Match | None:
        """The phrase that the text begins with."""
        return in_text(self.match(lower(spell(text))), text)

    def anywhere(self, text: str) -> Match | None:
        """The first phrase that begins where a word does."""
        return in_text(self.search(lower(spell(text))), text)

    def match(self, spelled: str, *, loose: bool = True) -> Match | None:
        """The same as ``at_start`` for a text in the one spelling, in small letters; one without any of the words and
        signs in ``inside`` and ``signs`` is not ``loose``.
        """
        return _at_start(self, spelled, loose and bool(self._within))

    def search(self, spelled: str) -> Match | None:
        """The same as ``anywhere`` for a text in the one spelling, in small letters."""
        words = _BEGINNINGS.findall(spelled)
        if not self._within and all(
            self.beginnings.isdisjoint([word[:size] for word in words]) for size in self._sizes
        ):
            return None  # as most texts do: no word of it begins like a phrase
        for begin in _BEGINS.finditer(spelled):
            if found := self.phrase_at(spelled, begin.start(), begin.start()):
                return found
        return None

    def may_stand_at(self, spelled: str, begin: int) -> bool:
        """Whether a phrase that begins with a word begins with the letters that stand there, in the one spelling."""
        return bool(self._alike(spelled, begin))

    def _alike(self, spelled: str, begin: int) -> list[_Group]:
        """The phrases that begin with the letters that stand there, those with more letters alike first."""
        letters = _run_together(spelled[begin : begin + 4 * LETTERS])[:LETTERS]
        return [self._firm[letters[:length]] for length in self._lengths if letters[:length] in self._firm]

    def phrase_at(self, spelled: str, at: int, begin: int, *, loose: bool = True) -> Match | None:
        """The phrase that stands at ``at``; its first word begins at ``begin``."""
        groups = self._alike(spelled, begin)
        if loose:
            groups += [group for word, group in self._within if word in spelled]
        for group in groups:
            if found := group.match(spelled, at):
                return found
        return None


@lru_cache(maxsize=16_384)
def _at_start(table: Table, spelled: str, loose: bool) -> Match | None:  # noqa: FBT001 (a cache's key)
    """The pages of a site say much of what they say in the same words. Pure: the cache holds no page's state."""
    begin = _WORD.search(spelled)
    return table.phrase_at(spelled, 0, begin.start() if begin else 0, loose=loose)


def in_text(found: Match | None, text: str) -> Match | None:
    """A match in a spelled text, where it stands in the text itself."""
    return found and Match(found.kind, unspelled(text, found.start), unspelled(text, found.end))


def _all_spelled(phrases: Sequence[tuple[str, str]]) -> list[str]:
    """All phrases in the one spelling, at once: a process that has no page yet waits for it."""
    return lower(spell("\n".join([phrase for _, phrase in phrases]))).split("\n") if phrases else []


def _beginning(spelled: str) -> str:
    """The letters that every spelling of a phrase begins with: five at most, no more than its first word has.
    Nothing where it begins with a gap or with punctuation.
    """
    first = spelled.split(maxsplit=1)[0][:BEGINNING]
    return first if _WORD.match(first) else ""


def _run_together(text: str) -> str:
    """The letters and signs of a text, without what is between words."""
    return "".join(text.split())


def _rarest(words: list[str]) -> list[str]:
    """The longest word, if there is one."""
    return [max(words, key=len)] if words else []


def _longest(spelled: str) -> str:
    """The longest word of a loose phrase, with its signs: no text without it holds the phrase."""
    return max([word for word in spelled.split() if word.strip("…")], key=len)


def _pattern(kind: str, phrase: str, after: str) -> str:
    """The phrase's pattern and what must follow it: a ``…`` at its end takes a few words, but no sentence
    («copyright …»), a label that ends in a comma («صدر الصورة،») needs no colon, and where nothing must follow, what a
    ``……`` stands for is not looked at.
    """
    if phrase.startswith(ANYTHING):  # what stands in the sentences before is the article's
        return _SENTENCE_SO_FAR + _pattern(kind, phrase.removeprefix(ANYTHING).lstrip(), after)
    phrase = phrase if after else phrase.removesuffix(ANYTHING)
    if phrase.endswith("…") and not phrase.endswith(ANYTHING):
        known = phrase.removesuffix("…")
        may_begin_a_sentence = kind != "cta" and len(known.split()) <= _SHORT
        return pattern(known) + (f"(?!{_SENTENCE})" if may_begin_a_sentence else "") + _REST + after
    return pattern(phrase) + (r":?\s*" if phrase.endswith(("،", ",")) else after)
