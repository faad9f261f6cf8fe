"""Tree -> ``Outline``, in one walk that never goes deeper than one call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from ..items import Block, Link
from .blocks import Box, Outline, Picture, Piece, is_blank
from .names import ITEMPROP_KINDS, ROLE_KINDS, TAG_KINDS, is_content_name, kind_of_names

SEPARATOR = "\n\n"
SKIPPED = frozenset(
    (
        "script style noscript template svg math head iframe object select option textarea input canvas audio "
        "video map embed datalist progress meter applet frameset"
    ).split()
)
BLOCK_TAGS = frozenset(
    (
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section "
        "summary table tbody td tfoot th thead tr ul button label amp-img"
    ).split()
)
_BLOCK_KINDS = {
    "blockquote": "quote",
    "li": "item",
    "dd": "item",
    "dt": "item",
    "td": "cell",
    "th": "cell",
    "figcaption": "caption",
}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
#: Inline elements whose name says "caption" stand alone, as the <span class="caption"> after a picture does.
_CAPTION_TAGS = frozenset(["span", "em", "small", "i", "cite"])
_IMAGE_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")


def outline(root: Any, marks: Mapping[Any, str]) -> Outline:
    """Walk a tree. ``marks`` are elements that a site's selectors named."""
    walker = _Walker(marks)
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped = False
    for event, element in walk:
        if event == "start":
            skipped = not walker.enter(element)
            if skipped:
                walk.skip_subtree()
            continue
        if not skipped:
            walker.leave(element)
        skipped = False
        walker.add(element.tail)  # the text after an element belongs to what is around it
    return Outline("".join(walker.raw), walker.pieces, walker.boxes, walker.pictures)


class _Walker:
    """The state of one walk."""

    def __init__(self, marks: Mapping[Any, str]) -> None:
        self.marks = marks
        self.raw: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.boxes: list[Box] = []
        self.pictures: list[Picture] = []
        self.open_boxes: list[int] = []  # innermost last
        self.tags: list[str] = []  # open block-level elements
        self.anchor: tuple[str, bool] | None = None  # href, rel=tag
        self.runs: list[tuple[str, tuple[str, bool] | None]] = []
        self.after_break = False
        self.paths: dict[int, str] = {}
        self.inline_boxes: list[Any] = []  # open inline elements that stand alone

    def enter(self, element: Any) -> bool:
        """Meet an element; False leaves its subtree out."""
        tag = element.tag
        if tag in SKIPPED or element.get("hidden") is not None:
            return False
        style = element.get("style")
        if style and _HIDDEN.search(style):
            return False
        mark = self.marks.get(element) if self.marks else None
        if tag in BLOCK_TAGS:
            self.flush()
            self.open_box(element, mark)
        elif mark or (tag in _CAPTION_TAGS and element.get("class") and kind_of_names(_names(element))[0] == "caption"):
            self.inline_boxes.append(element)
            self.flush()
            self.open_box(element, mark)
        elif tag == "br":
            self.flush()
            self.after_break = True
        elif tag == "a":
            self.anchor = (element.get("href") or "", "tag" in (element.get("rel") or "").split())
        if tag in ("img", "amp-img"):
            self.picture(element)
        self.add(element.text)
        return True

    def add(self, text: str | None) -> None:
        """Text of the open block; white space before it is nothing."""
        if text and (self.runs or not text.isspace()):
            self.runs.append((text, self.anchor))

    def leave(self, element: Any) -> None:
        """The element ends."""
        tag = element.tag
        inline = bool(self.inline_boxes) and self.inline_boxes[-1] is element
        if inline:
            self.inline_boxes.pop()
        if tag in BLOCK_TAGS or inline:
            self.flush()
            self.tags.pop()
            self.boxes[self.open_boxes.pop()].last = len(self.pieces)
            self.after_break = False
        elif tag == "a":
            self.anchor = None

    def open_box(self, element: Any, mark: str | None) -> None:
        tag = element.tag
        names = _names(element)
        itemprop = (element.get("itemprop") or "").lower()
        kind, named_by = kind_of_names(names, tag) if names else (None, "")
        kind = ROLE_KINDS.get(element.get("role") or "") or ITEMPROP_KINDS.get(itemprop) or kind or TAG_KINDS.get(tag)
        parent = self.open_boxes[-1] if self.open_boxes else -1
        box = Box(tag, names, parent, len(self.pieces), kind=kind, named_by=named_by or tag, mark=mark)
        box.content_name = itemprop == "articlebody" or (bool(names) and is_content_name(names))
        self.tags.append(tag)
        self.open_boxes.append(len(self.boxes))
        self.boxes.append(box)

    def picture(self, element: Any) -> None:
        for name in _IMAGE_SOURCES:
            source = element.get(name)
            if source and not source.startswith("data:"):
                box = self.open_boxes[-1] if self.open_boxes else 0
                self.pictures.append(Picture(source.strip(), box, len(self.pieces)))
                return

    def flush(self) -> None:
        """Close the block that is open: its runs become one piece, unless they are blank."""
        if not self.runs:
            return
        runs, self.runs = self.runs, []
        text = " ".join("".join([run for run, _ in runs]).split())
        if is_blank(text):
            return
        links, tag_links = _links(runs)
        if self.pieces:
            self.raw.append(SEPARATOR)
            self.length += len(SEPARATOR)
        tag = self.tags[-1] if self.tags else "body"
        block = Block(
            kind=self.block_kind(),
            start=self.length,
            end=self.length + len(text),
            links=min(len(text), sum(len(link.headline or "") for link in links)),
            path=self.path(),
        )
        self.raw.append(text)
        self.length += len(text)
        box = self.open_boxes[-1] if self.open_boxes else 0
        self.pieces.append(Piece(block, text, tag, box, links, tag_links, self.after_break))
        self.after_break = False

    def block_kind(self) -> str:
        for tag in reversed(self.tags[-3:]):
            if tag in _BLOCK_KINDS:
                return _BLOCK_KINDS[tag]
            if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
                return "heading"
        return "paragraph"

    def path(self) -> str:
        """A short CSS path of the innermost box, made once for all its blocks."""
        innermost = self.open_boxes[-1] if self.open_boxes else -1
        if innermost not in self.paths:
            self.paths[innermost] = ">".join([_short(self.boxes[i]) for i in self.open_boxes[-2:]])
        return self.paths[innermost]


def _names(element: Any) -> str:
    """Class and id."""
    names, identity = element.get("class"), element.get("id")
    return f"{names} {identity}" if names and identity else names or identity or ""


def _short(box: Box) -> str:
    return ".".join([box.tag, *box.names.split()[:2]])


def _links(runs: list[tuple[str, tuple[str, bool] | None]]) -> tuple[tuple[Link, ...], int]:
    """The links of a block: neighbouring runs of one anchor are one link."""
    grouped: list[tuple[tuple[str, bool], list[str]]] = []
    for text, anchor in runs:
        if anchor is None:
            continue
        if grouped and grouped[-1][0] is anchor:
            grouped[-1][1].append(text)
        else:
            grouped.append((anchor, [text]))
    links = []
    tagged = 0
    for (href, is_tag), texts in grouped:
        words = " ".join("".join(texts).split())
        if words:
            links.append(Link(headline=words, url=href or None))
            tagged += is_tag
    return tuple(links), tagged
