"""Rules that edit characters inside the blocks that stay. What the words are does not change.

Stored text is NFC without bidi controls, zero-width spaces, soft hyphens or elongation. ZWNJ
between letters (Persian), diacritics and digits stay, and so does ﷺ.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from ..items import Edit
from .edits import apply

_CONTROLS = "\u00ad\u061c\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_ARABIC = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff"
_WHITE = r"(?:\s|&(?:amp;)*(?:nbsp|#160|#xa0|ensp|emsp|thinsp);)"
_HARAKAT = "\u064b-\u0652\u0670"
_COMBINING = "\u0300-\u036f\u0653-\u0655"


@dataclass(frozen=True, slots=True)
class TextRule:
    """One rule: what it matches, and what each match becomes."""

    name: str
    trigger: re.Pattern[str]  # without this in it a block has no match that changes anything: quicker to ask
    pattern: re.Pattern[str]
    replace: Callable[[str], str]
    about: str


def _nothing(_: str) -> str:
    return ""


def _unescape(found: str) -> str:
    """The character; nothing for a control, which the rule for controls would take out next time."""
    text = html.unescape(found)
    while "&" in text and text != (text := html.unescape(text)):
        continue
    return "" if re.fullmatch(f"[{_CONTROLS}\u200c]+", text) else " " if text.isspace() else text


def _one_space(_: str) -> str:
    return " "


def _compose(found: str) -> str:
    return unicodedata.normalize("NFC", found)


def _to_letters(found: str) -> str:
    return unicodedata.normalize("NFKC", found)


#: In order: where two would touch the same characters the first one does.
TEXT_RULES = (
    TextRule(
        "spaces",
        re.compile(rf"[^\S ]|  |[{_CONTROLS}\u200c&]"),
        re.compile(rf"(?! [^\s{_CONTROLS}\u200c&])[{_CONTROLS}\u200c]*{_WHITE}(?:{_WHITE}|[{_CONTROLS}\u200c])*"),
        _one_space,
        "Runs of white space of any kind become one space.",
    ),
    TextRule(
        "entities",
        re.compile("&"),
        re.compile(
            r"&(?:amp;)*(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|nbsp|amp|quot|apos|lt|gt|laquo|raquo|[lr][sd]quo|[nm]dash|hellip|zwnj|rlm|lrm);"
        ),
        _unescape,
        "Character references that were escaped twice become their characters.",
    ),
    TextRule(
        "controls",
        re.compile(rf"[{_CONTROLS}]"),
        re.compile(rf"[{_CONTROLS}]+"),
        _nothing,
        "Bidi controls, zero-width spaces and joiners, soft hyphens and byte order marks go.",
    ),
    TextRule(
        "joiners",
        re.compile("\u200c"),
        re.compile(r"\u200c+(?!\w)|(?<!\w)\u200c+|(?<=\u200c)\u200c+"),
        _nothing,
        "A ZWNJ that does not stand between two letters goes.",
    ),
    TextRule(
        "tatweel",
        re.compile("\u0640"),
        re.compile(rf"(?<=[{_ARABIC}{_HARAKAT}])\u0640+(?=[{_ARABIC}{_HARAKAT}])"),
        _nothing,
        "Elongation inside words goes; the one that joins a prefix to a number, quote or Latin word (لـ«…») stays.",
    ),
    TextRule(
        "presentation_forms",
        re.compile("[\ufb50-\ufdf9\ufe70-\ufefc]"),
        re.compile(r"[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc]+"),
        _to_letters,
        "Arabic presentation forms become letters; ﷺ and ﷻ stay.",
    ),
    TextRule(
        "composition",
        re.compile(rf"[{_COMBINING}]|[{_HARAKAT}]{{2}}"),
        re.compile(rf"\w(?=[{_HARAKAT}]?[{_COMBINING}]|[{_HARAKAT}]{{2}})[{_COMBINING}{_HARAKAT}]+"),
        _compose,
        "Letters and their combining marks are composed (NFC).",
    ),
)


#: What any rule could match begins with one of these, or is a space or one of PAIRED beside another: most blocks
#: have none and are done.
SUSPECTS = (
    f"{_CONTROLS}\u0640\u200c\ufb50-\ufdf9\ufe70-\ufefc\u0300-\u036f\u0653-\u0655&"
    "\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
)
PAIRED = _HARAKAT
_SUSPECT = re.compile(f"[{SUSPECTS}]|  |[{PAIRED}][{PAIRED}]")


def character_edits(raw_text: str, start: int, end: int) -> list[Edit]:
    """The edits for one block of the raw text, in order, none overlapping another."""
    block = raw_text[start:end]
    if not _SUSPECT.search(block):
        return []
    taken: dict[int, Edit] = {}
    for rule in TEXT_RULES:
        if not rule.trigger.search(block):
            continue
        for found in rule.pattern.finditer(block):
            at_edge = found.start() == 0 or found.end() == len(block)
            text = "" if at_edge and rule.name == "spaces" else rule.replace(found.group())
            if text == found.group() or any(i in taken for i in range(found.start(), found.end())):
                continue
            edit = Edit(
                start=start + found.start(), end=start + found.end(), text=text, rule=rule.name, kind="characters"
            )
            taken.update(dict.fromkeys(range(found.start(), found.end()), edit))
    return sorted(set(taken.values()), key=lambda edit: edit.start)


def put_right(text: str | None) -> str | None:
    """A text of its own, a headline say, with its characters put right."""
    return text and apply(text, character_edits(text, 0, len(text)))
