"""What a word is found by: spelling habits, marks and the Arabic article make no difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crawler.engine.folding import fold

#: The article, alone and after a one-letter word that is written with the next one; longest first.
_ARTICLE = re.compile(r"^(?:وبال|وال|فال|بال|كال|ولل|فلل|لل|ال)(?=\w{3})")
_TOKEN = re.compile(r"\S+")
_QUOTED = re.compile(r'"([^"]*)"|(\S+)')


class Piece(NamedTuple):
    """A part of a text: words between matches, or a match."""

    text: str
    matches: bool


def keys(text: str) -> list[str]:
    """The keys of a text's words, in order.

    >>> keys("الاستراتيجية") == keys("استراتيجيه")
    True
    """
    return [_ARTICLE.sub("", word) for word in fold(text).split()]


def query(words: str) -> list[list[str]]:
    """What is searched for: every word, and every "phrase in quotes" as one; none where there is no letter."""
    parts = [quoted or word for quoted, word in _QUOTED.findall(words)]
    return [found for part in parts if (found := keys(part))]


def context(text: str, wanted: Sequence[Sequence[str]], width: int = 15) -> list[Piece]:
    """A text's first place where a word of the query stands, with so many words before and after; the text's beginning
    where none does.
    """
    looked_for = {key for phrase in wanted for key in phrase}
    tokens = [(word, bool(looked_for & set(keys(word)))) for word in _TOKEN.findall(text)]
    first = next((at for at, (_, matches) in enumerate(tokens) if matches), 0)
    start = max(0, first - width)
    shown = tokens[start : first + width + 1]
    before = [("…", False)] if start else []
    after = [("…", False)] if first + width + 1 < len(tokens) else []
    return list(_joined([*before, *shown, *after]))


def _joined(tokens: Sequence[tuple[str, bool]]) -> Iterator[Piece]:
    """Neighbours of a kind are one piece."""
    run: list[str] = []
    for at, (word, matches) in enumerate(tokens):
        run.append(word)
        if at + 1 == len(tokens) or tokens[at + 1][1] != matches:
            yield Piece(" ".join(run), matches)
            run = []
