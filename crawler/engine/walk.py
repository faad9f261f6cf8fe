"""Tokens -> ``Outline``, in one loop."""

from __future__ import annotations

from ..sites.site import MARK
from . import inline
from .blocks import Anchor, Box, Element, Outline, Picture, Piece, is_blank, is_finished
from .looks import look
from .markup import VOID, Token, after, image_source
from .repeats import Made, Repeats
from .runs import close_links, lines_of, links_of, plain
from .tags import ALONE, ANCHOR, BLOCK, BREAK, CONTROL, CUSTOM, HEAD, IMAGE, SORTS_OF_TAGS, TEXT_TAGS
from .wrappers import Wrappers

SEPARATOR = "\n\n"


def outline(tokens: list[Token], marked: frozenset[str] = frozenset()) -> Outline:
    """Walk a page: its text, blocks, boxes, pictures, and the elements that say something about it.

    ``marked`` are the tags that stand alone where a site's selectors name them.
    """
    walker = _Walker(tokens, marked)
    runs, rest = walker.runs, walker.rest
    sorts = {**dict.fromkeys(marked, ALONE), **SORTS_OF_TAGS} if marked else SORTS_OF_TAGS
    for closing, tag, written, following in rest:
        sort = sorts.get(tag) or (CUSTOM if "-" in tag else None)
        text = following
        if sort == BLOCK:  # most of all tags
            if closing:
                walker.close_box()
            else:
                text = walker.enter(tag, written, following)
        elif written and inline.is_unseen(tag, written, runs, walker.ahead):
            text = following if tag in VOID else after(rest, tag)
        elif closing:
            walker.end(sort)
        elif sort or "itemprop" in written:
            walker.begin(sort, tag, written, following)
            if tag == "title":
                continue
        if text and (runs or not text.isspace()):
            runs.append(text)
    return walker.done()


