"""Boilerplate phrases by language, loaded from ``phrases/*.toml`` and matched in any spelling.

All languages apply to every page: an Arabic page carries English widgets too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..errors import PhraseError
from ..items import KINDS, RELATED_KINDS
from . import date_lines
from .blocks import DENSE_SCRIPTS
from .folding import ANYTHING, fold
from .phrase_table import Match, Table
from .section_names import opened_by
from .toml import DATA, read_toml

if TYPE_CHECKING:
    from importlib.abc import Traversable

PHRASES = DATA / "phrases"
USES = ("heading", "label", "line", "ending", "note", "credit", "cue", "mark")
CHOICES = "choices"  # the table of lists that phrases name: "{channel}" is any one of them
_CHOICE = re.compile(r"\{(\w+)\}")
CUE_KINDS = ("cta", "byline", "legal")
_OPENING = (
    r"(?![（【][一-鿿]*编辑)\W{0,4}"  # «(المصدر: رويترز)», «>> Lire aussi : …»; «【责任编辑：…】» is in gold texts
)
_COLON = r"(?:\s*[:：|>»›→►◄]|\s+-|\s*[-/](?=\s)|\s*(?:\.{2,}|…)|\s*$)[\s:>»]*"
_CREDIT_OPENING = r"[(\[（［【]?"
_CREDIT_COLON = r"\s*[:：=]\s*"  # «(Foto: Jane Doe)», «[사진=연합뉴스]»
_LINE_END = r"[\s\W]*(?:\d\d?(?::\d\d){1,2}[\s\W]*)?$"  # «شاهد الفيديو 01:32»
LONGEST_ENDING = 200  # a call that closes a paragraph is no longer
_WORDS = 6  # of a share button or an agency's name
LONGEST_HEADING = 60
LABEL_END = 80  # a label ends before
_PARTS = frozenset(["del", "deel"])  # «Del» shares a story, «Del 2» is the second part of one
_INITIALS = frozenset(map(chr, range(0x621, 0x64B)))  # Arabic letters
_END = "انتهى"
_COUNT = re.compile(r"\d+[km]?")  # «35», «1.2K»
NOTICE = 120  # characters by which a notice is known


@dataclass(frozen=True)
class Phrases:
    """The compiled phrases of all languages."""

    headings: dict[str, str]  # folded phrase -> kind
    labels: Table
    dated: Table  # the labels of dates, without their colon
    sources: Table  # the labels that name a source
    captions: Table  # and those that name who took a picture
    credits: Table  # what says it without a colon
    lines: Table
    notices: Table  # the lines that go on with anything: a block of any length that begins like one is one
    endings: Table
    notes: Table
    cues: dict[str, list[tuple[list[str], int]]]  # by first word: words, and which of CUE_KINDS they hint at
    buttons: frozenset[str]  # folded share buttons and headings: a share bar run together is nothing else
    agencies: frozenset[str]  # folded lines that are a source, and the same after an «and»
    signatures: frozenset[str]  # those, initials, and the mark of an end before them: «انتهى/س.م»
    says: tuple[str, ...]  # folded ends of lines that say who wrote a comment: «Jane says:»
    answers: frozenset[str]  # folded buttons to answer one
    bar_words: frozenset[str]  # the words that any of these begins with

    def heading(self, text: str) -> str | None:
        """The kind of the section that this whole text opens, if it is a known heading."""
        return self.section(text, fold(text)) if len(text) < LONGEST_HEADING else None

    def section(self, text: str, folded: str) -> str | None:
        """The same for a text shorter than LONGEST_HEADING whose words are folded already."""
        return opened_by(self.headings, text, folded)

    def label(self, text: str) -> Match | None:
        """A label at the start of the text («المصدر: RT»); ``end`` is where its value begins."""
        return self.labels.at_start(text[:LABEL_END])

    def is_date(self, text: str) -> bool:
        """Whether a text is nothing but when something was, alone or after a label («آخر تحديث 22/01/1437», "12 May |
        10:30", "Updated 3 hours ago"); a day without its year, which a timeline has, is not enough alone.
        """
        parts = date_lines.parts(text)
        if len(parts) > 1 and date_lines.is_moment(self.undated(text)):
            return True
        return all(self._says_when(part, is_alone=len(parts) == 1) for part in parts)

    def _says_when(self, part: str, *, is_alone: bool) -> bool:
        value = self.undated(part)
        return date_lines.is_moment(value) or ((value != part or not is_alone) and date_lines.is_day(value))

    def undated(self, text: str) -> str:
        """The text without the label of a date that it begins with («Mis à jour», "Posted on")."""
        label = self.dated.at_start(text[:LABEL_END])
        return text[label.end :] if label else text

    def line(self, text: str) -> Match | None:
        """A call, share or legal line that is the whole text."""
        return self.lines.at_start(text) or self.bar(fold(text).split())

    def bar(self, folded: list[str]) -> Match | None:
        """A share bar, and what stands with it, run together in one block («شارك الخبر أخبار ذات صلة»), or agencies,
        one after the other («(رويترز، أ ف ب)»), or the initials of editors («ع.ش/ح.ز»), with agencies or without.
        """
        words = [word for word in folded if not _COUNT.fullmatch(word) and word != "و"]
        if not words or words[0] not in self.bar_words or (folded[0] in _PARTS and folded[-1].isdigit()):
            return None
        kinds = [("share", self.buttons), ("source", self.agencies)]
        if len(words) > 1:  # one letter is a number of a list
            kinds += [("byline", _INITIALS), ("source", self.signatures)]
        return next((Match(kind, 0, 0) for kind, names in kinds if _made_of(words, names)), None)

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


def _made_of(words: list[str], names: frozenset[str]) -> bool:
    """Whether words are nothing but names, of which some have many words."""
    at = 0
    while at < len(words):
        longest = range(min(_WORDS, len(words) - at), 0, -1)
        at += next((n for n in longest if " ".join(words[at : at + n]) in names), len(words) + 1)
    return at == len(words)


def read_phrases(path: Traversable) -> dict[tuple[str, str], dict[str, str]]:
    """One phrase file as ``{(kind, use): {phrase: where it was seen}}``, a phrase with a ``{choice}`` once for each.

    Raises PhraseError with the file's name where it is no TOML or names an unknown kind, use or choice.
    """
    data = read_toml(path)
    choices = data.pop(CHOICES, {})
    tables: dict[tuple[str, str], dict[str, str]] = {}
    for kind, uses in data.items():
        for use, phrases in uses.items():
            if kind not in KINDS or use not in USES:
                raise PhraseError(f"{path}: [{kind}.{use}]: kinds are {KINDS}, uses are {USES}")
            try:
                tables[kind, use] = {one: seen for phrase, seen in phrases.items() for one in _chosen(phrase, choices)}
            except KeyError as error:
                raise PhraseError(f"{path}: [{kind}.{use}]: [{CHOICES}] has no list {error}") from None
    return tables


def _chosen(phrase: str, choices: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The phrase with each choice in its place."""
    found = _CHOICE.search(phrase)
    if not found:
        yield phrase
        return
    for choice in choices[found[1]]:
        yield from _chosen(phrase[: found.start()] + choice + phrase[found.end() :], choices)


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
    agencies = {fold(phrase) for phrase in merged.get(("source", "line"), ()) if "…" not in phrase}
    agencies |= {f"و{name}" for name in agencies}
    signatures = _INITIALS | agencies | {fold(_END)}
    buttons = {fold(phrase) for _, phrase in [*headings, *shares] if "…" not in phrase}
    labels = _of_use(merged, "label")
    labels += [row for row in headings if _may_be_label(*row)]
    marks = [phrase for _, phrase in _of_use(merged, "mark")]
    lines = [*_of_use(merged, "line"), *_of_use(merged, "ending"), *_of_use(merged, "note")]
    return Phrases(
        headings=_headings(headings),
        sources=Table([row for row in labels if row[0] == "source"], "", _COLON),
        dated=Table([row for row in labels if row[0] == "date"], _OPENING, r"[\s:]*"),
        captions=Table([row for row in labels if row[0] == "caption"], _CREDIT_OPENING, _CREDIT_COLON),
        credits=Table(_of_use(merged, "credit"), _CREDIT_OPENING, _LINE_END),
        labels=Table(labels, _OPENING, _COLON),
        lines=Table(lines, r"[\s\W]*", _LINE_END),
        notices=Table([(kind, phrase) for kind, phrase in lines if ANYTHING in phrase], r"[\s\W]*", ""),
        endings=Table(_of_use(merged, "ending"), "", _LINE_END),
        notes=Table(_of_use(merged, "note"), "", r"(?!\w)"),
        cues=_cues(merged),
        agencies=frozenset(agencies),
        signatures=signatures,
        buttons=frozenset(buttons),
        says=tuple(f" {fold(mark)}" for mark in marks if mark.endswith(":")),
        answers=frozenset(fold(mark) for mark in marks if not mark.endswith(":")),
        bar_words=frozenset(name.split(" ")[0] for name in buttons | signatures),
    )


def _may_be_label(kind: str, heading: str) -> bool:
    """Whether what heads a list may also stand before a headline («قد يهمك: …»): one word may begin a sentence."""
    return kind in RELATED_KINDS and (" " in heading or DENSE_SCRIPTS.match(heading) is not None)


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
