"""Raw text, blocks and boxes: what a page is once it has been walked.

``raw_text`` is the visible text in document order, white space collapsed, blocks two newlines
apart. A *piece* is a block with what rules ask about; a *box* is an element, as the range of
pieces that it holds. walk.py makes them from tokens, which nobody needs afterwards.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urljoin

from ..items import Block
from .looks import Look
from .markup import unescape

#: What ends a sentence, a quotation or a line that introduces one.
FINISHED = tuple(".!?؟…۔»”\"'’)。！？:：;؛।॥։።។။")
#: How a headline does not end; it may in a quotation or a bracket.
NO_HEADLINE_END = tuple(".؟?…۔।:：،,;؛")
#: Characters that say about as much as two or three letters do, in scripts without spaces between words.
DENSE_SCRIPTS = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
#: Bidi controls, zero-width characters, soft hyphens and spaces: what a reader does not see.
_INVISIBLE = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff \n\t\u00a0"
)
_HREF, _REL = re.compile(r' href="([^"]*)"'), re.compile(r' rel="([^"]*)"')


class Anchor(NamedTuple):
    """A link as a block holds it; most are never asked where they lead."""

    text: str
    written: str  # its attributes

    @property
    def href(self) -> str:
        """Where it leads, as the page writes it."""
        return self._attribute(_HREF)

    @property
    def rel(self) -> str:
        """What it says of that place."""
        return self._attribute(_REL)

    def _attribute(self, pattern: re.Pattern[str]) -> str:
        found = pattern.search(self.written)
        return unescape(found[1]) if found else ""


@dataclass(slots=True)
class Piece:
    """A block and what rules ask about it."""

    text: str
    start: int  # in the raw text
    kind: str  # as in items.Block
    tag: str  # the nearest block-level element
    box: int  # the innermost box
    links: tuple[Anchor, ...]
    linked: int  # how many of its characters stand inside links
    finished: bool  # whether it ends like a sentence
    inserted: bool = False  # after a <br>, inside the same element as the piece before

    @property
    def span(self) -> tuple[int, int]:
        """Where it begins and ends in the raw text."""
        return self.start, self.start + len(self.text)

    @property
    def end(self) -> int:
        """Where it ends in the raw text."""
        return self.start + len(self.text)

    def ends_with(self, endings: tuple[str, ...]) -> bool:
        """Whether it ends like this, bidi controls aside."""
        return self.text.rstrip(_INVISIBLE).endswith(endings)

    @property
    def weight(self) -> int:
        """Its length, as if it were written in letters."""
        return len(self.text) + (len(DENSE_SCRIPTS.findall(self.text)) if DENSE_SCRIPTS.search(self.text) else 0)

    @property
    def link_share(self) -> float:
        """How much of it stands inside links, from 0 to 1."""
        return self.linked / len(self.text)


@dataclass(slots=True)
class Box:
    """An element as a range of pieces: ``pieces[first:last]``."""

    look: Look
    parent: int
    first: int
    last: int = -1

    def holds(self, at: int | None) -> bool:
        """Whether the piece with this index is one of its own."""
        return at is not None and self.first <= at < self.last

    def is_in(self, other: Box) -> bool:
        """Whether all its pieces are the other's, too."""
        return other.first <= self.first and self.last <= other.last


class Picture(NamedTuple):
    """An image as the walk met it, and the box it stands in."""

    url: str
    box: int
    at: int  # index of the piece that follows it
    written: str = ""  # the attributes of the link around it


class Element(NamedTuple):
    """An element that says something about the page: meta, link, title, time, base, or one with an itemprop."""

    tag: str
    written: str  # its attributes
    text: str  # right after its start tag
    at: int = 0  # index of the piece that follows it