class _Walker:
    """The state of one walk."""

    def __init__(self, tokens: list[Token], marked: frozenset[str]) -> None:
        self.tokens = tokens
        self.rest = iter(tokens)
        self.start = 0  # of the next piece, in the raw text
        self.made = Made([], [], [], [])
        self.pieces, self.boxes, self.pictures, self.elements = self.made
        self.repeats = Repeats(tokens, self.rest, marked, self.made)
        self.open_boxes: list[int] = [-1]  # innermost last
        self.wrappers = Wrappers()
        self.runs: list[str] = []  # texts of the open block
        self.anchor: str | None = None  # attributes of the open <a>
        self.anchor_from = 0  # the run that it begins at
        self.anchors: list[tuple[str, int, int]] = []  # those of the open block: attributes, runs
        self.after_break = False
        self.standing_alone: list[bool] = []  # for each open inline element that could: whether it does
        self.initial = ""  # a letter in an element of its own: what follows begins with it

    def ahead(self) -> list[Token]:
        """The element that has just begun, and some of what follows."""
        at = self.repeats.at()
        return self.tokens[at : at + inline.AHEAD]

    def done(self) -> Outline:
        """The page ends, and with it all that is open."""
        while len(self.open_boxes) > 1:
            self.close_box()
        if self.runs:
            self.flush()
        if self.initial:
            self.begin_with_initial()
        close_links(self.pieces)
        return Outline(SEPARATOR.join([piece.text for piece in self.pieces]), *self.made)

    def enter(self, tag: str, written: str, following: str) -> str:
        """A block-level element begins: the text that follows. Where it is hidden that is the text after its end, and
        where earlier walks have met the same none is left.
        """
        if not self.open_box(tag, written, following):
            return after(self.rest, tag)
        return "" if (written or tag) in Repeats.known and self.repeat() else following

    def open_box(self, tag: str, written: str, following: str) -> bool:
        """A block-level element begins; False where it is hidden."""
        if self.runs:
            self.flush()
        if self.anchor is not None and "href" not in self.anchor and MARK not in self.anchor:
            self.anchor = None  # a name for links to lead to, which many leave open
        if tag == "footer" and self.innermost() == "blockquote":
            tag, written = "p", ""  # who is quoted (HTML, 4.3.8)
        appearance = look(tag, written)
        if appearance.hidden:
            return tag in VOID
        if appearance.itemprop or tag == "html":
            self.elements.append(Element(tag, written, following, len(self.pieces)))
        boxes = self.boxes
        boxes.append(Box(appearance, self.open_boxes[-1], len(self.pieces)))
        self.open_boxes.append(len(boxes) - 1)
        self.wrappers.open()
        if tag == "amp-img":
            self.picture(written)
        if self.repeats.learns:
            self.repeats.begin(may_repeat=tag not in TEXT_TAGS and self.is_between_lines())
        if tag in VOID:
            self.close_box()
        return True

    def close_box(self) -> None:
        """It ends."""
        if self.runs:
            self.flush()
        if len(self.open_boxes) > 1:
            closed = self.open_boxes.pop()
            self.boxes[closed].last = len(self.pieces)
            if self.repeats.learns:
                self.repeats.end(closed, self.start, is_whole=not self.initial)
            self.wrappers.close(closed, self.boxes, self.pieces, self.pictures)
        self.after_break = False

    def repeat(self) -> bool:
        """Take over what the element that has just begun holds, where earlier walks have met the same."""
        start = self.repeats.take(self.start) if self.is_between_lines() else None
        self.start = self.start if start is None else start
        return start is not None

    def is_between_lines(self) -> bool:
        """Whether nothing is open that what follows may be a part of."""
        return self.anchor is None and not (self.initial or self.after_break)

    def begin(self, sort: int | None, tag: str, written: str, following: str) -> None:
        """An element begins that is no box by its tag."""
        if sort in (ALONE, CUSTOM, CONTROL):
            alone = self.stands_alone(sort, tag, written)
            self.standing_alone.append(alone)
            if alone:
                self.open_box(tag, written, following)
        elif sort == ANCHOR:
            if MARK in written:
                self.open_box(tag, written, following)
            self.anchor, self.anchor_from = written, len(self.runs)
        elif sort == BREAK:
            if self.runs:
                self.flush()
            self.after_break = True
        elif sort == IMAGE:
            self.picture(written)
        if sort == HEAD or "itemprop" in written:
            self.elements.append(Element(tag, written, following, len(self.pieces)))

    def end(self, sort: int | None) -> None:
        """It ends."""
        if sort == ANCHOR:
            self.close_anchor()
        elif sort in (ALONE, CUSTOM, CONTROL) and self.standing_alone and self.standing_alone.pop():
            self.close_box()

    def stands_alone(self, sort: int, tag: str, written: str) -> bool:
        """Whether an element that is often a part of a line is a block here."""
        if sort == CONTROL:
            return MARK in written or not inline.is_said(self.ahead(), self.runs, self.innermost())
        return bool(written and inline.stands_alone(tag, written)) or (sort == CUSTOM and not self.is_in_text())

    def is_in_text(self) -> bool:
        """Whether a block is open that what comes is a part of. Custom elements are blocks elsewhere: which, no page
        says (HTML, 4.13).
        """
        return any(map(str.strip, self.runs)) or self.innermost() in TEXT_TAGS

    def innermost(self) -> str:
        """The tag of the innermost open box."""
        return self.boxes[self.open_boxes[-1]].look.tag if self.open_boxes[-1] >= 0 else ""

    def close_anchor(self) -> None:
        """A link ends."""
        written, self.anchor = self.anchor, None
        if written is None:
            return
        if len(self.runs) > self.anchor_from:
            if 'href="#' in written and inline.is_mark("".join(self.runs[self.anchor_from :])):
                del self.runs[self.anchor_from :]
            else:
                self.anchors.append((written, self.anchor_from, len(self.runs)))
        if MARK in written:
            self.close_box()

    def picture(self, written: str) -> None:
        if source := image_source(written):
            self.pictures.append(Picture(source, max(0, self.open_boxes[-1]), len(self.pieces), self.anchor or ""))

    def flush(self) -> None:
        """Close the block that is open: its runs become one piece, unless they are blank."""
        runs, anchors = self.runs, self.anchors
        if self.initial:
            self.begin_with_initial()
        elif self.anchor is None and not anchors and inline.is_initial(runs, self.innermost()):
            self.initial = runs.pop().strip()
            return
        if self.anchor is not None:
            anchors.append((self.anchor, self.anchor_from, len(runs)))
            self.anchor_from = 0
        written = runs[0] if len(runs) == 1 else "".join(runs)
        if anchors:
            lines = [plain(written)]
            links = links_of(anchors, runs, lines[0])
            anchors.clear()
        else:
            line_end = self.boxes[self.open_boxes[-1]].look.line_end if self.open_boxes[-1] >= 0 else None
            lines, links = [plain(line) for line in lines_of(written, line_end)], ()
        runs.clear()
        for line in lines:
            if not is_blank(line):
                self.add(line, links)
                self.after_break = line is not lines[-1]

    def begin_with_initial(self) -> None:
        """The open block takes up the letter before it, or that is a block."""
        if not inline.takes_up(self.runs, self.initial):
            self.add(self.initial, ())
        self.initial = ""

    def add(self, text: str, links: tuple[Anchor, ...]) -> None:
        """One piece more."""
        linked = min(len(text), sum([len(link.text) for link in links])) if links else 0
        start = self.start
        self.start = start + len(text) + len(SEPARATOR)
        kind, tag, box = self.around()
        self.pieces.append(Piece(text, start, kind, tag, box, links, linked, is_finished(text), self.after_break))

    def around(self) -> tuple[str, str, int]:
        """What the innermost of the last three elements says a block is; the last one's tag and number."""
        boxes, innermost = self.boxes, self.open_boxes[-1]
        if innermost < 0:
            return "paragraph", boxes[0].look.tag if boxes else "body", 0
        tag = boxes[innermost].look.tag
        for index in self.open_boxes[:-4:-1]:
            if index >= 0 and (kind := boxes[index].look.block_kind):
                return kind, tag, innermost
        return "paragraph", tag, innermost
