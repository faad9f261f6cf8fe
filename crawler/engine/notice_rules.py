"""The rules for what publications say of themselves around their articles: notices.py, for pages and for plain text."""

from __future__ import annotations

from collections.abc import Iterator

from .draft import Cut, Draft
from .identification import identified
from .line_hints import TOLD
from .lines import Document, LineCut
from .notices import UNPARTED, kind_of, last_of

_SOLD = 0.6  # that links are paid for stands in some articles' own words, and in all gold texts that have such a line
_UNPARTED_FROM = "\u0e00"  # Thai and, after it, the scripts of China, Japan and Korea


def notice(draft: Draft) -> Iterator[Cut]:
    """A paragraph, or the end of one, that says of the publication what readers are told everywhere, in whatever words
    («التعليقات المنشورة لا تعبر عن رأي الموقع», "This article was translated by a machine and reviewed by an editor."):
    ``notices.toml``.
    """
    language = draft.article.language if draft.article else None
    for at in draft.standing() if language in UNPARTED else draft.hinted(TOLD):
        text, plain = draft.pieces[at].text, draft.reading[at].plain
        kind = kind_of(text, plain, language) if at not in draft.leads else None
        if kind:
            yield Cut(at, kind=kind)
        elif last := last_of(text, plain, language):
            yield Cut(at, start=last[1], kind=last[0])


def notice_lines(document: Document) -> Iterator[LineCut]:
    """A paragraph, or the end of one, that says of the publication what readers are told everywhere, in whatever words
    («التعليقات المنشورة لا تعبر عن رأي الموقع», "This article was translated by a machine and reviewed by an editor."):
    ``notices.toml``.
    """
    language, able = document.language, document.hinted(TOLD)
    if len(document) and document.texts[0][0] >= _UNPARTED_FROM:
        language, able = language or identified(document.raw_text), list(document.open())
    for at in able:
        said = document.texts[at], document.plain[at], language
        kind = kind_of(*said)
        if kind:
            yield LineCut(at, kind, _SOLD if kind == "ad" else None)
        elif last := last_of(*said):
            yield LineCut(at, last[0], start=last[1])
