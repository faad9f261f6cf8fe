"""What the pages of a site repeat, menus and footers above all, is walked once.

What the walk makes of all that stands inside an element depends on its tokens and on ``_Around``, wherever no line of
text is open as it begins. So the same tokens give the same again, counted from another beginning: they are compared
one by one, and what was read before changes no page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice
from operator import length_hint
from typing import NamedTuple

from .blocks import Box, Element, Picture, Piece
from .markup import Token

_SHORTEST = 40  # tokens: what is shorter is hardly ever repeated alone, and there is much of it
_LONGEST = 5_000
_MOST = 30_000  # tokens of all that is kept: the menus of twenty sites
_MOST_MET = 20_000  # elements that are counted
_TIMES = 3  # that an element is met before it is kept
_PATIENCE = 100_000  # tokens that one walk compares: a page may be made to be nearly like others everywhere
_ONE_IN = 4  # walks that look out for repeats, which costs a tenth of a walk


class Made(NamedTuple):
    """What a walk makes of tokens."""

    pieces: list[Piece]
    boxes: list[Box]
    pictures: list[Picture]
    elements: list[Element]

    def since(self, pieces: int, boxes: int, pictures: int, elements: int) -> Made:
        """What was made after so many."""
        return Made(self.pieces[pieces:], self.boxes[boxes:], self.pictures[pictures:], self.elements[elements:])

    def extend(self, more: Made) -> None:
        """Go on with more."""
        self.pieces.extend(more.pieces)
        self.boxes.extend(more.boxes)
        self.pictures.extend(more.pictures)
        self.elements.extend(more.elements)

    def moved(self, box: int, piece: int, start: int) -> Made:
        """The same where so many boxes, pieces and characters are before it."""
        return Made(
            [
                Piece(p.text, p.start + start, p.kind, p.tag, p.box + box, p.links, p.linked, p.finished, p.inserted)
                for p in self.pieces
            ],
            [Box(b.look, b.parent + box, b.first + piece, b.last + piece) for b in self.boxes],
            [Picture(p.url, p.box + box, p.at + piece, p.written) for p in self.pictures],
            [Element(e.tag, e.written, e.text, e.at + piece) for e in self.elements],
        )


class _Around(NamedTuple):
    """What an element's own tokens do not say."""

    marked: frozenset[str]  # the tags of elements that a site's selectors name
    kinds: tuple[str | None, ...]  # of block that the two elements around it stand for


class _Stretch(NamedTuple):
    """All that stands inside an element, counted from where it begins."""

    tokens: list[Token]  # from the start tag up to the end tag
    length: int  # of its raw text
    made: Made


_Key = tuple[_Around, Token, Token, Token]


class _Known:
    """The stretches that were met often enough. Where they are too many, all are forgotten."""

    def __init__(self) -> None:
        self.stretches: dict[str, dict[_Key, _Stretch]] = {}  # by the elements' attributes
        self._held = 0  # tokens
        self._met: dict[int, int] = {}  # how often, by hashes of elements

    def like(self, around: _Around, tokens: list[Token], at: int) -> _Stretch | None:
        """What is known of elements that begin as the one at ``tokens[at]`` does."""
        return self.stretches[_name(tokens[at])].get(_key(around, tokens, at))

    def is_worth_keeping(self, start_tag: Token, tokens: int, length: int) -> bool:
        """Whether such an element, as long and with as much text, is met for the third time: those that hold a part of
        a story hardly ever are.
        """
        if len(self._met) >= _MOST_MET:
            self._met.clear()
        element = hash((start_tag, tokens, length))
        times = self._met[element] = self._met.get(element, 0) + 1
        return times == _TIMES

    def keep(self, around: _Around, stretch: _Stretch) -> None:
        """Remember it."""
        if self._held >= _MOST:
            self.forget()
        self.stretches.setdefault(_name(stretch.tokens[0]), {})[_key(around, stretch.tokens)] = stretch
        self._held += len(stretch.tokens)

    def forget(self) -> None:
        """Begin anew."""
        self.stretches.clear()
        self._met.clear()
        self._held = 0


#: Of this process. Pure: what a page gives does not depend on it.
_KNOWN = _Known()
_WALKS = count()


class Repeats:
    """What one walk takes from the walks before it, and leaves to those after it."""

    #: The attributes of elements of which something is known, the tags of those without.
    known = _KNOWN.stretches

    def __init__(self, tokens: list[Token], rest: Iterator[Token], marked: frozenset[str], made: Made) -> None:
        self.tokens = tokens
        self.rest = rest
        self.marked = marked
        self.made = made
        self.patience = _PATIENCE
        self.learns = next(_WALKS) % _ONE_IN == 0
        self.begun: list[tuple[int, int, int] | None] = []  # of each open element: its token, pictures, other elements

    def at(self) -> int:
        """The token that is being read."""
        return len(self.tokens) - length_hint(self.rest) - 1

    def begin(self, *, may_repeat: bool) -> None:
        """The last box begins."""
        _, _, pictures, elements = self.made
        self.begun.append((self.at(), len(pictures), len(elements)) if may_repeat else None)

    def take(self, start: int) -> int | None:
        """Take over what the element holds that has just begun, if that is known: where the raw text goes on."""
        pieces, boxes, _, _ = self.made
        at = self.at()
        found = _KNOWN.like(self._around(len(boxes) - 1), self.tokens, at)
        if found is None or not self._holds(at, found.tokens):
            return None
        self.made.extend(found.made.moved(len(boxes), len(pieces), start))
        inside = len(found.tokens) - 1
        next(islice(self.rest, inside, inside), None)
        if self.learns:
            self.begun[-1] = None
        return start + found.length

    def end(self, box: int, start: int, *, is_whole: bool) -> None:
        """A box ends; what it holds is kept if it is repeated, and nothing of it is a part of what follows."""
        begun = self.begun.pop()
        if begun is None or not is_whole:
            return
        at, pictures, elements = begun
        end = self.at()
        if not _SHORTEST <= end - at <= _LONGEST:
            return
        first = self.made.boxes[box].first
        before = self.made.pieces[first].start if first < len(self.made.pieces) else start
        if _KNOWN.is_worth_keeping(self.tokens[at], end - at, start - before):
            own = self.made.since(first, box + 1, pictures, elements).moved(-box - 1, -first, -before)
            _KNOWN.keep(self._around(box), _Stretch(self.tokens[at:end], start - before, own))

    def _holds(self, at: int, tokens: list[Token]) -> bool:
        """Whether the element that begins at ``self.tokens[at]`` holds these."""
        end = at + len(tokens)
        self.patience -= len(tokens)
        return self.patience > 0 and self.tokens[at:end] == tokens and bool(self.tokens[end][0])

    def _around(self, box: int) -> _Around:
        boxes = self.made.boxes
        parent = boxes[box].parent
        outer = boxes[parent].parent if parent >= 0 else -1
        return _Around(self.marked, tuple([boxes[at].look.block_kind for at in (parent, outer) if at >= 0]))


def _name(token: Token) -> str:
    return token[2] or token[1]


def _key(around: _Around, tokens: list[Token], at: int = 0) -> _Key:
    """What nearly always tells an element from others with its attributes: two tags more."""
    return around, tokens[at], tokens[at + 1], tokens[at + 2]
