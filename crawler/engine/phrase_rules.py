"""Rules that go by what a block says: headings, labels, calls. The phrases are in ``phrases/``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..items import RELATED_KINDS
from . import asides, interface_words
from .blocks import Box
from .captions import is_credited, is_of_agency
from .draft import Cut, Draft
from .line_hints import ENDING, TAIL
from .openings import goes_on_at
from .wording import has_value, last_sentence, spaces_before

#: What may follow a label in a block of its own, in characters, by kind.
_LOOSE_VALUE = ("tags", *RELATED_KINDS)
_LONGEST_SHOUT = 5  # words
_SITE = re.compile(r"\w\.(?:com|org|net|tv|news|co\.uk|de|fr|es|it|ru)\b")


def section(draft: Draft) -> Iterator[Cut]:
    """A heading that opens a related list, tags or comments («مقالات مشابهة», «الأكثر قراءة في الواحة»), with all that
    belongs to it: the rest of its box, or the links, list items and headlines that follow it.
    """
    reached = -1
    for at in draft.open():
        if at < reached:
            continue
        kind = _opens(draft, at)
        if kind is None:
            continue
        reached = _before_headline(draft, at, _section_end(draft, at))
        for member in range(at, reached):
            yield Cut(member, kind=kind)


def _opens(draft: Draft, at: int) -> str | None:
    """The kind of the section that a piece opens: a heading, or a link that skips one («تخطى … وواصل القراءة»)."""
    kind = draft.heading(at)
    found = draft.line(at) if kind is None else None
    return found.kind if found and found.kind in RELATED_KINDS else kind


def _section_end(draft: Draft, at: int) -> int:
    """The piece after the last one of the section that begins at ``at``."""
    piece = draft.pieces[at]
    end = at + 1
    for index in draft.outline.chain(piece.box):
        box = draft.outline.boxes[index]
        if box.first != at or box.look.mark == "content" or not _is_small(draft, box.first, box.last):
            break
        if at + 1 < end < box.last and _is_text(draft, end):
            break  # the article goes on below the list
        text = next((inner for inner in range(end, box.last) if _goes_on(draft, inner, box)), None)
        if text is not None:
            end = text
            break
        end = max(end, box.last)
        if box.look.kind and end > at + 1:
            break  # what comes after a box that says so is not of the list
    if end > at + 1:
        return end
    while end < len(draft.pieces) and _belongs(draft, end):
        end += 1
    return end


def _before_headline(draft: Draft, at: int, end: int) -> int:
    """The end of a section, before the headline where one stands above it: it is what the site calls the story («Latest
    news»), no list.
    """
    headline = draft.outline.headline_or(draft.first_prose)
    return headline if at < headline < end else end


def _is_text(draft: Draft, at: int) -> bool:
    """Whether a block is a paragraph without links: what heads no list."""
    return draft.is_prose(at) and not draft.pieces[at].links


def _goes_on(draft: Draft, at: int, box: Box) -> bool:
    """Whether a block of a box is a paragraph without links like some of the article outside it: the box is a part of
    the article that happens to begin with the list.
    """
    first, last = draft.paths.get(draft.outline.path(draft.pieces[at]), (box.first, box.first))
    return _is_text(draft, at) and (first < box.first or last >= box.last)


def _is_small(draft: Draft, first: int, last: int) -> bool:
    """Whether a range holds few finished paragraphs compared with the article."""
    inside = sum(len(draft.pieces[i].text) for i in range(first, last) if draft.is_prose(i))
    return inside <= draft.options.box_share * draft.prose_length


def _belongs(draft: Draft, at: int) -> bool:
    piece = draft.pieces[at]
    if draft.heading(at) or piece.kind == "heading":
        return False
    if piece.link_share >= 0.6:
        return True
    if draft.first_prose < at and draft.asks(at):
        return True
    return not draft.is_prose(at) and (piece.kind == "item" or draft.is_headline(at))


def label(draft: Draft) -> Iterator[Cut]:
    """A block that begins with a label and a colon («المصدر: RT», «كلمات دلالية: …», «إقرأ أيضاً: …»)
    whose value is short, or that is a label and a link («اقرأ المزيد <headline>», «SOLID START: <headline>»); a label
    alone takes the links or the headline after it along.
    """
    for at in draft.open():
        text = draft.pieces[at].text
        found = draft.label(at)
        if found is None:
            kind = _before_link(draft, at)
            if kind is not None:
                yield Cut(at, kind=kind)
            continue
        value = text[found.end :]
        if not value.strip():
            yield Cut(at, kind=found.kind)
            if found.kind in (*_LOOSE_VALUE, "source"):
                yield from _value_after(draft, at, found.kind)
        elif has_value(draft.options, value, found.kind):
            yield Cut(at, kind=found.kind)


def _before_link(draft: Draft, at: int) -> str | None:
    """The kind of the label that is all that a block has before its one link."""
    piece = draft.pieces[at]
    if len(piece.links) != 1 or not piece.text.endswith(piece.links[0].text):
        return None
    before = piece.text.removesuffix(piece.links[0].text)
    if not before:
        return None
    found = draft.phrases.label(before)
    kind = found.kind if found else draft.phrases.heading(before)
    if kind is None and piece.kind == "paragraph" and _is_shouted(before) and draft.is_headline(at):
        return "inline_related"
    return kind if kind in _LOOSE_VALUE else None


def _is_shouted(label: str) -> bool:
    """Whether a label is in capitals («SOLID START: <headline>») or names a site («On harbour.com: <headline>»): no
    sentence does before a headline, whatever it says.
    """
    said = label.isupper() or _SITE.search(label) is not None
    return said and label.rstrip().endswith(":") and len(label.split()) <= _LONGEST_SHOUT


def _value_after(draft: Draft, at: int, kind: str) -> Iterator[Cut]:
    following = at + 1
    while following < len(draft.pieces) and _belongs_to_label(draft, following, kind):
        yield Cut(following, kind=kind)
        following += 1


def _belongs_to_label(draft: Draft, at: int, kind: str) -> bool:
    piece = draft.pieces[at]
    if draft.label(at) or draft.heading(at):
        return False
    if kind == "source":
        return piece.kind == "item" and len(piece.text) <= 60
    return piece.link_share >= 0.6 and not draft.finished(at)


def line(draft: Draft) -> Iterator[Cut]:
    """A block that is nothing but a call («تابعوا … على»), a share button, «إعلان» or a rights notice; the notice
    alone, where words of an article follow it.
    """
    for at in draft.open():
        found = draft.line(at)
        if found:
            language = draft.article.language if draft.article else None
            yield Cut(at, end=goes_on_at(draft.phrases, language, draft.pieces[at].text), kind=found.kind)


def credit(draft: Draft) -> Iterator[Cut]:
    """A short block that ends in who took a picture («Noel Celis/Getty Images», «… am Montag. Foto: Jane Doe»), right
    under one also in an agency («… (أ ف ب)»).
    """
    under = {picture.at for picture in draft.outline.pictures}
    for at in draft.standing():
        text = draft.pieces[at].text
        if len(text) > draft.options.value_length:
            continue
        of_agency = at in under and is_of_agency(draft.phrases, text)
        if of_agency or is_credited(draft.phrases, text, draft.reading[at].hints):
            yield Cut(at)


def source_tail(draft: Draft) -> Iterator[Cut]:
    """A source label after the last sentence of a paragraph («… أمس. المصدر: رويترز»)."""
    for at in draft.hinted(TAIL):
        text = draft.pieces[at].text
        last = last_sentence(text)
        if last:
            found = draft.phrases.label(text[last:])
            if found and found.kind == "source":
                yield Cut(at, start=last - 1)


def link_note(draft: Draft) -> Iterator[Cut]:
    """What a link says of itself, in brackets or after a comma («… (opens in a new tab)», "…, opens new tab")."""
    for at in draft.hinted(ENDING):
        for start, stop in asides.link_notes(draft.phrases, draft.pieces[at].text):
            yield Cut(at, start, stop)


def read_also(draft: Draft) -> Iterator[Cut]:
    """A read-also line in brackets inside a paragraph («… أمس. (اقرأ أيضاً: <headline>)»)."""
    for at in draft.standing():
        piece = draft.pieces[at]
        for found in asides.read_also(draft.phrases, piece.text, [link.text for link in piece.links]):
            yield Cut(at, found.start, found.end, found.kind)


def ending(draft: Draft) -> Iterator[Cut]:
    """The calls, notices and read-also lines that close a paragraph («… أمس. انضموا إلى قناة النبض على واتساب», "… on
    Friday. Read more: <headline>"), and a long call that is the whole.
    """
    for at in draft.standing():
        text, said = draft.pieces[at].text, draft.reading[at]
        linked = [link.text for link in draft.pieces[at].links]
        found = draft.phrases.ending(text) if said.hints & ENDING else None
        found = found or asides.last_calls(draft.phrases, text, said.spelled, linked)
        if found:
            yield Cut(at, start=spaces_before(text, found.start), kind=found.kind)


def interface(draft: Draft) -> Iterator[Cut]:
    """A short line without a full stop that no list has and that speaks as pages do («أرسل الخبر إلى أصدقائك», "Click
    to open the gallery"), by the words of the lists (``interface_words.py``).
    """
    language = draft.article.language if draft.article else None
    for at in draft.standing():
        piece = draft.pieces[at]
        is_line = piece.kind == "paragraph" and not piece.finished and at not in draft.leads
        if is_line and interface_words.may_be(piece.text) and interface_words.is_one(language, piece.text):
            yield Cut(at)
