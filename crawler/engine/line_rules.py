"""Rules for documents without markup: the table at the end has each with its name, kind and confidence.

The confidence is how often a line that the rule takes is not the article's, on saved texts with gold, rounded
down. ``Options.mode`` says how sure a rule must be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..items import RELATED_KINDS
from . import asides, interface_words
from .captions import is_credited
from .debris import debris
from .folding import fold
from .identification import identified
from .language import LABEL_END, LONGEST_ENDING, LONGEST_HEADING, NOTICE
from .line_hints import BUTTON, DIGITS, ENDING, HEADING, LABEL, LINE, TAIL
from .line_shapes import article_over, hashtags, inline_headline, repeated, second_article, sign_off
from .lines import Document, LineCut
from .notice_rules import notice_lines
from .openings import goes_on_at
from .people import is_byline
from .players import player_lines
from .wording import has_value, is_signature, last_sentence, line_key, spaces_before

_HEAD = 3  # the headline is repeated this early, or it is a sentence
_REPORTER = 0.6  # who reported a part of a long story stands under that part
_TERMS = 0.6  # what a paragraph says of prices and rights at its end may be the article's
_VALUE = 40  # what stands alone under a label that stands alone


def headline_repeat(document: Document) -> Iterator[LineCut]:
    """The headline, repeated at the head of the text."""
    wanted = fold(document.headline or "").split()
    for at in range(min(_HEAD, len(document))):
        if wanted and document.plain[at].split() == wanted:
            yield LineCut(at)


def site_boilerplate(document: Document) -> Iterator[LineCut]:
    """A line that many documents of the same site have, by the file that `scrapy clean --learn` writes."""
    if document.site_lines:
        yield from (LineCut(at) for at in document.open() if line_key(document.texts[at]) in document.site_lines)


def section(document: Document) -> Iterator[LineCut]:
    """A heading that opens a related list, tags or comments («مقالات مشابهة»), with the list items and headlines
    that follow it.
    """
    reached = -1
    for at in document.hinted(HEADING | LINE):
        if at < reached or not document.is_short(at):
            continue
        kind = _opens(document, at)
        if kind is None:
            continue
        reached = at + 1
        while reached < len(document) and _belongs(document, reached):
            reached += 1
        yield from (LineCut(member, kind) for member in range(at, reached))


def _opens(document: Document, at: int) -> str | None:
    phrases = document.phrases
    may_be = document.hints[at] & HEADING and len(document.texts[at]) < LONGEST_HEADING
    kind = phrases.section(document.texts[at], document.folded(at)) if may_be else None
    found = document.line(at) if kind is None else None
    return found.kind if found and found.kind in RELATED_KINDS else kind


def _belongs(document: Document, at: int) -> bool:
    if document.is_prose(at) or (len(document.texts[at]) < LONGEST_HEADING and _opens(document, at)):
        return False
    return document.is_item(at) or document.is_headline(at)


def label(document: Document) -> Iterator[LineCut]:
    """A line that begins with a label and a colon («المصدر: RT», «كلمات دلالية: …», «إقرأ أيضاً: …») whose value is
    short.
    """
    labels = document.phrases.labels
    for at in document.hinted(LABEL):
        text = document.bare(at)
        found = labels.match(text[:LABEL_END])
        if found is None:
            continue
        if found.end >= len(text):
            yield LineCut(at, found.kind)
            yield from (LineCut(value, found.kind) for value in _values_after(document, at, found.kind))
        elif has_value(document.options, text[found.end :], found.kind):
            yield LineCut(at, found.kind)


def _values_after(document: Document, at: int, kind: str) -> Iterator[int]:
    """The short lines after a label that stands alone: one source, all tags."""
    most = {"source": 1, "tags": 30}.get(kind, 0)
    for value in range(at + 1, min(len(document), at + 1 + most)):
        if document.sizes[value] > _VALUE or document.finished[value]:
            return
        yield value


def byline(document: Document) -> Iterator[LineCut]:
    """A short line before the second paragraph that begins like a byline («كتبت أسماء نصار», "By Jane Doe"), or after
    the last one that is nothing but a signature (an e-mail address, «jr/kb (afp, dpa)»).
    """
    seen = 0
    for at in range(len(document)):
        seen += document.is_prose(at)
        if seen == 2:
            break
        if at not in document.decisions and is_byline(document.texts[at]):
            yield LineCut(at)
    for at in reversed(range(len(document) if seen == 2 else 0)):
        if document.is_prose(at):
            break
        if at not in document.decisions and is_signature(document.texts[at]):
            yield LineCut(at)


def date(document: Document) -> Iterator[LineCut]:
    """A short line that says nothing but when («الأربعاء 22/01/1437 الساعة 22:07», «آخر تحديث منذ 3 ساعات»)."""
    for at in document.hinted(DIGITS):
        if document.phrases.is_date(document.texts[at]):
            yield LineCut(at)


def line(document: Document) -> Iterator[LineCut]:
    """A line that is nothing but a call («تابعوا … على»), a share button, «إعلان» or a rights notice; the notice alone,
    where words of an article follow it.
    """
    for at in document.hinted(LINE | BUTTON):
        if document.is_short(at):
            found = document.line(at) or document.phrases.bar(document.plain[at].split())
        else:
            found = document.phrases.notices.match(document.spelled[at][:NOTICE])
        if found:
            stop = goes_on_at(document.phrases, document.language, document.texts[at])
            yield LineCut(at, found.kind, _REPORTER if found.kind == "byline" else None, stop=stop)


def credit(document: Document) -> Iterator[LineCut]:
    """A line that ends in who took a picture («Noel Celis/Getty Images», «… am Montag. Foto: Jane Doe»)."""
    for at in document.open():
        if document.is_short(at) and is_credited(document.phrases, document.texts[at], document.hints[at]):
            yield LineCut(at)


def source_tail(document: Document) -> Iterator[LineCut]:
    """A source label after the last sentence of a paragraph («… أمس. المصدر: رويترز»)."""
    sources = document.phrases.sources
    for at in document.hinted(TAIL):
        tail = last_sentence(document.texts[at])
        if tail and sources.at_start(document.texts[at][tail:]):
            yield LineCut(at, start=tail - 1)


def left_over(document: Document) -> Iterator[LineCut]:
    """What a template, a plug-in or a script has left («[ad_1]», «undefined», the address of a film)."""
    for at in document.open():
        text = document.texts[at]
        for start, stop in debris(text):
            yield LineCut(at, start=start, stop=None if stop == len(text) else stop)


def link_note(document: Document) -> Iterator[LineCut]:
    """What a link says of itself, in brackets or after a comma («… (opens in a new tab)», "…, opens new tab")."""
    for at in document.hinted(ENDING):
        for start, stop in asides.link_notes(document.phrases, document.texts[at]):
            yield LineCut(at, start=start, stop=stop)


def read_also(document: Document) -> Iterator[LineCut]:
    """A read-also line in brackets inside a paragraph («… أمس. (اقرأ أيضاً: <headline>)»)."""
    for at in document.open():
        for found in asides.read_also(document.phrases, document.texts[at]):
            yield LineCut(at, found.kind, start=found.start, stop=found.end)


def ending(document: Document) -> Iterator[LineCut]:
    """The calls, notices and read-also lines that close a paragraph («… أمس. انضموا إلى قناة النبض على واتساب», "… on
    Friday. Read more: <headline>"), and a long call that is the whole.
    """
    endings = document.phrases.endings
    for at in document.open():
        text, spelled, found, sure = document.texts[at], document.spelled[at], None, None
        if document.hints[at] & ENDING and endings.search(spelled[-LONGEST_ENDING:]):
            found = document.phrases.ending(text)
        if found is None:
            found = asides.last_calls(document.phrases, text, spelled)
            sure = _TERMS if found and found.kind == "legal" and document.finished[at] else None
        if found:
            yield LineCut(at, found.kind, sure, start=spaces_before(text, found.start))


def interface(document: Document) -> Iterator[LineCut]:
    """A short line without a full stop that no list has and that speaks as pages do («أرسل الخبر إلى أصدقائك», "Click
    to open the gallery"), by the words of the lists (``interface_words.py``).
    """
    able = [at for at in document.open() if not document.finished[at] and interface_words.may_be(document.texts[at])]
    if not able or not any(document.is_prose(at) for at in range(len(document))):
        return  # no document is taken whole on a guess
    language = document.language or identified(document.raw_text)
    for at in able:
        if interface_words.is_one(language, document.texts[at]):
            yield LineCut(at)


@dataclass(frozen=True, slots=True)
class LineRule:
    """One rule: its name in every ``Edit``, the kind of what it removes, how sure it is, and its function."""

    name: str
    kind: str
    confidence: float
    find: Callable[[Document], Iterable[LineCut]]

    @property
    def about(self) -> str:
        """What it does: the first paragraph of its docstring."""
        return " ".join((self.find.__doc__ or "").split())


#: In the order in which they run: what one has taken the next ones no longer see.
LINE_RULES = (
    LineRule("headline_repeat", "chrome", 0.95, headline_repeat),
    LineRule("site_boilerplate", "chrome", 0.95, site_boilerplate),
    LineRule("section", "related", 0.9, section),
    LineRule("label", "related", 0.85, label),
    LineRule("byline", "byline", 0.9, byline),
    LineRule("date", "date", 0.9, date),
    LineRule("line", "cta", 0.8, line),
    LineRule("player", "chrome", 0.9, player_lines),
    LineRule("hashtags", "tags", 0.9, hashtags),
    LineRule("credit", "caption", 0.85, credit),
    LineRule("source_tail", "source", 0.9, source_tail),
    LineRule("ending", "cta", 0.9, ending),
    LineRule("left_over", "chrome", 0.9, left_over),
    LineRule("link_note", "chrome", 0.9, link_note),
    LineRule("read_also", "inline_related", 0.9, read_also),
    LineRule("article_over", "related", 0.9, article_over),
    LineRule("second_article", "related", 0.6, second_article),
    LineRule("interface", "chrome", 0.7, interface),
    LineRule("notice", "legal", 0.8, notice_lines),
    LineRule("inline_headline", "related", 0.7, inline_headline),
    LineRule("sign_off", "chrome", 0.8, sign_off),
    LineRule("repeated", "chrome", 0.9, repeated),
)
