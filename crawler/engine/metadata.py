"""Headline, description, authors, dates, section, language, address: ordered sources, the winner recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urljoin

from .. import urls
from ..items import Page
from . import dates, published
from .blocks import Outline
from .headlines import headlines, outlets
from .identification import contradicts, identified, primary
from .people import bylines, json_authors, people
from .structured import Structured, text_of
from .text_rules import put_right

_READ = 6  # pieces of the article that tell its language
_AUTHOR_NAMES = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "citation_author",
    "article:author_name",
    "authors",
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


def read(
    data: Structured, outline: Outline, page: Page, first: int, facts: Mapping[str, str], expected: str | None = None
) -> Metadata:
    """Fill every field from the first source that has it. ``first`` is the article's first paragraph; ``facts`` are
    what the site's own rules read, ``expected`` is the language that its definition names.
    """
    sources: dict[str, str] = {}
    hints = page.hints

    own: dict[str, Any] = {}

    def pick(field: str, candidates: Candidates) -> Any:
        for source, value in chain([("site", own.get(field))], candidates):
            if value:
                sources[field] = source
                return value
        return None

    language = pick("language", _languages(data, outline, first, expected))
    day_first = published.puts_day_first(language, for_readers=True)
    own = {
        "headline": facts.get("title"),
        "authors": people([facts["author"]], set()) if "author" in facts else (),
        "date_published": dates.parse(facts.get("date"), day_first=day_first),
    }
    return Metadata(
        headline=put_right(pick("headline", headlines(data, outline, hints, first))),
        description=put_right(pick("description", _descriptions(data, hints))),
        authors=pick("authors", _authors(data, outline, page.url, first)) or (),
        date_published=pick("date_published", published.candidates(data, outline, page, first, language)),
        date_modified=pick("date_modified", published.modified(data, language)),
        section=pick("section", _sections(data, hints)),
        keywords=pick("keywords", _keywords(data)) or (),
        language=language,
        canonical_url=pick("canonical_url", _addresses(data, page.url)),
        image=pick("image", _images(data, page.url)),
        sources=sources,
    )


def _descriptions(data: Structured, hints: Mapping[str, str]) -> Candidates:
    yield "json-ld", text_of(data.article.get("description"))
    yield "og", data.first("og:description")
    yield "meta", data.first("description", "twitter:description")
    yield "feed", hints.get("description")


def _authors(data: Structured, outline: Outline, url: str, first: int) -> Candidates:
    papers = outlets(data) | set(urls.host(url).split("."))
    yield "json-ld", people(json_authors(data.article.get("author")), papers)
    for name in _AUTHOR_NAMES:
        yield "meta", people(data.meta.get(name, ()), papers)
    for names in bylines(outline, first):
        yield "page", people(names, papers)


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


def _languages(data: Structured, outline: Outline, first: int, expected: str | None) -> Candidates:
    """What the page declares, unless its text is surely in another language; else the text's. Where the site's
    definition says the same as the page nobody looks.
    """
    declared = (
        ("html", data.language),
        ("json-ld", text_of(data.article.get("inLanguage"))),
        ("og", data.first("og:locale")),
    )
    codes = [(source, primary(said)) for source, said in declared]
    codes = [(source, code) for source, code in codes if re.fullmatch("[a-z]{2,3}", code)]
    if expected and codes and codes[0][1] == expected:
        yield codes[0]
    text = identified(" ".join([piece.text for piece in outline.pieces[first : first + _READ]]))
    yield from (one for one in codes if not contradicts(text, one[1]))
    yield "text", text


def _addresses(data: Structured, url: str) -> Candidates:
    """rel=canonical and og:url are believed only on the page's own site, its mobile and AMP hosts included, and never
    where every page says it is the front page.
    """
    for source, value in (("link", data.links.get("canonical")), ("og", data.first("og:url"))):
        try:
            absolute = urljoin(url, value.strip()) if value else ""
        except ValueError:
            continue
        is_front = urls.is_root(absolute) and not urls.is_root(url)
        if urls.is_http(absolute) and urls.same_site(absolute, url) and not is_front:
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
