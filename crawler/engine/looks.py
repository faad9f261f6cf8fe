"""What an element's start tag says about it, found once for every way it is written."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from ..sites.site import MARK
from .names import ITEMPROP_KINDS, NOTHING, ROLE_KINDS, TAG_KINDS, Said, said_by
from .tags import BLOCK_TAGS, TEXT_TAGS

_BLOCK_KINDS = {
    "blockquote": "quote",
    "li": "item",
    "dd": "item",
    "dt": "item",
    "td": "cell",
    "th": "cell",
    "figcaption": "caption",
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], "heading"),
}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
#: How an element in a line of text is kept for screen readers, where no class says so.
_CLIPPED = re.compile(r"\bclip(?:-path)?\s*:\s*(?:rect\(\s*[01]|inset\(\s*(?:50|100)%)", re.IGNORECASE)
_SHOWN_AGAIN = "not-sr-only"  # Tailwind, on screens that are wide enough
#: Where a line of the source is a line of the page (CSS Text Module 3, 3); the lines of a <pre> are as wide as a screen
#: was, a blank one ends a paragraph.
_KEEPS_LINES = re.compile(
    r"white-space(?:-collapse)?\s*:\s*(?:pre|break-spaces)|\bwhitespace-(?:pre|break-spaces)", re.IGNORECASE
)
_LINE_END = re.compile(r"\n")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_SHOWN = ("html", "body", "main")  # whatever their style says: scripts show them when all is loaded
_WRAPPERS = frozenset(["div", "section", "span", "center"])
_SLUG = 3  # hyphens in an id that says what the heading does
_FEATURED_TAGS = ("section", "article", "main", "table", "p", "figure", "ul")
#: What features ask of the elements around a block: how far out the nearest one of each sort is.
SORTS = (*"kind comments content_name lead_name hidden embed".split(), *_FEATURED_TAGS)
_EMBED = SORTS.index("embed")
_TAG_SORTS = {tag: (SORTS.index(tag),) for tag in _FEATURED_TAGS}
#: What of the start tag is asked for, as the serialisation writes it.
_ATTRIBUTE = re.compile(rf' (class|id|role|itemprop|style|hidden|{MARK})="([^"]*)"')


class Look(NamedTuple):
    """An element as its start tag describes it."""

    tag: str
    names: str  # class and id
    kind: str | None  # the boilerplate that its names, role or tag stand for
    named_by: str  # the one of them that says it
    content_name: bool  # whether it says "the article's body"
    lead_name: bool
    hidden: bool
    unseen: bool  # by those who see, where it stands in a line of text
    block_kind: str | None
    itemprop: str
    line_end: re.Pattern[str] | None  # what ends a paragraph inside it, where white space counts
    mark: str | None  # "content" or "drop": what the site's selectors say
    short: str  # tag and first names, for people
    sorts: tuple[int, ...]  # which of SORTS it is
    says_nothing: bool  # of what it holds, by its names, its style or its tag

    @property
    def is_embed(self) -> bool:
        """Whether it holds a post of another site."""
        return _EMBED in self.sorts


def _name_of(tag: str, identity: str) -> str:
    """An id as a name; that of a heading which links lead to is its own words («how-to-avoid-job-search-scams»)."""
    return "" if _BLOCK_KINDS.get(tag) == "heading" and identity.count("-") >= _SLUG else identity


def _short(tag: str, classes: str, identity: str) -> str:
    """Tag and first names; without the id of an element that is one of many: a text's, or one with a number."""
    names = [f".{name}" for name in classes.split(None, 2)[:2]]
    if identity and len(names) < 2 and tag not in TEXT_TAGS and not any(map(str.isdigit, identity)):
        names.append(f"#{identity}")
    return tag + "".join(names)


def _line_end(tag: str, styles: str) -> re.Pattern[str] | None:
    keeps_lines = "white" in styles.lower() and _KEEPS_LINES.search(styles)
    return BLANK_LINE if tag == "pre" else _LINE_END if keeps_lines else None


def _is_unseen(said: Said, found: dict[str, str]) -> bool:
    """Whether an element in a line of text holds none of its words: for screen readers, or a box that opens over it."""
    if found.get("role") == "tooltip" or ("style" in found and _CLIPPED.search(found["style"])):
        return True
    return said.unseen and _SHOWN_AGAIN not in found.get("class", "")


@lru_cache(maxsize=16384)
def look(tag: str, written: str) -> Look:
    """``written`` are the attributes as the page has them. Pure: the cache holds no page's state."""
    found = dict(reversed(_ATTRIBUTE.findall(written))) if written else {}
    classes, identity = found.get("class", ""), found.get("id", "")
    names = f"{classes} {_name_of(tag, identity)}".strip() if identity else classes.strip()
    called = f"{tag} {names}" if "-" in tag else names  # <related-articles>
    said = said_by(called, tag) if called else NOTHING
    itemprop = found.get("itemprop", "").lower()
    kind = said.kind
    if "role" in found or itemprop:
        kind = ROLE_KINDS.get(found.get("role", "")) or ITEMPROP_KINDS.get(itemprop) or kind
    kind = kind or TAG_KINDS.get(tag)
    content_name = said.content or itemprop == "articlebody"
    hidden = "hidden" in found or ("style" in found and bool(_HIDDEN.search(found["style"])))
    hidden = hidden and not content_name and tag not in _SHOWN  # a paywall's script shows the body to readers
    holds = (kind is not None, kind == "comments", content_name, said.lead, said.hidden, said.embed)
    sorts = tuple(compress(range(len(holds)), holds))
    line_end = _line_end(tag, f"{found.get('style', '')} {classes}")
    is_plain = (tag in _WRAPPERS or "-" in tag) and MARK not in found
    return Look(
        tag,
        names,
        kind,
        said.named_by or tag,
        content_name,
        said.lead,
        hidden,
        tag not in BLOCK_TAGS and _is_unseen(said, found),
        _BLOCK_KINDS.get(tag),
        itemprop,
        line_end,
        found.get(MARK),
        _short(tag, classes, identity),
        sorts + _TAG_SORTS.get(tag, ()),
        is_plain and not (sorts or itemprop or line_end),
    )
