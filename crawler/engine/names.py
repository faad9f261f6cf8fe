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


@lru_cache(maxsize=8192)
def kind_of_names(names: str) -> str | None:
    """The kind that class and id names stand for, if any. Pure: the cache holds no page's state."""
    words = words_of(names)
    for kind, compiled in _KINDS:
        if compiled.search(words):
            return kind
    return None


@lru_cache(maxsize=8192)
def is_content_name(names: str) -> bool:
    """Whether names say "the article's body"."""
    return bool(_CONTENT.search(words_of(names)))


@lru_cache(maxsize=8192)
def is_lead_name(names: str) -> bool:
    """Whether names say "the article's lead or summary"."""
    return bool(_LEAD.search(words_of(names)))
