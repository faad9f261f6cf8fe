"""Who took a picture, at the end of a block: what tells a caption from a sentence where no element does."""

from __future__ import annotations

import re

from .folding import fold
from .language import Phrases
from .line_hints import TAIL

_AGENCIES = (
    r"Getty(?: Images)?|AFP|Reuters|AP(?: Photo)?|EPA(?:-EFE)?|Shutterstock|dpa|picture alliance|IMAGO|"
    r"Anadolu(?: Agency)?|Bloomberg|PA(?: Wire| Media)?|Xinhua|TASS|رويترز|أ ف ب|فرانس برس"
)
_AGENCY = re.compile(rf"(?:/|\bvia |^)(?:{_AGENCIES})[)\]]?$")
#: "(AP Photo/Jane Doe)", "REUTERS/Jane Doe"; «© RIA Novosti / Jane Doe»; «记者张三摄»
_PERSON = re.compile(
    r"(?:\(|\s)(?:AP Photo|REUTERS|AFP|EPA)\s?/\s?[^\W\d_][^\n/]{2,40}$"
    r"|©\s?[^\s.!?©][^.!?©]{1,60}$"
    r"|(?:记者|記者|新华社发|中新社发)[^。]{1,12}[摄攝][）)】]?$"
)
#: What stands between a caption and its credit: the end of a sentence or a bracket, and before a label a dash, too.
_STOP = re.compile(r"[.!?؟۔।。！？…»”’|｜]\s*|(?<=\S)[\"']\s+|(?=[(\[（［【])|(?<=\s)(?=[-–—]\s)")
_MARK = re.compile(rf"{_STOP.pattern}|[/—–]\s*|\s-\s+")
_LONGEST = 80
_BRACKETS = re.compile(r"[^\s.!?؟।…] [(（]([^()（）]{2,40})[)）]$")
_SENTENCE_ENDS = re.compile(r"[.!?؟।。！？]\s")
_PROSE = (").", "].", "）。")  # a remark in brackets inside a sentence


def is_credited(phrases: Phrases, text: str, hints: int) -> bool:
    """Whether a block ends in who took a picture. ``hints``: what it may be, as line_hints.py says."""
    if _AGENCY.search(text) or _PERSON.search(text):
        return True
    return bool(hints & TAIL) and _names_owner(phrases, text)


def is_of_agency(phrases: Phrases, text: str) -> bool:
    """Whether a block ends in an agency's name in brackets («الحديقة قبل افتتاحها (أ ف ب)»): under a picture its owner,
    elsewhere who told the story.
    """
    found = _BRACKETS.search(text)
    agency = phrases.bar(fold(found[1]).split()) if found else None
    return agency is not None and agency.kind == "source"


def _names_owner(phrases: Phrases, text: str) -> bool:
    """Whether a block ends in a label of captions and a name («… am Montag. Foto: Jane Doe», «… (تصوير: أسماء نصار)»),
    or in a phrase that says whose the picture is («… on Monday. (File photo)»).
    """
    if text.endswith(_PROSE):
        return False
    tail = max(0, len(text) - _LONGEST)
    if any(phrases.credits.at_start(text[stop.end() :]) for stop in _STOP.finditer(text, tail)):
        return True
    for mark in _MARK.finditer(text, tail):
        found = phrases.captions.at_start(text[mark.end() :])
        if found:
            value = text[mark.end() + found.end :]
            return bool(value) and not _SENTENCE_ENDS.search(value)
    return False
