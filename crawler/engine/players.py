"""What players of video and sound leave in a text: names of buttons and menus, what they say to screen readers.

Corpora are full of it («Video Player is loading», "Beginning of dialog window. Escape will cancel and close the
window."). Most of these words stand in articles, too («Chapters», "Red"): a player is told by the company they keep.
Its names, in 48 languages, are in players.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from .blocks import count_words
from .draft import Cut, Draft
from .folding import fold
from .lines import Document, LineCut
from .toml import DATA, read_toml

_SENTENCE = 4  # words: so long a name tells a player alone
_TELLING = 2  # different names of some words each, which tell one together
_OTHERS = 2  # lines in a row that a player has from elsewhere: a film's title, a language
_OTHER_WORDS = 4  # of one
_NUMBER = re.compile(r"\d+x?")  # "0:00", "1.5x"


@cache
def _names() -> dict[str, list[list[str]]]:
    """The folded words of all names, by the first one; of those that begin alike the longest first."""
    texts = {fold(name) for names in read_toml(DATA / "players.toml").values() for name in names}
    found: dict[str, list[list[str]]] = {}
    for words in sorted((text.split() for text in texts), key=lambda words: (-len(words), words)):
        found.setdefault(words[0], []).append(words)
    return found


def player(draft: Draft) -> Iterator[Cut]:
    """What a player of video or sound shows or says to screen readers, block by block («Current Time 0:00», "Chapters",
    "This is a modal window."): two of its names or more beside each other, or a sentence of it.
    """
    near = draft.near()
    yield from (Cut(near[at]) for at in of_players([draft.reading[at].plain for at in near]))


def player_lines(document: Document) -> Iterator[LineCut]:
    """What a player of video or sound shows or says to screen readers, line by line («Current Time 0:00», "Chapters",
    "This is a modal window."): two of its names or more beside each other, or a sentence of it.
    """
    yield from map(LineCut, of_players(document.plain))


def of_players(lines: Iterable[str]) -> Iterator[int]:
    """The numbers of those of some folded lines that players show."""
    run: dict[int, set[str]] = {}  # lines that may be one player's, with the names in each
    others = 0
    for at, line in enumerate(lines):
        names = _names_in(line)
        if names is not None:
            others = 0
            run[at] = names
        elif run:
            others += 1
            if others > _OTHERS or len(line.split()) > _OTHER_WORDS:
                yield from _of_one(run)
                run, others = {}, 0
    yield from _of_one(run)


def _of_one(run: dict[int, set[str]]) -> Iterator[int]:
    """From the first to the last line that names something, if it is a player."""
    named = [at for at, names in run.items() if names]
    telling = {name for names in run.values() for name in names if count_words(name) > 1}
    if len(telling) >= _TELLING or any(count_words(name) >= _SENTENCE for name in telling):
        yield from range(named[0], named[-1] + 1)


def _names_in(line: str) -> set[str] | None:
    """The names that a line is made of, numbers aside; nothing where it has other words."""
    first = line.split(maxsplit=1)[:1]
    if first and first[0] not in _names() and not first[0][0].isdigit():
        return None  # as most lines
    words, found = line.split(), set()
    at = 0
    while at < len(words):
        name = next((name for name in _names().get(words[at], ()) if words[at : at + len(name)] == name), None)
        if name:
            found.add(" ".join(name))
        elif not _NUMBER.fullmatch(words[at]):
            return None
        at += len(name) if name else 1
    return found
