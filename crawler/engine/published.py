"""When a page says that its article was published and changed: ordered sources, from JSON-LD to a line of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..items import Page
from . import ago, dates
from .blocks import Outline
from .structured import Structured, text_of

_DATE_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:/|-|$)")
_DATE_LINE = 100  # a longer block beside the headline is no date line
#: A line that says when the article was changed says when it was published only where no other line does.
_UPDATED = re.compile(
    r"\D*(?:updated?|mise? à jour|aktualisiert|actualizado|atualizado|aggiornat\w|bijgewerkt|güncelle\w+|обновлен\w|"
    r"zaktualizowan\w|uppdatera[dt]|oppdatert|opdateret|diperbarui|last modified|"
    r"محدث|تحديث|به ?روز ?رسانی)",
    re.IGNORECASE,
)
_FIRST_YEAR = "1993"  # of news on the web
_BEFORE_HEADLINE, _AFTER_PARAGRAPH = 3, 1  # how far from the headline and the first paragraph a date stands
_NOT_DAY_FIRST = ("en", "fil", "zh", "ja", "ko", "hu")  # where readers may put the month or the year first
_DAY_FIRST_EVERYWHERE = ("ar", "fa", "ur")
_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "publish-date",
    "publishdate",
    "pubdate",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "published_time_telegram",
    "article.published",
    "cxenseparse:recs:publishtime",
    "og:published_time",
    "publication_date",
    "date.created",
    "article_date_original",
    "originalpublicationdate",
    "citation_publication_date",
    "displaydate",
)
_MODIFIED_NAMES = (
    "article:modified_time",
    "og:updated_time",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "datemodified",
)


def puts_day_first(language: str | None, *, for_readers: bool) -> bool:
    """Whether 3/4/2024 is in April on a page in this language: where software wrote it for software, it may be in
    March in Europe, too (seen at simmentalzeitung.ch, as the invariant culture of .NET writes), in Arabic it never was.
    """
    return language not in (None, *_NOT_DAY_FIRST) if for_readers else language in _DAY_FIRST_EVERYWHERE


def candidates(
    data: Structured, outline: Outline, page: Page, first: int, language: str | None
) -> Iterator[tuple[str, str | None]]:
    """Dates of publication as (source, date), the surest source first. ``first`` is the article's first paragraph."""
    day_first = puts_day_first(language, for_readers=False)
    yield "json-ld", dates.parse(text_of(data.article.get("datePublished")), day_first=day_first)
    for name in _DATE_NAMES:
        yield "meta", dates.parse(data.first(name), day_first=day_first)
    for value in data.itemprops.get("datepublished", ()):
        yield "microdata", dates.parse(value, day_first=day_first)
    yield "feed", dates.parse(page.hints.get("date_published"), day_first=day_first)
    found = _DATE_IN_URL.search(page.url)
    day = dates.parse("-".join(part.zfill(2) for part in found.groups())) if found else None
    beside = _beside(data, outline, page, first, day_first=puts_day_first(language, for_readers=True))
    times = [(source, time) for source, time in beside if time]
    yield from ((source, time) for source, time in times if day is None or time[:10] == day)
    yield "url", day
    for _, time in data.times:
        yield "time", dates.parse(time, day_first=day_first)


def _beside(
    data: Structured, outline: Outline, page: Page, first: int, *, day_first: bool
) -> Iterator[tuple[str, str | None]]:
    """What stands beside the headline: <time> elements, lines with a date, «منذ 3 ساعات».

    A day without a time above the headline may be the masthead's, which says the day of the fetch.
    """
    begin = outline.headline_or(first)
    near = range(max(0, begin - _BEFORE_HEADLINE), first + _AFTER_PARAGRAPH)
    for at, time in data.times:
        if at in near:
            yield "time", dates.parse(time, day_first=day_first)
    below = outline.pieces[begin : near.stop] + outline.beside_headline(11)
    lines = [piece.text for piece in below if len(piece.text) <= _DATE_LINE]
    updated = [text for text in lines if _UPDATED.match(text)]
    for text in lines:
        yield "page", None if text in updated else _date_line(text, day_first=day_first)
    for text in lines:
        yield "page", ago.moment(text, page.fetched_at)
    for piece in outline.pieces[near.start : begin]:
        found = _date_line(piece.text, day_first=day_first) if len(piece.text) <= _DATE_LINE else None
        other_day = found and page.fetched_at and found[:10] != page.fetched_at[:10]
        yield "page", found if found and ("T" in found or other_day) else None
    for text in updated:
        yield "page", _date_line(text, day_first=day_first)


def _date_line(text: str, *, day_first: bool) -> str | None:
    """The date that a line says, unless the story tells it: no page is that old («… was signed on 14 August 1935»)."""
    found = dates.parse(text, day_first=day_first)
    return found if found and found >= _FIRST_YEAR else None


def modified(data: Structured, language: str | None) -> Iterator[tuple[str, str | None]]:
    """Dates of the last change, likewise."""
    day_first = puts_day_first(language, for_readers=False)
    yield "json-ld", dates.parse(text_of(data.article.get("dateModified")), day_first=day_first)
    yield "meta", dates.parse(data.first(*_MODIFIED_NAMES), day_first=day_first)
    for value in data.itemprops.get("datemodified", ()):
        yield "microdata", dates.parse(value, day_first=day_first)
