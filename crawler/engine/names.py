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
    """Whole words; an alternative in ^…$ is the whole name (WordPress calls articles ``tag-oasis``)."""
    words = "|".join(a for a in alternatives if not a.startswith("^"))
    names = "".join(f"|{a}" for a in alternatives if a.startswith("^"))
    return re.compile(rf"(?:^| )(?:{words})(?= |$){names}")


_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, _any_of(words)) for kind, words in _WORDS["boilerplate"].items()
)
_ANY_KIND = _any_of([word for words in _WORDS["boilerplate"].values() for word in words])
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


@lru_cache(maxsize=65536)
def words_of(names: str) -> str:
    """``"article__read-more newsTags"`` -> ``"article read more news tags"``."""
    return _SPLIT.sub(" ", _CAMEL.sub(" ", names).lower()).strip()


#: Elements that hold the article by what they are, whatever they are called.
_HOLDERS = frozenset("html body main article".split())
#: What a paragraph may be called without being one: a "teaser" paragraph is the article's own lead.
_NOT_FOR_PARAGRAPHS = frozenset(["related", "nav", "legal"])


@lru_cache(maxsize=65536)
def kind_of_names(names: str, tag: str = "div") -> tuple[str | None, str]:
    """The kind that class and id names stand for, and the name that says so; the first kind of the table wins."""
    ranked = [(rank, name) for name in names.split() if (rank := _rank(name)) is not None]
    if not ranked or tag in _HOLDERS:
        return None, ""
    rank, name = min(ranked)
    kind = _KINDS[rank][0]
    return (None, "") if tag == "p" and kind in _NOT_FOR_PARAGRAPHS else (kind, name)


@lru_cache(maxsize=65536)
def is_content_name(names: str) -> bool:
    """Whether names say "the article's body"."""
    return any(map(_says_content, names.split()))


def is_lead_name(names: str) -> bool:
    """Whether names say "the article's lead or summary"."""
    return any(map(_says_lead, names.split()))


# One name at a time as well: sites repeat names more than combinations. Pure: no cache holds a page's state.


@lru_cache(maxsize=65536)
def _rank(name: str) -> int | None:
    words = words_of(name)
    if not _ANY_KIND.search(words):  # most names say nothing: one search instead of one for each kind
        return None
    return next((rank for rank, (_, compiled) in enumerate(_KINDS) if compiled.search(words)), None)


@lru_cache(maxsize=65536)
def _says_content(name: str) -> bool:
    return bool(_CONTENT.search(words_of(name)))


@lru_cache(maxsize=65536)
def _says_lead(name: str) -> bool:
    return bool(_LEAD.search(words_of(name)))
