"""Headline, description, authors, dates, section, language, address: ordered sources, the winner recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from .. import urls
from . import dates
from .blocks import Outline
from .folding import fold
from .people import bylines, json_authors, people
from .structured import Structured

_SUFFIX = re.compile(r"\s+[-|–—»«:·•]\s+")
_DATE_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:/|-|$)")
_PERSIAN, _URDU = re.compile("[پچژگ]"), re.compile("[ٹڈڑںے]")
_ARABIC_LETTER = re.compile("[\u0620-\u06ff]")
DATE_LINE = 80  # a longer block beside the headline is no date line
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


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says about its article, and where each field came from."""

    headline: str | None
    description: str | None
    authors: tuple[str, ...]
    date_published: str | None
    date_modified: str | None
    section: str | None
    keywords: tuple[str, ...]
    language: str | None
    canonical_url: str
    image: str | None
    sources: Mapping[str, str]


Candidates = Iterable[tuple[str, Any]]


def read(data: Structured, outline: Outline, url: str, hints: Mapping[str, str]) -> Metadata:
    """Fill every field from the first source that has it."""
    sources: dict[str, str] = {}

    def pick(field: str, candidates: Candidates) -> Any:
        for source, value in candidates:
            if value:
                sources[field] = source
                return value
        return None

    language = pick("language", _languages(data, outline))
    day_first = (language or "")[:2] in ("ar", "fa", "ur")
    outlets = _outlets(data)
    return Metadata(
        headline=pick("headline", _headlines(data, outline, hints)),
        description=pick("description", _descriptions(data, hints)),
        authors=pick("authors", _authors(data, outline, outlets)) or (),
        date_published=pick("date_published", _dates(data, url, outline, hints, day_first=day_first)),
        date_modified=pick("date_modified", _modified(data, day_first=day_first)),
        section=pick("section", _sections(data, hints)),
        keywords=pick("keywords", _keywords(data)) or (),
        language=language,
        canonical_url=pick("canonical_url", _addresses(data, url)),
        image=pick("image", _images(data, url)),
        sources=sources,
    )


def text_of(value: Any) -> str | None:
    """A JSON-LD value as one line of text: strings, lists of them, nodes with a name."""
    if isinstance(value, list):
        return next((text for text in map(text_of, value) if text), None)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("url"))
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _headlines(data: Structured, outline: Outline, hints: Mapping[str, str]) -> Candidates:
    headings = [p.text for p in outline.pieces if p.tag == "h1"]
    title = data.title
    og = data.first("og:title", "twitter:title")
    # A heading that the title repeats is the headline as readers see it.
    for heading in headings:
        if len(heading) > 8 and any(fold(heading) in fold(other or "") for other in (og, title)):
            yield "h1", heading
    yield "json-ld", text_of(data.article.get("headline"))
    yield "og", og and _without_outlet(og, data)
    yield "h1", next((h for h in headings if len(h.split()) > 2), None)
    yield "title", _without_outlet(title, data)
    yield "feed", hints.get("headline")


def _without_outlet(title: str, data: Structured) -> str:
    """A page title without the outlet's name at its end: `Story - RT Arabic`."""
    parts = _SUFFIX.split(title)
    if len(parts) > 1:
        names = {fold(name) for name in _outlets(data)}
        if fold(parts[-1]) in names or (len(parts[-1].split()) <= 4 and len(parts[0].split()) >= 4):
            return title[: title.rindex(parts[-1])].rstrip(" -|–—»«:·•")
    return title


def _outlets(data: Structured) -> set[str]:
    names = {data.first("og:site_name", "application-name") or "", text_of(data.article.get("publisher")) or ""}
    return {name for name in names if name}


def _descriptions(data: Structured, hints: Mapping[str, str]) -> Candidates:
    yield "json-ld", text_of(data.article.get("description"))
    yield "og", data.first("og:description")
    yield "meta", data.first("description", "twitter:description")
    yield "feed", hints.get("description")


