"""What feed readers are told of an article and its site, whatever the feed's dialect."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from html import escape
from typing import Any

from crawler.items import Article
from crawler.records.when import instant
from crawler.urls import host, origin

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
#: What XML 1.0 has no place for (section 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed as a whole."""

    title: str
    link: str
    language: str | None
    updated: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in a feed."""

    id: str
    url: str
    title: str
    html: str
    summary: str | None
    authors: tuple[str, ...]
    terms: tuple[str, ...]
    published: datetime | None
    updated: datetime
    language: str | None
    image: str | None


def channel(article: Article | None) -> Channel:
    """The feed of an article's site; of none the empty feed."""
    if article is None:
        return Channel("-", "about:blank", None, _EPOCH)
    title = article.site or host(article.url)
    return Channel(_xml(title), f"{origin(article.url)}/", article.language, instant(article.fetched_at) or _EPOCH)


def entry(article: Article) -> Entry:
    """An article as readers see it. One without a headline has its first words for a title."""
    published = instant(article.date_published)
    terms = dict.fromkeys(_xml(term) for term in (article.section, *article.keywords) if term)
    return Entry(
        id=article.canonical_url,
        url=article.url,
        title=_xml(article.headline or article.body[:80]),
        html="".join(f'<p dir="auto">{_lines(part)}</p>' for part in _xml(article.body).split("\n\n")),
        summary=_xml(article.description) if article.description else None,
        authors=tuple(map(_xml, article.authors)),
        terms=tuple(terms),
        published=published,
        updated=instant(article.date_modified) or published or instant(article.fetched_at) or _EPOCH,
        language=article.language,
        image=article.images[0].url if article.images else None,
    )


def json_head(said: Channel) -> dict[str, Any]:
    """The members of a JSON Feed; items come last."""
    head = {"version": "https://jsonfeed.org/version/1.1", "title": said.title, "home_page_url": said.link}
    language = {"language": said.language} if said.language else {}
    return {**head, **language, "items": []}


def json_item(said: Entry) -> dict[str, Any]:
    """An item of a JSON Feed. What is absent is left out."""
    item = {
        "id": said.id,
        "url": said.url,
        "title": said.title,
        "content_html": said.html,
        "summary": said.summary,
        "image": said.image,
        "date_published": said.published.isoformat() if said.published else None,
        "date_modified": said.updated.isoformat(),
        "authors": [{"name": name} for name in said.authors],
        "tags": list(said.terms),
        "language": said.language,
    }
    return {name: value for name, value in item.items() if value}


def _lines(paragraph: str) -> str:
    return escape(paragraph, quote=False).replace("\n", "<br>")


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)
