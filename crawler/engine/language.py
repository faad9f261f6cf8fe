"""Boilerplate phrases by language, loaded from ``phrases/*.toml`` and matched in any spelling.

All languages apply to every page: an Arabic page carries English widgets too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..errors import PhraseError
from ..items import KINDS
from .folding import ANYTHING, fold, lower, pattern, spell, unspelled
from .toml import DATA, read_toml

if TYPE_CHECKING:
    from importlib.abc import Traversable

PHRASES = DATA / "phrases"
USES = ("heading", "label", "line", "ending", "cue")
CUE_KINDS = ("cta", "byline", "legal")
_COLON = r"(?:\s*[:：|–—]|\s+-|\s*[-/](?=\s)|\s*$)[\s:]*"
_LINE_END = r"[\s\W]*$"
_REST = r"(?:[^.!?؟\n]|\.(?=\w)){0,90}"  # a few words; the full stop of «cnn.com» ends nothing
_WORD = re.compile(r"\w")
_BEGINS = re.compile(r"(?<![^\s.!؟?])\w")  # after a space, or a full stop without one
BEGINNING = 5  # letters that phrases are told apart by
LONGEST_ENDING = 200  # a call that closes a paragraph is no longer
LABEL_END = 80  # a label ends before
NOTICE = 120  # characters by which a notice is known


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a block: its kind, and the span it covers in the block's text."""

    kind: str
    start: int
    end: int


class Table:
    """Phrases of one use, compiled apart by the letters that they begin with: a text is compared with few of them."""

    def __init__(self, phrases: Sequence[tuple[str, str]], before: str, after: str) -> None:
        groups: dict[str, dict[str, list[str]]] = {}
        for kind, phrase in sorted(phrases, key=lambda entry: -len(entry[1])):
            groups.setdefault(_beginning(phrase), {}).setdefault(kind, []).append(_alternative(phrase, after))
        self._patterns = {beginning: _either(kinds, before) for beginning, kinds in groups.items()}
        self._lengths = sorted({len(beginning) for beginning in groups}, reverse=True)
        self.beginnings = frozenset(groups)
        loose = [phrase for _, phrase in phrases if not _beginning(phrase)]  # they begin with a gap or a sign
        self.inside = {max(words, key=len) for phrase in loose if (words := fold(phrase).split())}  # a word of each
        self.signs = tuple(phrase[0] for phrase in loose if not fold(phrase))
        self.rarest = {max(words, key=len) for _, phrase in phrases if (words := fold(phrase).split())}  # one of each

    def at_start(self, text: str) -> Match | None:
        """The phrase that the text begins with."""
        return in_text(self.match(lower(spell(text))), text)

    def anywhere(self, text: str) -> Match | None:
        """The first phrase that begins where a word does."""
        return in_text(self.search(lower(spell(text))), text)

    def match(self, spelled: str) -> Match | None:
        """The same as ``at_start`` for a text in the one spelling, in small letters."""
        begin = _WORD.search(spelled)
        return self._match(spelled, 0, begin.start() if begin else 0)

    def search(self, spelled: str) -> Match | None:
        """The same as ``anywhere`` for a text in the one spelling, in small letters."""
        for begin in _BEGINS.finditer(spelled):
            if found := self._match(spelled, begin.start(), begin.start()):
                return found
        return None

    def _match(self, spelled: str, at: int, begin: int) -> Match | None:
        for length in self._lengths:
            written = self._patterns.get(spelled[begin : begin + length])
            found = written and _compiled(written).match(spelled, at)
            if found and found.lastgroup:
                return Match(found.lastgroup, *found.span())
        return None


@cache
def _compiled(written: str) -> re.Pattern[str]:
    """Compiled when a text first begins like it: most phrases of most languages are never asked for."""
    return re.compile(written)


def _either(kinds: Mapping[str, list[str]], before: str) -> str:
    """The phrases of each kind as a group of that name, the kinds in their order."""
    groups = [f"(?P<{kind}>{'|'.join(phrases)})" for kind, phrases in kinds.items()]
    return f"{before}(?:{'|'.join(groups)})"


def in_text(found: Match | None, text: str) -> Match | None:
    """A match in a spelled text, where it stands in the text itself."""
    return found and Match(found.kind, unspelled(text, found.start), unspelled(text, found.end))


def _beginning(phrase: str) -> str:
    """The letters that every spelling of a phrase begins with: five at most, no more than its first word has.
    Nothing where it begins with a gap or with punctuation.
    """
    first = lower(spell(phrase)).split()[0][:BEGINNING]
    return first if _WORD.match(first) else ""