def _authors(data: Structured, outline: Outline, outlets: set[str]) -> Candidates:
    yield "json-ld", people(json_authors(data.article.get("author")), outlets)
    yield "meta", people(data.meta.get("author", ()) or data.meta.get("article:author", ()), outlets)
    yield (
        "meta",
        people(
            (data.first("parsely-author", "sailthru.author", "dc.creator", "byl", "citation_author") or "",), outlets
        ),
    )
    yield "page", people(bylines(outline), outlets)


def _dates(data: Structured, url: str, outline: Outline, hints: Mapping[str, str], *, day_first: bool) -> Candidates:
    yield "json-ld", dates.parse(text_of(data.article.get("datePublished")), day_first=day_first)
    for name in _DATE_NAMES:
        yield "meta", dates.parse(data.first(name), day_first=day_first)
    for value in data.itemprops.get("datepublished", ()):
        yield "microdata", dates.parse(value, day_first=day_first)
    yield "feed", dates.parse(hints.get("date_published"), day_first=day_first)
    for time in data.times:
        yield "time", dates.parse(time, day_first=day_first)
    for piece in outline.beside_headline(11):
        if len(piece.text) <= DATE_LINE:
            yield "page", dates.parse(piece.text, day_first=day_first)
    found = _DATE_IN_URL.search(url)
    yield "url", dates.parse("-".join(part.zfill(2) for part in found.groups())) if found else None


def _modified(data: Structured, *, day_first: bool) -> Candidates:
    yield "json-ld", dates.parse(text_of(data.article.get("dateModified")), day_first=day_first)
    yield "meta", dates.parse(data.first(*_MODIFIED_NAMES), day_first=day_first)
    for value in data.itemprops.get("datemodified", ()):
        yield "microdata", dates.parse(value, day_first=day_first)


def _sections(data: Structured, hints: Mapping[str, str]) -> Candidates:
    yield "json-ld", text_of(data.article.get("articleSection"))
    yield "meta", data.first("article:section", "section", "category", "parsely-section")
    yield "feed", hints.get("section")


def _keywords(data: Structured) -> Candidates:
    yield "json-ld", split_keywords(data.article.get("keywords"))
    yield "meta", split_keywords(list(data.meta.get("article:tag", ())))
    yield "meta", split_keywords(data.first("news_keywords"))


def split_keywords(value: Any) -> tuple[str, ...]:
    """Keywords from a list or from one line with commas, in order, each once."""
    entries = value if isinstance(value, list) else [value]
    words = [w.strip() for e in entries if isinstance(e, str) for w in re.split(r"[,،;؛|\n]", e)]
    return tuple(dict.fromkeys(word for word in words if word))


def _languages(data: Structured, outline: Outline) -> Candidates:
    text = outline.raw_text[:20_000]
    letters = len(_ARABIC_LETTER.findall(text))
    declared = re.split(r"[-_]", data.language.lower())[0]
    if letters > len(text) / 4:  # the script is evidence: Arabic pages that say lang="en" exist
        if declared in ("ar", "fa", "ur", "ckb", "ps", "ug", "sd"):
            yield "html", declared
        persian, urdu = len(_PERSIAN.findall(text)), len(_URDU.findall(text))
        yield "script", "ur" if urdu > letters / 50 else "fa" if persian > letters / 50 else "ar"
    yield "html", declared if re.fullmatch("[a-z]{2,3}", declared) else None
    yield "json-ld", text_of(data.article.get("inLanguage"))
    yield "og", (data.first("og:locale") or "")[:2].lower()


def _addresses(data: Structured, url: str) -> Candidates:
    """rel=canonical and og:url are believed only on the page's own host."""
    for source, value in (("link", data.links.get("canonical")), ("og", data.first("og:url"))):
        try:
            absolute = urljoin(url, value.strip()) if value else ""
        except ValueError:
            continue
        if urls.is_http(absolute) and urls.host(absolute) == urls.host(url):
            yield source, urls.canonical(absolute)
    yield "url", urls.canonical(url)


def _images(data: Structured, url: str) -> Candidates:
    image = data.article.get("image")
    image = image[0] if isinstance(image, list) and image else image
    image = image.get("url") if isinstance(image, dict) else image
    for source, value in (("json-ld", image), ("og", data.first("og:image"))):
        try:
            yield source, urljoin(url, value) if isinstance(value, str) and value else None
        except ValueError:
            continue
