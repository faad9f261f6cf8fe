"""Raw text, blocks and boxes: what a page is once it has been walked; text -> blocks without markup.

``raw_text`` is the visible text in document order, white space collapsed, blocks two newlines
apart. A *piece* is a block with what rules ask about; a *box* is an element, as the range of
pieces that it holds. walk.py makes them from a tree, which nobody needs afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..items import Block, Link

#: What ends a sentence, a quotation or a line that introduces one.
FINISHED = tuple(".!?؟…۔»”\"'’)。！？:：;؛")
#: Characters that say about as much as two or three letters do, in scripts without spaces between words.
_DENSE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
#: Bidi controls, zero-width characters, soft hyphens and spaces: what a reader does not see.
_INVISIBLE = (
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff \n\t\u00a0"
)


@dataclass(slots=True)
class Piece:
    """A block and what rules ask about it."""

    block: Block
    text: str
    tag: str  # the nearest block-level element
    box: int  # the innermost box
    links: tuple[Link, ...]  # the links in it: text and address
    tag_links: int  # how many of them say rel=tag
    inserted: bool = False  # after a <br>, inside the same element as the piece before

    @property
    def finished(self) -> bool:
        """Whether it ends like a sentence."""
        return self.ends_with(FINISHED)

    def ends_with(self, endings: tuple[str, ...]) -> bool:
        """Whether it ends like this, bidi controls aside."""
        return self.text.rstrip(_INVISIBLE).endswith(endings)

    @property
    def weight(self) -> int:
        """Its length, as if it were written in letters."""
        return len(self.text) + (len(_DENSE.findall(self.text)) if _DENSE.search(self.text) else 0)

    @property
    def link_share(self) -> float:
        """How much of it stands inside links, from 0 to 1."""
        return self.block.links / max(1, len(self.text))


@dataclass(slots=True)
class Box:
    """An element as a range of pieces: ``pieces[first:last]``."""

    tag: str
    names: str
    parent: int
    first: int
    last: int = -1
    kind: str | None = None  # what its names say
    named_by: str = ""  # the one of them that says it
    mark: str | None = None  # "content" or "drop": what the site's selectors say
    content_name: bool = False


@dataclass(slots=True)
class Picture:
    """An image as the walk met it, and the box it stands in."""

    url: str
    box: int
    at: int  # index of the piece that follows it


@dataclass(slots=True)
class Outline:
    """A page after the walk."""

    raw_text: str
    pieces: list[Piece]
    boxes: list[Box]
    pictures: list[Picture] = field(default_factory=list)

    def headline_before(self, end: int) -> int | None:
        """The last h1 before a piece."""
        return max((at for at, piece in enumerate(self.pieces[:end]) if piece.tag == "h1"), default=None)

    def beside_headline(self, count: int) -> list[Piece]:
        """The pieces that follow the page's first h1."""
        headline = next((at for at, piece in enumerate(self.pieces) if piece.tag == "h1"), len(self.pieces))
        return self.pieces[headline + 1 : headline + 1 + count]

    def chain(self, box: int) -> list[int]:
        """The box and all around it, innermost first."""
        found = []
        while box >= 0:
            found.append(box)
            box = self.boxes[box].parent
        return found


def count_words(text: str) -> int:
    """Words between spaces; two characters of Chinese, Japanese, Thai, … count as one."""
    dense = len(_DENSE.findall(text))
    return len(text.split()) + dense // 2


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing of it."""
    return not text.strip(_INVISIBLE)


def text_outline(text: str) -> Outline:
    """The same for a document without markup: each line that is not blank is a piece."""
    pieces = []
    for line in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text):
        start, end = line.span()
        if is_blank(line.group()):
            continue
        item = line.group()[0] in "•▪●◦‣*" or bool(re.match(r"[-–]\s", line.group()))
        block = Block(kind="item" if item else "paragraph", start=start, end=end, links=0, path="")
        pieces.append(Piece(block, line.group(), "li" if item else "p", 0, (), 0))
    return Outline(text, pieces, [Box("body", "", -1, 0, len(pieces))])
