"""What a heading opens, by its words: one of the lists', or one that goes on with whose it is or where."""

from __future__ import annotations

from collections.abc import Mapping

from ..items import RELATED_KINDS
from .folding import fold

_LEAST = 2  # words before it goes on: «More from Europe» may head a part of an article
_MOST = 5  # words of what it goes on with
#: What stands between «most read» and where.
_BETWEEN = frozenset(
    fold(word)
    for word in (
        "في على من عن لدى مع در از به با میں سے کی پر on in from at of by for about sur dans de du des chez par en "
        "del desde su di da do dei dal nel em no na auf von aus bei im zu zum über van op uit over på från i fra af "
        "на в от из о об по ze w z do o od"
    ).split()
)
#: How sentences end, and no heading that goes on.
_STOPS = tuple(".!?؟۔।。")


def opened_by(headings: Mapping[str, str], text: str, folded: str) -> str | None:
    """The kind of the section that a text opens; ``folded`` are its words. On the development pages none of 62 lines
    that go on is in gold.

    >>> opened_by({"most read": "related"}, "Most read in Sports", "most read in sports")
    'related'
    """
    kind = headings.get(folded)
    if kind or text.endswith(_STOPS):
        return kind
    words = folded.split()
    for at in range(max(_LEAST, len(words) - _MOST), len(words)):
        kind = headings.get(" ".join(words[:at])) if words[at] in _BETWEEN else None
        if kind in RELATED_KINDS:
            return kind
    return None
