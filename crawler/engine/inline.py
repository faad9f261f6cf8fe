"""What an element inside a line of text is: a part of it, a block of its own, or nothing that is read there."""

from __future__ import annotations

import re

from ..sites.site import MARK
from .looks import look

#: An inline element that stands alone: by its style, or by the classes that Tailwind and Bootstrap give it.
_AS_BLOCK = re.compile(r'display\s*:\s*block|class="(?:[^"]*\s)?(?:d-)?block[\s"]')
_LONGEST_MARK = 2  # characters
_FOOTNOTES = "*†‡§"


def is_unseen(tag: str, written: str, following: str, runs: list[str]) -> bool:
    """Whether no reader sees an element in its line. Links, whose addresses all differ, are looked at more rarely."""
    by_name = tag != "a" and ("class=" in written or "role=" in written)
    if not (by_name or "hidden" in written or "style=" in written):
        return False
    found = look(tag, written)
    return found.hidden or (found.unseen and not _stands_for(following, runs))


def _stands_for(following: str, runs: list[str]) -> bool:
    """Whether what only screen readers are told says what others see: a label at the beginning of its line («Image
    source, AFP»), the colon that parts a kicker from its headline, the first letter of a word that is drawn as a
    picture (but not once more where it is a letter).
    """
    sign = following.strip()
    is_first = not any(map(str.strip, runs))
    return is_first or (len(sign) == 1 and not (sign.isalnum() and runs[-1].strip() == sign))


def is_mark(text: str) -> bool:
    """Whether a link within the page is a sign to click on («#», «¶», «↩») and no word."""
    mark = text.strip()
    return 0 < len(mark) <= _LONGEST_MARK and not any(map(str.isalnum, mark)) and mark not in _FOOTNOTES


def stands_alone(tag: str, written: str) -> bool:
    """Whether an inline element is a block of its own."""
    as_block = "block" in written and "float" not in written and _AS_BLOCK.search(written)  # a drop cap floats
    return bool(as_block) or look(tag, written).kind == "caption" or MARK in written