@dataclass(slots=True)
class Outline:
    """A page after the walk."""

    raw_text: str
    pieces: list[Piece]
    boxes: list[Box]
    pictures: list[Picture] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    paths: dict[int, str] = field(default_factory=dict)  # of the boxes that were asked for
    title_at: int | None = None  # the piece that says the page's title, where no h1 does

    def base(self, url: str) -> str:
        """What the addresses of the page at ``url`` are relative to (HTML, 2.4.3)."""
        written = (_HREF.search(element.written) for element in self.elements if element.tag == "base")
        href = next((unescape(found.group(1)).strip() for found in written if found), "")
        try:
            return urljoin(url, href)
        except ValueError:
            return url

    def first_headline(self) -> int | None:
        """The page's headline: the piece that says its title, or else the first h1."""
        if self.title_at is not None:
            return self.title_at
        return next((at for at, piece in enumerate(self.pieces) if piece.tag == "h1"), None)

    def headline_before(self, end: int) -> int | None:
        """The last headline before a piece."""
        if self.title_at is not None and self.title_at < end:
            return self.title_at
        return next((at for at in reversed(range(min(end, len(self.pieces)))) if self.pieces[at].tag == "h1"), None)

    def headline_or(self, first: int) -> int:
        """The headline above the first paragraph, or that paragraph where there is none."""
        headline = self.headline_before(first + 1)
        return first if headline is None else headline

    def is_entry(self, at: int) -> bool:
        """Whether a cell of a table is a word or two beside another: «Votes» over a column is no button."""
        piece = self.pieces[at]
        if piece.links or piece.text.count(" ") > 1 or ":" in piece.text:
            return False
        row = self.boxes[piece.box].parent
        cells = (near.box for near in self.pieces[max(0, at - 1) : at + 2] if near.kind == "cell")
        return any(self.boxes[box].parent == row for box in cells if box != piece.box)

    def beside_headline(self, count: int) -> list[Piece]:
        """The pieces that follow the page's headline."""
        headline = self.first_headline()
        return [] if headline is None else self.pieces[headline + 1 : headline + 1 + count]

    def is_named_lead(self, piece: Piece) -> bool:
        """Whether the piece's element, or one of the two around it, is called a lead, and none of them boilerplate."""
        for look in self.looks(piece.box, 3):
            if look.lead_name or look.kind is not None:
                return look.lead_name and look.kind is None
        return False

    def chain(self, box: int, longest: int | None = None) -> list[int]:
        """The box and all around it, or so many, innermost first."""
        found: list[int] = []
        while box >= 0 and len(found) != longest:
            found.append(box)
            box = self.boxes[box].parent
        return found

    def looks(self, box: int, count: int) -> list[Look]:
        """What the box and those around it look like, innermost first, so many of them."""
        found: list[Look] = []
        while box >= 0 and len(found) < count:
            found.append(self.boxes[box].look)
            box = self.boxes[box].parent
        return found

    def path(self, piece: Piece) -> str:
        """A short CSS path of the box around a piece."""
        path = self.paths.get(piece.box)
        if path is None:
            box = self.boxes[piece.box]
            path = box.look.short if box.parent < 0 else f"{self.boxes[box.parent].look.short}>{box.look.short}"
            self.paths[piece.box] = path
        return path

    def block(self, piece: Piece) -> Block:
        """The piece as the record shows it."""
        return Block(kind=piece.kind, start=piece.start, end=piece.end, links=piece.linked, path=self.path(piece))


def count_words(text: str) -> int:
    """Words between spaces; two characters of Chinese, Japanese, Thai, … count as one."""
    dense = len(DENSE_SCRIPTS.findall(text))
    return len(text.split()) + dense // 2


def is_finished(text: str) -> bool:
    """Whether a text ends like a sentence, bidi controls aside."""
    return text.endswith(FINISHED) or (text[-1:] in _INVISIBLE and text.rstrip(_INVISIBLE).endswith(FINISHED))


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing of it; white space that was escaped twice is none, either."""
    if text[:1].isalnum():
        return False  # as most texts
    text = text.strip(_INVISIBLE)
    while text.startswith("&") and text != (plain := html.unescape(text).strip(_INVISIBLE)):
        text = plain
    return not text
