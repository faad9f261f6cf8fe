"""What stands inside a paragraph and is no part of what it says: shared by the rules for pages and those for text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..items import RELATED_KINDS
from .blocks import is_finished
from .language import LABEL_END, LONGEST_ENDING, Phrases
from .phrase_table import Match
from .wording import spaces_before

#: Where a link may say something of itself: in brackets, or after a comma.
_NOTE = re.compile(r"(?:[(\[（](?P<bracketed>[^()\[\]（）]{4,60})[)\]）]|,\s+(?=\w))")
_BRACKETED = re.compile(r"[(\[（【]([^()\[\]（）【】]{6,200})[)\]）】]")
_WORDS = 3  # of a headline, a call, a note after a comma, at least: «(read: bad)» explains one
_VALUE = 60  # characters of what a label says: who, when, which tags
_BREAK = re.compile(r"[.!?؟…۔।。！？»”\"’)\]]\s*(?=\w)")  # a sentence ends, and another begins
_STOPS = ".!?؟…۔।"
_CALLS = ("cta", "share", "legal", "chrome")


def link_notes(phrases: Phrases, text: str) -> Iterator[tuple[int, int]]:
    """The spans of what links say of themselves, after something else: «… (opens in a new tab)», "…, opens new tab"."""
    for at in _NOTE.finditer(text, 1):
        told = (at["bracketed"] or text[at.end() : at.end() + LABEL_END]).strip()
        found = phrases.notes.at_start(told)
        if found and at["bracketed"] and found.end == len(told):
            yield spaces_before(text, at.start()), at.end()
        elif found and not at["bracketed"] and _is_long(told[: found.end]):
            yield spaces_before(text, at.start()), at.end() + found.end


def read_also(phrases: Phrases, text: str, linked: Sequence[str] = ()) -> Iterator[Match]:
    """Read-also lines in brackets after a sentence, or in one where all behind their label is a link."""
    for at in _BRACKETED.finditer(text, 1):
        told = at[1].strip()
        found = phrases.label(told)
        if found is None or found.kind not in RELATED_KINDS:
            continue
        value = told[found.end :]
        is_headline = _is_long(value)
        is_last = not value and at.end() == len(text) and " " in told  # «(Lee más aquí)»
        start = spaces_before(text, at.start())
        stands_apart = is_finished(text[max(0, start - 9) : start]) and (is_headline or is_last)
        if stands_apart or (is_headline and value in linked):
            yield Match(found.kind, start, at.end())


def last_calls(phrases: Phrases, text: str, spelled: str, linked: Sequence[str] = ()) -> Match | None:
    """The calls and read-also lines that a paragraph ends in, or a notice that an advertisement follows. ``spelled`` is
    the text in the one spelling: most say there that none of their last sentences begins like one.
    """
    if not any(text.rstrip().endswith(link) for link in linked) and not _may_end_in_calls(phrases, spelled):
        return None
    found, end = None, len(text)
    while call := next(_calls(phrases, text, end, linked), None):
        found, end = Match(call.kind, call.start, len(text)), call.start
    return found


def _may_end_in_calls(phrases: Phrases, spelled: str) -> bool:
    breaks = [at.end() for at in _BREAK.finditer(spelled, max(0, len(spelled) - LONGEST_ENDING))]
    tables = (phrases.lines, phrases.labels)
    return any(table.may_stand_at(spelled, at) for at in breaks for table in tables)


def _calls(phrases: Phrases, text: str, end: int, linked: Sequence[str]) -> Iterator[Match]:
    """The calls that reach from a break between two sentences to ``end``, the longest first."""
    for at in _BREAK.finditer(text, max(0, end - LONGEST_ENDING), end):
        sentence = text[at.end() : end].strip()
        is_apart = text[at.start()] in _STOPS and " " in sentence and not is_finished(sentence)  # «… أمس. قراءة المزيد»
        kind = _call(phrases, sentence, is_sure=is_apart or sentence in linked)
        if kind:
            yield Match(kind, at.end(), end)


def _call(phrases: Phrases, sentence: str, *, is_sure: bool) -> str | None:
    """The kind of a call or read-also line that a sentence is; a link, or some words without a full stop behind a
    sentence, may be a short one («Read more»), or any label and its value («تدقيق: أحمد سالم»).
    """
    label = phrases.label(sentence)
    if label:
        value = sentence[label.end :]
        is_related = label.kind in RELATED_KINDS and (is_sure or _is_long(value))
        if is_related or (is_sure and len(value) <= _VALUE and sentence[: label.end].rstrip().endswith((":", "："))):
            return label.kind
    found = phrases.lines.at_start(sentence)
    kind = found.kind if found else phrases.heading(sentence) if is_sure else None
    is_call = kind in _CALLS and (is_sure or _is_long(sentence))
    is_ad = kind == "ad" and not is_finished(sentence)
    return kind if is_call or is_ad or (is_sure and kind in RELATED_KINDS) else None


def _is_long(text: str) -> bool:
    return text.count(" ") + 1 >= _WORDS
