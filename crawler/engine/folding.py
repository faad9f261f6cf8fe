"""Spelling: one key for every way a word is written, and one pattern for every way a phrase is.

Used to match boilerplate phrases and for duplicate keys; stored text is never folded.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Letters that people write for each other (Arabic, Persian, Urdu keyboards and habits), Turkish İ and ı, which are
#: other letters than i in small and capital, and those that Greek has in two forms: its capitals go without accents.
LETTERS = {
    "ا": "اأإآٱ",
    "ي": "يىیئې",
    "و": "وؤ",
    "ه": "هةہھۀە",
    "ك": "كکگ",
    "'": "'’‘`´",
    "-": "-–—―−",
    "i": "ıİ",
    "σ": "ς",
    "α": "άΆ",
    "ε": "έΈ",
    "η": "ήΉ",
    "ι": "ίϊΐΊΪ",
    "ο": "όΌ",
    "υ": "ύϋΰΎΫ",
    "ω": "ώΏ",
}
#: Marks that change nothing: tatweel, harakat, superscript alef, zero-width and bidi controls.
MARKS = "\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad"

_MARKS = re.compile(f"[{MARKS}]+")
_SHORT = 160
WORDS = re.compile(r"[^\W_]+")
_VARIANTS = [(variant, letter) for letter, variants in LETTERS.items() for variant in variants if variant != letter]
_VARIED = re.compile(f"[{''.join(variant for variant, _ in _VARIANTS)}]")
ANYTHING = "……"  # in a phrase: whatever stands there
_GAPS = {"…": r"(?:[^\s.!?؟।]+\s+){0,4}?", ANYTHING: r"[^\n]{0,400}?"}


def fold(text: str) -> str:
    """The key of a text: letters unified, marks and punctuation gone, words one space apart.

    >>> fold("إقرأ أيضــاً:") == fold("اقرا ايضا")
    True
    """
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


@lru_cache(maxsize=4096)
def _fold_short(text: str) -> str:
    """Headings and lines are asked for by several rules. Pure: the cache holds no page's state."""
    return _fold(text)


def _fold(text: str) -> str:
    if not text.isascii():
        text = unify(_MARKS.sub("", unicodedata.normalize("NFKC", text)))
    return " ".join(WORDS.findall(text.casefold()))


def is_plain(text: str) -> bool:
    """Whether folding makes no two letters of one («ß», ligatures), nor one of two (an accent apart)."""
    return text.isascii() or (unicodedata.is_normalized("NFKC", text) and text.lower() == text.casefold())


def unify(text: str) -> str:
    """One letter for those that people write for each other; most texts have none, few have many."""
    if _VARIED.search(text):
        for variant, letter in _VARIANTS:
            if variant in text:
                text = text.replace(variant, letter)
    return text


def pattern(phrase: str) -> str:
    """A regular expression for a phrase, to match a ``spell``-ed text in small letters; ``…`` is up to four words,
    ``……`` anything. Words may be run together, a letter that is a word may not: «أ ب» is an agency, «آب» a month.
    """
    words = lower(unify(_MARKS.sub("", phrase))).split()
    spaces = [r"\s+" if len(word) == 1 and word.isalpha() else r"\s*" for word in words[:-1]] + [r"\s*"]
    return "".join([_GAPS.get(word) or re.escape(word) + space for word, space in zip(words, spaces, strict=True)])


def lower(text: str) -> str:
    """Small letters, each where its capital stood (``"İ".lower()`` has two characters)."""
    small = text.lower()
    return small if len(small) == len(text) else "".join([letter.lower()[:1] for letter in text])


def spell(text: str) -> str:
    """The text in the one spelling that ``pattern`` is for, letter by letter: marks gone, letters unified."""
    return unify(_MARKS.sub("", text))


def unspelled(text: str, at: int) -> int:
    """Where the letter stands in a text that stands at ``at`` in its one spelling; the text's length at its end.

    >>> unspelled("أيضــاً:", 3)
    5
    """
    for marks in _MARKS.finditer(text):
        if marks.start() > at:
            break
        at += marks.end() - marks.start()
    return at
