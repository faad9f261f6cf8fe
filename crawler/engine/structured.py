"""What a page says about itself in machine-readable form: JSON-LD, Open Graph, meta, microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .blocks import Element
from .markup import attributes, unescape

ARTICLE_TYPES = frozenset(
    (
        "NewsArticle Article ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle "
        "AskPublicNewsArticle ReviewNewsArticle BlogPosting LiveBlogPosting Report SocialMediaPosting TechArticle "
        "ScholarlyArticle AdvertiserContentArticle SatiricalArticle"
    ).split()
)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_WRAPPING = re.compile(r"^\s*(?:<!--|<!\[CDATA\[|//<!\[CDATA\[)|(?:-->|\]\]>|//\]\]>)\s*;?\s*$")


@dataclass(frozen=True, slots=True)
class Structured:
    """Everything machine-readable on a page."""

    article: Mapping[str, Any]  # the JSON-LD node of the article, or {}
    meta: Mapping[str, tuple[str, ...]]  # lower-case name or property -> contents, in order
    itemprops: Mapping[str, tuple[str, ...]]
    links: Mapping[str, str]  # rel -> href: canonical, amphtml
    title: str
    language: str  # of the html element
    times: tuple[str, ...]  # what the <time> elements say, in order
    page_type: str | None  # the first @type that is no article and no thing around it

    def first(self, *names: str) -> str | None:
        """The first content that one of the meta names gives."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content.strip():
                    return " ".join(content.split())
        return None


def read(elements: list[Element], json_ld: list[str]) -> Structured:
    """Sort what the walk has met."""
    meta: dict[str, list[str]] = {}
    itemprops: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    titles: list[str] = []
    times: list[str] = []
    language = ""
    for tag, written, text in elements:
        found = attributes(written)
        if tag == "link":
            for rel in found.get("rel", "").lower().split():
                links.setdefault(rel, found.get("href", ""))
        elif tag == "meta":
            name = found.get("property") or found.get("name") or ""
            meta.setdefault(name.lower(), []).append(found.get("content", ""))
        elif tag == "title":
            titles.append(" ".join(unescape(text).split()))
        elif tag == "html":
            language = (found.get("lang") or found.get("xml:lang") or "").strip()
        elif tag == "time":
            times.append(found.get("datetime") or unescape(text))
        if found.get("itemprop"):
            value = found.get("content") or found.get("datetime") or _said(found["itemprop"], text)
            if value:
                itemprops.setdefault(found["itemprop"].lower(), []).append(value)
    nodes = [node for text in json_ld for node in _nodes(load_json(text))]
    article = next((n for n in nodes if _types(n) & ARTICLE_TYPES and n.get("headline")), None)
    article = article or next((n for n in nodes if _types(n) & ARTICLE_TYPES), {})
    return Structured(
        article=article,
        meta=_frozen(meta),
        itemprops=_frozen(itemprops),
        links=links,
        title=titles[0] if titles else "",
        language=language,
        times=tuple(times),
        page_type=_page_type(nodes),
    )


def _said(itemprop: str, text: str) -> str:
    """A date's own text is its value, too."""
    return unescape(text) if itemprop.lower() in ("datepublished", "datemodified") else ""


def load_json(text: str) -> Any:
    """JSON as publishers write it: control characters, trailing commas, comment wrappers. None if hopeless."""
    text = _WRAPPING.sub("", _WRAPPING.sub("", text)).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """All JSON-LD nodes: lists, graphs, main entities."""
    if depth > 4:
        return
    if isinstance(data, list):
        for entry in data:
            yield from _nodes(entry, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed"):
            yield from _nodes(data.get(key), depth + 1)


def _types(node: Mapping[str, Any]) -> set[str]:
    kind = node.get("@type")
    names = kind if isinstance(kind, list) else [kind]
    return {name.rsplit("/", 1)[-1] for name in names if isinstance(name, str)}


def _page_type(nodes: list[dict[str, Any]]) -> str | None:
    for node in nodes:
        for name in sorted(_types(node)):
            if name in (
                "CollectionPage",
                "VideoObject",
                "ImageGallery",
                "SearchResultsPage",
                "ProfilePage",
                "ItemList",
            ):
                return name
    return None


def _frozen(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in table.items()}
