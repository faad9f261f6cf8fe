"""What a text says about its own place: shared by the rules for pages and those for plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..items import RELATED_KINDS
from .blocks import count_words
from .folding import fold
from .options import Options

#: A sentence, more or less: the full stop of an abbreviation ends one, too.
SENTENCE = re.compile(r"[^.!?؟。！？।۔]+(?:[.!?؟。！？।۔]+|$)")
#: How a paragraph begins that goes on from the one before it: «وأشار», «كما», «من جهته», "he also".
_NOT_AND = (  # words whose first letter is a waw of their own: «وزير», «وصل»
    "زير|زار|كال|كيل|لاي|لد|اشنطن|ساط|سط|فد |رش|اقع|افق|ثيق|ثق|باء|ضع|قت|قع|قف|صل|صف|جه|جد|دع|عد|حد"
)
_CONTINUES = re.compile(
    rf"^(?:و(?!{_NOT_AND})\w{{2,}}|كما|فيما|بدور|من جهت|من جانب|في المقابل|في السياق|في هذا|الى ذلك|هذا و"
    r"|همچنین|وی |او |این |علاوه|اسی |انہوں|ان کا|جبکہ"
    r"|he |she |they |it |but |and |also |meanwhile|however|according|the \w+ (?:said|added)"
    r"|il |elle |ils |mais |par ailleurs|en outre|selon)"
)
_LIST_MARK = re.compile(r"^[-–—•*▪●|\d٠-٩\"'“„«‘]")  # lists, dialogue, quotations
_LAST_SENTENCE = re.compile(r"[.!?؟।»\"”][)\s]\s*(?=\S[^.!?؟।]{0,120}$)")
_DIGITS = re.compile(r"\d+")
_DAY_WORDS = 3  # a date without a digit has no more: «أمس», "Monday morning"
_ORDINAL = re.compile(r"\b(?:\d\d?\.(?=\s)|\d{4}\.(?=\s[^\W\d]))")  # "20. 11. 2026", "2026. november 20."
_SENTENCE_BREAK = re.compile(r"(?:(?<!\b[^\W\d])\.|[؟!?।])\s+\S")  # not after an initial: «S. Willis»
_SIGNATURE = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{3,}|[a-zäöüß]{2,3}(?:/[a-zäöüß]{2,3})+(?: \([\w ,.&/-]{2,40}\))?"
)
_SIGNED = 3  # lines after the last sentence: more of them are a list
_SIGNED_WORDS = 8  # of one
_PARAGRAPHS = 3  # finished ones that make a text one of sentences
_HASHTAGS = re.compile(r"(?:#(?=\d*[^\W\d])\w+[\s,،|.]*)+")


def line_key(line: str) -> str:
    """What lines of different documents are compared by: folded, every number the same. Empty where it has no word.

    >>> line_key("مدة القراءة: ٣ دقائق") == line_key("مدة القراءة 15 دقائق")
    True
    """
    return _DIGITS.sub("0", fold(line))


def hashtags(line: str) -> list[str]:
    """The tags of a line of hashtags alone; none where it has other words.

    >>> hashtags("#الواحة، #حديقة_عامة")
    ['الواحة', 'حديقة عامة']
    """
    if not (line.startswith("#") and _HASHTAGS.fullmatch(line)):
        return []
    return [tag.strip(",،|.").replace("_", " ") for tag in line.replace("#", " ").split()]


def is_signature(line: str) -> bool:
    """Whether a line is nothing but what ends the stories of some agencies and reporters: an e-mail address, a handle,
    the initials of editors («jr/kb (afp, dpa)»).
    """
    return ("@" in line or "/" in line) and _SIGNATURE.fullmatch(line) is not None


def is_question(text: str) -> bool:
    """Whether it ends like a question."""
    return text.rstrip().endswith(("?", "؟", "？"))


def signs_off(after: Sequence[str], loose: int, paragraphs: int) -> bool:
    """Whether loose lines after the last sentence of a text are no part of it, each some words: so it is where the text
    is made of sentences, ``paragraphs`` with few other ``loose`` lines.
    """
    few = len(after) <= _SIGNED and all(count_words(text) <= _SIGNED_WORDS for text in after)
    return few and paragraphs >= _PARAGRAPHS and loose * _PARAGRAPHS < paragraphs


def continues(words: str) -> bool:
    """Whether folded words go on from a paragraph before them."""
    return _CONTINUES.match(words) is not None


def meaning(words: str) -> set[str]:
    """Folded words that carry meaning, without the Arabic article and short words."""
    return {word.removeprefix("و").removeprefix("ال") for word in words.split() if len(word) > 3}


def is_listed(text: str) -> bool:
    """Whether it begins like an item of a list, a row of a table, a line of dialogue or a quotation."""
    return _LIST_MARK.match(text) is not None


def last_sentence(text: str) -> int | None:
    """Where a last sentence of up to 120 characters begins that has no full stop."""
    found = _LAST_SENTENCE.search(text, max(0, len(text) - 130))
    return found.end() if found else None


def spaces_before(text: str, at: int) -> int:
    """Where the white space begins that stands before a place in a text."""
    while at and text[at - 1].isspace():
        at -= 1
    return at


def has_value(options: Options, value: str, kind: str) -> bool:
    """Whether what follows a label is its value, not the rest of a sentence."""
    if kind == "date":
        if not _DIGITS.search(value) and value.count(" ") > _DAY_WORDS:
            return False
        value = _ORDINAL.sub("", value)
    if kind == "tags":
        return len(value) <= 3 * options.value_length and not value.rstrip().endswith((".", "؟", "!", "।"))
    is_title = kind in RELATED_KINDS and value.count(" ") <= options.headline_words[1]  # «Done deal! Striker signs»
    return len(value) <= options.value_length and (is_title or not _SENTENCE_BREAK.search(value))
