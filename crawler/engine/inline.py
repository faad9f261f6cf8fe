"""What an element inside a line of text is: a part of it, a block of its own, or nothing that is read there."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..sites.site import MARK
from .blocks import is_finished
from .looks import look
from .markup import Token
from .tags import BLOCK_TAGS

#: An inline element that stands alone: by its style, or by the classes that Tailwind and Bootstrap give it.
_AS_BLOCK = re.compile(r'display\s*:\s*block|class="(?:[^"]*\s)?(?:d-)?block[\s"]')
_BEHIND_WORDS = tuple(",.;:!?)»”’،؛؟۔。，")
_BEFORE = 8  # texts
AHEAD = 12  # tags that are looked at to see how a line goes on
_OPENED_BY = frozenset("h1 h2 h3 h4 h5 h6 dt summary".split())
_HEADING = 2  # words
_WORDS = 5
_INITIAL_TAGS = frozenset("div p section".split())
_QUOTES = ("", '"', "«", "“", "„", "‘", "'")
_LONGEST_INITIAL = 40  # characters, most of them blank
_LONG_ENOUGH = 40
_LONGEST_MARK = 2  # characters
_FOOTNOTES = "*†‡§"


def is_unseen(tag: str, written: str, runs: list[str], ahead: Callable[[], list[Token]]) -> bool:
    """Whether no reader sees an element in its line. Links, whose addresses all differ, are looked at more rarely."""
    by_name = tag != "a" and ("class=" in written or "role=" in written)
    if not (by_name or "hidden" in written or "style=" in written):
        return False
    found = look(tag, written)
    return found.hidden or (found.unseen and not _stands_for(ahead(), runs))


def _stands_for(ahead: list[Token], runs: list[str]) -> bool:
    """Whether what only screen readers are told says what others see: a label at the beginning of its line («Image
    source, AFP») that is not said again behind it, the colon that parts a kicker from its headline, the first letter of
    a word that is drawn as a picture (but not once more where it is a letter).
    """
    if not any(map(str.strip, runs)):
        inside, behind = _parts(ahead)
        return not (inside and behind.startswith(inside))
    sign = ahead[0][3].strip()
    return len(sign) == 1 and not (sign.isalnum() and runs[-1].strip() == sign)


def _parts(ahead: list[Token]) -> tuple[str, str]:
    """What an element says, and what its line says behind it, as far as ``ahead`` goes."""
    depth, is_behind, texts = 0, False, ["", ""]
    for closing, tag, _, text in ahead:
        if tag == ahead[0][1] and not is_behind:
            depth += -1 if closing else 1
            is_behind = not depth
        elif tag in BLOCK_TAGS or tag == "br":
            break
        texts[is_behind] += text
    return texts[0].strip(), texts[1]


def is_said(ahead: list[Token], runs: list[str], around: str) -> bool:
    """Whether a button or a label is a part of what is said where it stands: all of a heading that opens and shuts what
    is below it, or words in the middle of a sentence that explain themselves on a click.
    """
    before = "".join(runs[-_BEFORE:]).strip()
    inside, behind = _parts(ahead)
    if not before:
        return around in _OPENED_BY and len(inside.split()) >= _HEADING
    after = behind.lstrip()[:1]
    goes_on = after in _BEHIND_WORDS or (behind[:1].isspace() and after.isalpha() and not after.isupper())
    return goes_on and " " in before and not is_finished(before) and inside.count(" ") < _WORDS


def is_initial(runs: list[str], around: str) -> bool:
    """Whether a block is a capital that the next one may begin with, in whatever element a drop cap stands."""
    if len(runs) > 1 or len(runs[0]) > _LONGEST_INITIAL:
        return False
    letter = runs[0].strip()
    return letter[-1:].isupper() and letter[:-1] in _QUOTES and around in _INITIAL_TAGS


def takes_up(runs: list[str], initial: str) -> bool:
    """Whether a block goes on with a word that the capital before it begins; it has it then."""
    goes_on = sum(map(len, runs)) >= _LONG_ENOUGH and runs[0].lstrip()[:1].islower()
    if goes_on:
        runs[0] = initial + runs[0].lstrip()
    return goes_on


def is_mark(text: str) -> bool:
    """Whether a link within the page is a sign to click on («#», «¶», «↩») and no word."""
    mark = text.strip()
    return 0 < len(mark) <= _LONGEST_MARK and not any(map(str.isalnum, mark)) and mark not in _FOOTNOTES


def stands_alone(tag: str, written: str) -> bool:
    """Whether an inline element is a block of its own."""
    as_block = "block" in written and "float" not in written and _AS_BLOCK.search(written)  # a drop cap floats
    return bool(as_block) or look(tag, written).kind == "caption" or MARK in written