@dataclass(frozen=True)
class Phrases:
    """The compiled phrases of all languages."""

    headings: dict[str, str]  # folded phrase -> kind
    labels: Table
    sources: Table  # the labels that name a source
    lines: Table
    notices: Table  # the lines that go on with anything: a block of any length that begins like one is one
    endings: Table
    cues: dict[str, list[tuple[list[str], int]]]  # by first word: words, and which of CUE_KINDS they hint at
    buttons: frozenset[str]  # folded share buttons and headings: a share bar run together is nothing else

    def heading(self, text: str) -> str | None:
        """The kind of the section that this whole text opens, if it is a known heading."""
        return self.headings.get(fold(text)) if len(text) < 60 else None

    def label(self, text: str) -> Match | None:
        """A label at the start of the text («المصدر: RT»); ``end`` is where its value begins."""
        return self.labels.at_start(text[:LABEL_END])

    def line(self, text: str) -> Match | None:
        """A call, share or legal line that is the whole text."""
        return self.lines.at_start(text) or self.bar(fold(text).split())

    def notice(self, text: str) -> Match | None:
        """A notice of any length that is the whole text («كما تجدر الإشارة بأن الموضوع الأصلي …»)."""
        return self.notices.at_start(text[:NOTICE])

    def bar(self, folded: list[str]) -> Match | None:
        """A share bar, and what stands with it, run together in one block: «شارك الخبر أخبار ذات صلة»."""
        words = [word for word in folded if not word.isdigit()]
        at = 0
        while at < len(words):
            longest = range(min(6, len(words) - at), 0, -1)
            taken = next((n for n in longest if " ".join(words[at : at + n]) in self.buttons), 0)
            if not taken:
                return None
            at += taken
        return Match("share", 0, 0) if words else None

    def hints(self, words: list[str]) -> list[int]:
        """How many cues of each of CUE_KINDS stand in folded words: evidence for the labeller, no verdict."""
        found = [0] * len(CUE_KINDS)
        if self.cues.keys().isdisjoint(words):
            return found
        for at in [at for at, word in enumerate(words) if word in self.cues]:
            for cue, kind in self.cues[words[at]]:
                found[kind] += words[at : at + len(cue)] == cue
        return found

    @property
    def cue_words(self) -> set[str]:
        """The longest word of each cue: a text without any has no cue."""
        return {max(cue, key=len) for cues in self.cues.values() for cue, _ in cues}

    def ending(self, text: str) -> Match | None:
        """A call that closes the text; ``start`` is where it begins."""
        tail = max(0, len(text) - LONGEST_ENDING)
        found = self.endings.anywhere(text[tail:])
        return found and Match(found.kind, found.start + tail, found.end + tail)


def read_phrases(path: Traversable) -> dict[tuple[str, str], dict[str, str]]:
    """One phrase file as ``{(kind, use): {phrase: where it was seen}}``.

    Raises PhraseError with the file's name where it is no TOML or names an unknown kind or use.
    """
    data = read_toml(path)
    tables: dict[tuple[str, str], dict[str, str]] = {}
    for kind, uses in data.items():
        for use, phrases in uses.items():
            if kind not in KINDS or use not in USES:
                raise PhraseError(f"{path}: [{kind}.{use}]: kinds are {KINDS}, uses are {USES}")
            tables[kind, use] = phrases
    return tables


@cache
def phrases_for(language: str | None = None) -> Phrases:
    """The phrases of a language and of English, or of all where it is unknown; compiled once."""
    paths = sorted((path for path in PHRASES.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)
    names = (f"{language}.toml", "en.toml")
    if names[0] in {path.name for path in paths}:
        paths = [path for path in paths if path.name in names]
    merged: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        for key, phrases in read_phrases(path).items():
            merged.setdefault(key, []).extend(phrases)
    headings = _of_use(merged, "heading")
    shares = [("share", phrase) for phrase in merged.get(("share", "line"), ())]
    labels = _of_use(merged, "label")
    lines = [*_of_use(merged, "line"), *_of_use(merged, "ending")]
    return Phrases(
        headings=_headings(headings),
        sources=Table([(kind, phrase) for kind, phrase in labels if kind == "source"], "", _COLON),
        labels=Table(labels, "", _COLON),
        lines=Table(lines, r"[\s\W]*", _LINE_END),
        notices=Table([(kind, phrase) for kind, phrase in lines if ANYTHING in phrase], r"[\s\W]*", ""),
        endings=Table(_of_use(merged, "ending"), "", _LINE_END),
        cues=_cues(merged),
        buttons=frozenset(fold(phrase) for _, phrase in [*headings, *shares] if "…" not in phrase),
    )


def _headings(phrases: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, phrase in phrases:
        found.setdefault(fold(phrase.replace("…", "")), kind)
    return found


def _cues(merged: dict[tuple[str, str], list[str]]) -> dict[str, list[tuple[list[str], int]]]:
    found: dict[str, list[tuple[list[str], int]]] = {}
    for number, kind in enumerate(CUE_KINDS):
        for words in {tuple(fold(phrase).split()) for phrase in merged.get((kind, "cue"), ())}:
            found.setdefault(words[0], []).append((list(words), number))
    return found


def _of_use(merged: dict[tuple[str, str], list[str]], use: str) -> list[tuple[str, str]]:
    return [(kind, phrase) for (kind, of), phrases in merged.items() if of == use for phrase in phrases]


def _alternative(phrase: str, after: str) -> str:
    """The phrase's pattern and what must follow it: a ``…`` at its end takes a few words, a label that ends in a comma
    («صدر الصورة،») needs no colon, and where nothing must follow, what a ``……`` stands for is not looked at.
    """
    phrase = phrase if after else phrase.removesuffix(ANYTHING)
    if phrase.endswith("…") and not phrase.endswith(ANYTHING):
        return pattern(phrase.removesuffix("…")) + _REST + after
    return pattern(phrase) + (r":?\s*" if phrase.endswith(("،", ",")) else after)
