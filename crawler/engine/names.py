"""What an element's names say it is: class, id, role, itemprop and tag -> a kind of boilerplate.

The words are what publishers' templates use (names.toml); a name counts only where named_boxes.py finds that the
element does not hold most of the page's prose (``article-with-related`` is not a related list).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from .toml import DATA, read_toml

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[a-z0-9]+")
_PART = re.compile(r"\(([^()]*)\)(\??)|([^()?])(\??)")
_EMBEDS = frozenset("tweet twitter instagram facebook tiktok embed".split())
_HIDDEN = frozenset("hidden hide invisible collapsed".split())


def _spellings(entry: str) -> Iterator[str]:
    """All that an entry of names.toml stands for: ``read ?more`` is "read more" and "readmore"."""
    return (" ".join(spelling.split()) for spelling in _expanded(entry))


def _expanded(entry: str) -> list[str]:
    """The same with its spaces as they fall; what is in a group is an entry of its own."""
    found = [""]
    for group, group_may_miss, letter, letter_may_miss in _PART.findall(entry):
        choices = [spelling for choice in group.split("|") for spelling in _expanded(choice)] if group else [letter]
        if group_may_miss or letter_may_miss:
            choices.append("")
        found = [before + choice for before in found for choice in choices]
    return found


_WORDS = read_toml(DATA / "names.toml")
_KINDS = list(_WORDS["boilerplate"])
_RANKS: dict[str | None, int] = {kind: rank for rank, kind in enumerate(_KINDS)}
_CONTENT, _LEAD, _UNSEEN = range(len(_KINDS), len(_KINDS) + 3)
_LISTS = [*_WORDS["boilerplate"].values(), *_WORDS["article"].values(), *_WORDS["unseen"].values()]


def _table() -> dict[str, set[int]]:
    """Phrases of class and id names -> the lists that they stand in. Entries in ^…$ are whole names (WordPress
    calls articles ``tag-oasis``), and so are their keys.
    """
    found: dict[str, set[int]] = {}
    for rank, entries in enumerate(_LISTS):
        ranks = {rank, _RANKS["nav"]} if rank == _UNSEEN else {rank}  # a block of it is the page's own
        for entry in entries:
            mark = "^" if entry.startswith("^") else ""
            for spelling in _spellings(entry.strip("^$")):
                found.setdefault(mark + spelling, set()).update(ranks)
    return found


def _longest(phrases: Iterable[str]) -> dict[str, int]:
    """How many words the longest phrase has that begins with a word."""
    found: dict[str, int] = {}
    for first, *more in map(str.split, phrases):
        found[first] = max(found.get(first, 0), 1 + len(more))
    return found


_TABLE = _table()
_NO_RANKS = frozenset[int]()
_VOCABULARY = frozenset(word for phrase in _TABLE for word in phrase.strip("^").split()) | _HIDDEN | _EMBEDS
_LONGEST = _longest(_TABLE)

#: What the tag or the ARIA role alone says.
TAG_KINDS = {
    "nav": "nav",
    "footer": "nav",
    "figcaption": "caption",
    "form": "chrome",
    "button": "chrome",
    "aside": "related",
    "dialog": "nav",
    "menu": "nav",
    "label": "chrome",
}
ROLE_KINDS = {
    "navigation": "nav",
    "banner": "nav",
    "contentinfo": "nav",
    "complementary": "related",
    "search": "nav",
    "dialog": "nav",
    "alertdialog": "nav",
    "menu": "nav",
    "button": "chrome",
    "tablist": "nav",
}
ITEMPROP_KINDS = {
    "author": "byline",
    "comment": "comments",
    "datepublished": "date",
    "datemodified": "date",
    "keywords": "tags",
    "caption": "caption",
}


#: Elements that hold the article by what they are, whatever they are called.
_HOLDERS = frozenset("html body main article".split())
#: What a paragraph may be called without being one: a "teaser" paragraph is the article's own lead.
_NOT_FOR_PARAGRAPHS = frozenset(["related", "nav", "legal"])


class Said(NamedTuple):
    """What class and id names say of an element."""

    kind: str | None  # the kind of boilerplate that they stand for: the first one of the table wins
    named_by: str  # the name that says it
    content: bool  # "the article's body"
    lead: bool  # "the article's lead or summary"
    hidden: bool
    embed: bool
    unseen: bool  # an element in a line of text that is not read there


NOTHING = Said(None, "", content=False, lead=False, hidden=False, embed=False, unseen=False)


def said_by(names: str, tag: str = "div") -> Said:
    """What the names of an element say, parted by spaces."""
    kind, named_by, content, lead, hidden, embed, unseen = NOTHING
    best = len(_KINDS)
    for said in map(_one, names.split()):
        if said is NOTHING:
            continue
        content, lead = content or said.content, lead or said.lead
        hidden, embed, unseen = hidden or said.hidden, embed or said.embed, unseen or said.unseen
        rank = _RANKS.get(said.kind, best)
        if rank < best or (rank == best and said.kind and said.named_by < named_by):
            best, kind, named_by = rank, said.kind, said.named_by
    if tag in _HOLDERS or (tag == "p" and kind in _NOT_FOR_PARAGRAPHS):
        kind, named_by = None, ""
    return Said(kind, named_by, content, lead, hidden, embed, unseen)


@lru_cache(maxsize=65536)
def _one(name: str) -> Said:
    """A single name: sites repeat names more than combinations. Pure: the cache holds no page's state."""
    words = words_of(name)
    if _VOCABULARY.isdisjoint(words):  # most names say nothing
        return NOTHING
    ranks = _ranks(words) | _TABLE.get("^" + " ".join(words), _NO_RANKS)
    hidden, embed = not _HIDDEN.isdisjoint(words), not _EMBEDS.isdisjoint(words)
    if not (ranks or hidden or embed):
        return NOTHING
    rank = min(ranks, default=_CONTENT)
    kind, named_by = (_KINDS[rank], name) if rank < _CONTENT else (None, "")
    return Said(kind, named_by, _CONTENT in ranks, _LEAD in ranks, hidden, embed, _UNSEEN in ranks)


def _ranks(words: list[str]) -> set[int]:
    """The lists that the words stand in, by the longest entries: a "teaser text" is no "teaser"."""
    found: set[int] = set()
    reached = 0
    for start, word in enumerate(words):
        longest = _LONGEST.get(word)
        if longest is None:
            continue
        for end in range(min(len(words), start + longest), max(start, reached), -1):
            ranks = _TABLE.get(" ".join(words[start:end]))
            if ranks:
                found |= ranks
                reached = end
                break
    return found


def words_of(name: str) -> list[str]:
    """``"article__read-more"`` -> article, read, more; a name that a tool made up (``"AdDsWC"``) is one word."""
    if name.islower():  # as most are
        return _WORD.findall(name)
    parts = _CAMEL.sub(" ", name)
    if name.isalnum() and parts.count(" ") > 1 and sum(len(part) <= 2 for part in parts.split()) > 1:
        parts = name
    return _WORD.findall(parts.lower())
