"""Spelling: one key for every way a word is written, and one pattern for every way a phrase is.

Used to match boilerplate phrases and for duplicate keys; stored text is never folded.
"""

from __future__ import annotations

import re
import unicodedata

#: Letters that people write for each other (Arabic, Persian, Urdu keyboards and habits).
LETTERS = {
    "ا": "اأإآٱ",
    "ي": "يىیئې",
    "و": "وؤ",
    "ه": "هةہھۀە",
    "ك": "كکگ",
    "'": "'’‘`´",
}
#: Marks that change nothing: tatweel, harakat, superscript alef, zero-width and bidi controls.
MARKS = "\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"

_MARKS = re.compile(f"[{MARKS}]+")
_NOT_WORD = re.compile(r"[\W_]+")
_SAME = str.maketrans({variant: letter for letter, variants in LETTERS.items() for variant in variants})
_CLASSES = {v: f"[{variants}]" for variants in LETTERS.values() for v in variants}
_GAP = r"(?:[^\s.!?؟]+\s+){0,4}?"
_SPACE = rf"[\s{MARKS}]*"


def fold(text: str) -> str:
    """The key of a text: letters unified, marks and punctuation gone, words one space apart.

    >>> fold("إقرأ أيضــاً:") == fold("اقرا ايضا")
    True
    """
    text = _MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(_SAME)
    return _NOT_WORD.sub(" ", text.casefold()).strip()


def pattern(phrase: str) -> str:
    """A regular expression for a phrase in all its spellings; ``…`` stands for up to four words.

    It is for raw text, so that a match gives offsets into it. Hamza, alef, yeh, teh marbuta,
    tatweel, diacritics, case and spaces may differ.
    """
    parts = []
    for word in phrase.split():
        if word == "…":
            parts.append(_GAP)
        else:
            parts.append(f"[{MARKS}]*".join(map(_letter, word)) + _SPACE)
    return "".join(parts)


def _letter(letter: str) -> str:
    return _CLASSES.get(letter, re.escape(letter))
