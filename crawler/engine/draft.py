"""A page on its way through the engine: what extract found, and what the rules have cut so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from ..items import Article, Edit, Page, Reason
from ..sites.site import Site
from . import edits as editing
from .blocks import NO_HEADLINE_END, Outline, Piece
from .content import Content
from .language import LABEL_END, LONGEST_HEADING, NOTICE, Phrases
from .line_hints import BUTTON, HEADING, LABEL, LINE, Said, line_of, said_by
from .options import Options
from .phrase_table import Match, in_text

_NO_LEADS = frozenset("caption comments related ad".split())  # what is called a summary there, is no lead


class Cut(NamedTuple):
    """What a rule asks for: take a piece out, or ``text[start:end]`` of it."""

    piece: int
    start: int = 0
    end: int | None = None  # None: to the end of the piece
    kind: str | None = None  # where the rule's own kind is not the right one


class Taken(NamedTuple):
    """A cut that was made: offsets in the raw text."""

    piece: int
    start: int
    end: int
    rule: str
    kind: str
    whole: bool


@dataclass
class Draft:
    """The working state for one document. Rules read it; only ``take`` changes it."""

    outline: Outline
    content: Content
    kinds: list[int | None]  # for each piece the boilerplate box around it
    prose: list[int]  # for each piece how much prose it is
    phrases: Phrases
    options: Options
    title: str = ""  # of the page, as its <title> says it
    headline: str | None = None
    description: str | None = None
    article_body: str | None = None  # what JSON-LD says the text is
    site: Site | None = None
    site_lines: frozenset[str] = frozenset()  # the keys of lines that many pages of the site have
    said: frozenset[str] = frozenset()  # the paragraphs of the article's earlier pages
    page: Page | None = None
    audit: bool = True  # whether anybody reads raw text, blocks and edits
    is_free: bool = True  # what the page says: no paywall
    page_type: str | None = None  # a JSON-LD type that says "not an article"
    unread_part: tuple[Reason, str] | None = None  # why one of the article's further pages is none of it
    article: Article | None = None  # metadata, filled by extract; body and edits come from clean
    taken: list[Taken] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    lines: dict[int, Match | None] = field(default_factory=dict)
    character_edits: list[Edit] = field(default_factory=list)
    labels: dict[int, float] = field(default_factory=dict)  # the labeller's probability that a piece is body

    def __str__(self) -> str:
        return f"<Draft {self.page.url if self.page else 'text'} {len(self.pieces)} blocks>"

    @property
    def pieces(self) -> list[Piece]:
        """All pieces of the page."""
        return self.outline.pieces

    def near(self) -> range:
        """The pieces from a little before the article to well after it: where rules look."""
        return range(max(0, self.content.first - 15), min(len(self.pieces), self.content.last + 60))

    @cached_property
    def story(self) -> tuple[range, range]:
        """The pieces of the part of the page that is about this story: the smallest box around the headline
        and the article; and the box around that, where publishers put tags and comments.
        """
        first, last = self.content.first, self.content.last
        start = self.outline.headline_or(first)
        around = [self.outline.boxes[b] for b in self.outline.chain(self.pieces[first].box)]
        boxes = [box for box in around if box.first <= start and box.last >= last and box.parent > 0]
        ranges = [range(box.first, box.last) for box in boxes[:2]] or [range(first, last)]
        return ranges[0], ranges[-1]

    def standing(self) -> list[int]:
        """The article's pieces that no rule has taken yet, in order."""
        return sorted(self.content.inside - self.gone)

    def open(self) -> list[int]:
        """The pieces in and around the article that no rule has taken yet."""
        return [at for at in self.near() if at not in self.gone]

    def take(self, cuts: Iterable[Cut], rule: str, kind: str) -> None:
        """Make the cuts of one rule; a piece that is already gone is left alone."""
        pieces, taken, gone = self.pieces, self.taken, self.gone
        for at, start, stop, its_kind in list(cuts):
            if at in gone:
                continue
            piece = pieces[at]
            size = len(piece.text)
            end = size if stop is None else stop
            whole = start == 0 and end == size
            taken.append(Taken(at, piece.start + start, piece.start + end, rule, its_kind or kind, whole))
            if whole:
                gone.add(at)

    def restore(self, pieces: Iterable[int]) -> None:
        """Undo the cuts that took these pieces whole; they belong to the article from now on."""
        back = set(pieces)
        if back:
            self.taken = [taken for taken in self.taken if not (taken.whole and taken.piece in back)]
            self.gone -= back
            inside = self.content.inside | back
            self.content = replace(self.content, first=min(inside), last=max(inside) + 1, inside=inside)

    def kind_around(self, at: int) -> str | None:
        """The kind of the boilerplate box around a piece."""
        index = self.kinds[at]
        return None if index is None else self.outline.boxes[index].look.kind

    def paragraphs(self) -> list[int]:
        """The standing pieces that are prose."""
        return [at for at in self.standing() if self.prose[at]]

    def first_paragraph(self) -> int:
        """The first of them, or where the content begins."""
        return next(iter(self.paragraphs()), self.content.first)

    @cached_property
    def leads(self) -> frozenset[int]:
        """The pieces between the headline and the first paragraph that are called a lead, as the rules left them: the
        article begins with them, however short and wherever they stand.
        """
        first = self.first_paragraph()
        headline = self.outline.headline_before(first)
        return frozenset(at for at in range(first if headline is None else headline + 1, first) if self.is_lead(at))

    def is_lead(self, at: int) -> bool:
        """Whether a piece is text that its element calls a lead."""
        piece, options = self.pieces[at], self.options
        around = [self.outline.boxes[box].look.kind for box in self.outline.chain(piece.box)]
        is_text = len(piece.text) >= options.lead_length and piece.link_share <= options.prose_link_share
        return is_text and _NO_LEADS.isdisjoint(around) and self.outline.is_named_lead(piece)

    def is_prose(self, at: int) -> bool:
        """Whether a piece is a finished paragraph, by its text alone."""
        piece = self.pieces[at]
        return len(piece.text) >= self.options.prose_length and piece.finished and piece.link_share < 0.5

    @cached_property
    def all_prose(self) -> list[int]:
        """The finished paragraphs in the article's part of the page, in order."""
        return [at for at in sorted(self.content.inside) if self.is_prose(at)]

    @property
    def first_prose(self) -> int:
        """The first of them, or where that part begins."""
        return self.all_prose[0] if self.all_prose else self.content.first

    @cached_property
    def paths(self) -> dict[str, tuple[int, int]]:
        """The first and the last finished paragraph of each path in the article's part of the page."""
        found: dict[str, tuple[int, int]] = {}
        for at in self.all_prose:
            path = self.outline.path(self.pieces[at])
            found[path] = (found.get(path, (at, at))[0], at)
        return found

    @cached_property
    def prose_length(self) -> int:
        """The length of all finished paragraphs in the article's part of the page."""
        return sum(len(self.pieces[at].text) for at in self.all_prose)

    def finished(self, at: int) -> bool:
        """Whether a piece ends like a sentence."""
        return self.pieces[at].finished

    @cached_property
    def reading(self) -> list[Said]:
        """What the pieces say; an entry of a table is no heading, label or line."""
        said = said_by(self.phrases, [piece.text for piece in self.pieces])
        for at, piece in enumerate(self.pieces):
            if piece.kind == "cell" and self.outline.is_entry(at):
                said[at] = said[at]._replace(hints=said[at].hints & ~(HEADING | LABEL | LINE | BUTTON))
        return said

    def hinted(self, bit: int) -> list[int]:
        """The article's pieces that no rule has taken yet and that may be one of these things: line_hints.py."""
        return [at for at in self.standing() if self.reading[at].hints & bit]

    def heading(self, at: int) -> str | None:
        """The kind of the section that a whole piece opens, if it is a known heading."""
        may_be = self.reading[at].hints & HEADING and len(self.pieces[at].text) < LONGEST_HEADING
        return self.phrases.section(self.pieces[at].text, self.folded(at)) if may_be else None

    def folded(self, at: int) -> str:
        """A piece's text as ``fold`` makes it."""
        return " ".join(self.reading[at].plain.split())

    def label(self, at: int) -> Match | None:
        """The label that a piece begins with; ``end`` is where its value begins."""
        said = self.reading[at]
        found = self.phrases.labels.match(said.spelled[:LABEL_END]) if said.hints & LABEL else None
        return in_text(found, self.pieces[at].text)

    def line(self, at: int) -> Match | None:
        """The call, share bar or notice that a whole piece is; asked by more than one rule, found once."""
        if at not in self.lines:
            self.lines[at] = self._line(at) if self.reading[at].hints & (LINE | BUTTON) else None
        return self.lines[at]

    def _line(self, at: int) -> Match | None:
        spelled, plain, hints = self.reading[at]
        is_long = len(self.pieces[at].text) > self.options.line_length
        table, told = (self.phrases.notices, spelled[:NOTICE]) if is_long else (self.phrases.lines, spelled)
        found = line_of(table, told, hints)
        return found if found or is_long else self.phrases.bar(plain.split())

    def is_headline(self, at: int) -> bool:
        """Whether a piece looks like a headline: some words, one line, no full stop."""
        return self._is_short(at) and not self.pieces[at].ends_with(NO_HEADLINE_END)

    def asks(self, at: int) -> bool:
        """Whether a piece is as long as a headline and asks something: one, where something else says so, too."""
        return self.pieces[at].ends_with(("?", "؟")) and self._is_short(at)

    def _is_short(self, at: int) -> bool:
        low, high = self.options.headline_words
        return low <= len(self.pieces[at].text.split()) <= high

    def edits(self) -> tuple[Edit, ...]:
        """Everything that turns the raw text into the body. Without audit, all between two blocks of it is one edit."""
        standing = self.content.inside - self.gone
        told = range(len(self.pieces)) if self.audit else sorted(standing)
        spans, kept = [self.pieces[at].span for at in told], [at in standing for at in told]
        taken = self.taken if self.audit else [t for t in self.taken if t.piece in standing]
        blocks = [Edit(start=t.start, end=t.end, text="", rule=t.rule, kind=t.kind) for t in taken]
        gaps = editing.gap_edits(self.outline.raw_text, spans, kept)
        return editing.merge([*blocks, *self.character_edits, *gaps])
