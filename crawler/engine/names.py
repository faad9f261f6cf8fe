"""What an element's names say it is: class, id, role, itemprop and tag -> a kind of boilerplate.

The words are what publishers' templates use (names.toml); a name counts only where content.py finds that the
element does not hold most of the page's prose (``article-with-related`` is not a related list).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from .toml import read_toml

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SPLIT = re.compile(r"[^a-z0-9]+")

_WORDS = read_toml(Path(__file__).parent / "names.toml")


def _any_of(alternatives: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^| )(?:{'|'.join(alternatives)})(?= |$)")


_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, _any_of(words)) for kind, words in _WORDS["boilerplate"].items()
)
_CONTENT = _any_of(_WORDS["article"]["body"])
_LEAD = _any_of(_WORDS["article"]["lead"])

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


def words_of(names: str) -> str:
    """``"article__read-more newsTags"`` -> ``"article read more news tags"``."""
    return _SPLIT.sub(" ", _CAMEL.sub(" ", names).lower()).strip()


def kind_of_names(names: str) -> str | None:
    """The kind that class and id names stand for, if any; the first kind of the table wins."""
    ranks = [rank for rank in map(_rank, names.split()) if rank is not None]
    return _KINDS[min(ranks)][0] if ranks else None


def is_content_name(names: str) -> bool:
    """Whether names say "the article's body"."""
    return any(map(_says_content, names.split()))


def is_lead_name(names: str) -> bool:
    """Whether names say "the article's lead or summary"."""
    return any(map(_says_lead, names.split()))


# One name at a time: pages repeat names, not their combinations. Pure: the caches hold no page's state.


@lru_cache(maxsize=65536)
def _rank(name: str) -> int | None:
    words = words_of(name)
    return next((rank for rank, (_, compiled) in enumerate(_KINDS) if compiled.search(words)), None)


@lru_cache(maxsize=65536)
def _says_content(name: str) -> bool:
    return bool(_CONTENT.search(words_of(name)))


@lru_cache(maxsize=65536)
def _says_lead(name: str) -> bool:
    return bool(_LEAD.search(words_of(name)))
