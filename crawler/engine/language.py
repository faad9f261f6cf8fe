"""Boilerplate phrases by language, loaded from ``phrases/*.toml`` and matched in any spelling.

All languages apply to every page: an Arabic page carries English widgets too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..errors import PhraseError
from ..items import KINDS
from .folding import fold, pattern, spell
from .toml import read_toml

PHRASES = Path(__file__).parent / "phrases"
USES = ("heading", "label", "line", "ending", "cue")
CUE_KINDS = ("cta", "byline", "legal")
_COLON = r"\s*(?:[:：|–—-]|$)[\s:]*"
_LINE_END = r"[\s\W]*$"
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a block: its kind, and the span it covers in the block's text."""

    kind: str
    start: int
    end: int


class Table:
    """Phrases of one use, compiled apart by the letter that they begin with: a text is compared with few of them."""

    def __init__(self, phrases: Iterable[tuple[str, str]], before: str, after: str) -> None:
        longest_first = [
            (_first_letter(phrase), kind, _alternative(phrase, after))
            for kind, phrase in sorted(phrases, key=lambda entry: -len(entry[1]))
        ]
        by_letter: dict[str, dict[str, list[str]]] = {}
        for letter in {first for first, _, _ in longest_first} | {""}:
            kinds = by_letter.setdefault(letter, {})
            for first, kind, alternative in longest_first:
                if first in (letter, ""):
                    kinds.setdefault(kind, []).append(alternative)
        self._compiled = {
            letter: tuple(
                (kind, re.compile(f"{before}(?:{'|'.join(found)})", re.IGNORECASE)) for kind, found in kinds.items()
            )
            for letter, kinds in by_letter.items()
        }
        letters = "".join(sorted({form for letter in by_letter for form in (letter, letter.upper())}))
        begins = rf"[{re.escape(letters)}]" if not by_letter[""] else r"\w"
        self._begins = re.compile(rf"(?:(?<=[\s.!؟?])|^){begins}")

    def at_start(self, text: str) -> Match | None:
        """The phrase that the text begins with."""
        spelled, offsets = spell(text)
        begin = _WORD.search(spelled)
        return self._match(spelled, offsets, 0, begin.group() if begin else "")

    def anywhere(self, text: str) -> Match | None:
        """The first phrase that begins where a word does."""
        spelled, offsets = spell(text)
        for begin in self._begins.finditer(spelled):
            if found := self._match(spelled, offsets, begin.start(), begin.group()):
                return found
        return None

    def _match(self, spelled: str, offsets: list[int] | None, at: int, letter: str) -> Match | None:
        for kind, compiled in self._compiled.get(letter.lower(), self._compiled[""]):
            found = compiled.match(spelled, at)
            if found:
                start, end = found.span()
                return Match(kind, start, end) if offsets is None else Match(kind, offsets[start], offsets[end])
        return None


def _first_letter(phrase: str) -> str:
    """Nothing where the phrase begins with a gap or with punctuation."""
    letter = spell(phrase)[0].lstrip()[:1].lower()
    return letter if _WORD.match(letter) else ""


@dataclass(frozen=True)
class Phrases:
    """The compiled phrases of all languages."""

    headings: dict[str, str]  # folded phrase -> kind
    labels: Table
    lines: Table
    endings: Table
    cues: dict[str, list[tuple[list[str], int]]]  # by first word: words, and which of CUE_KINDS they hint at
    buttons: frozenset[str]  # folded share buttons and headings: a share bar run together is nothing else

    def heading(self, text: str) -> str | None:
        """The kind of the section that this whole text opens, if it is a known heading."""
        return self.headings.get(fold(text)) if len(text) < 60 else None

    def label(self, text: str) -> Match | None:
        """A label at the start of the text («المصدر: RT»); ``end`` is where its value begins."""
        return self.labels.at_start(text[:80])

    def line(self, text: str) -> Match | None:
        """A call, share or legal line that is the whole text."""
        return self.lines.at_start(text) or self._bar(text)

    def _bar(self, text: str) -> Match | None:
        """A share bar, and what stands with it, run together in one block: «شارك الخبر أخبار ذات صلة»."""
        words = [word for word in fold(text).split() if not word.isdigit()]
        at = 0
        while at < len(words):
            longest = range(min(6, len(words) - at), 0, -1)
            taken = next((n for n in longest if " ".join(words[at : at + n]) in self.buttons), 0)
            if not taken:
                return None
            at += taken
        return Match("share", 0, len(text)) if words else None

    def hints(self, words: list[str]) -> list[int]:
        """How many cues of each of CUE_KINDS stand in folded words: evidence for the labeller, no verdict."""
        found = [0] * len(CUE_KINDS)
        for at, word in enumerate(words):
            for cue, kind in self.cues.get(word, ()):
                found[kind] += words[at : at + len(cue)] == cue
        return found

    def ending(self, text: str) -> Match | None:
        """A call that closes the text; ``start`` is where it begins."""
        tail = max(0, len(text) - 160)
        found = self.endings.anywhere(text[tail:])
        return found and Match(found.kind, found.start + tail, found.end + tail)


def read_phrases(path: Path) -> dict[tuple[str, str], dict[str, str]]:
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
    paths = sorted(PHRASES.glob("*.toml"))
    if language in {path.stem for path in paths}:
        paths = [path for path in paths if path.stem in (language, "en")]
    merged: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        for key, phrases in read_phrases(path).items():
            merged.setdefault(key, []).extend(phrases)
    return Phrases(
        headings=_headings(merged),
        labels=Table(_of_use(merged, "label"), "", _COLON),
        lines=Table([*_of_use(merged, "line"), *_of_use(merged, "ending")], r"[\s\W]*", _LINE_END),
        endings=Table(_of_use(merged, "ending"), "", _LINE_END),
        cues=_cues(merged),
        buttons=frozenset(
            fold(phrase)
            for (kind, use), phrases in merged.items()
            if use == "heading" or (kind, use) == ("share", "line")
            for phrase in phrases
            if "…" not in phrase
        ),
    )


def _headings(merged: dict[tuple[str, str], list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for (kind, use), phrases in merged.items():
        if use == "heading":
            for phrase in phrases:
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
    """The phrase's pattern and what must follow it: a ``…`` at its end takes a few words, and a label that ends
    in a comma («صدر الصورة،») needs no colon.
    """
    if phrase.endswith("…"):
        return pattern(phrase.removesuffix("…")) + r"(?:[^.!?؟\n]{0,90})" + after
    return pattern(phrase) + (r":?\s*" if phrase.endswith(("،", ",")) else after)
