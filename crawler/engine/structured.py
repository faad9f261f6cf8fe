"""What a page says about itself in machine-readable form: JSON-LD, Open Graph, meta, microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
    page_type: str | None  # the first @type that is no article and no thing around it

    def first(self, *names: str) -> str | None:
        """The first content that one of the meta names gives."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content.strip():
                    return " ".join(content.split())
        return None


def read(root: Any) -> Structured:
    """Collect it in one pass over the tree's metadata elements."""
    meta: dict[str, list[str]] = {}
    itemprops: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    nodes: list[dict[str, Any]] = []
    for element in root.iter("meta", "link", "script", "time", "span", "div", "a", "p"):
        tag = element.tag
        if tag == "script":
            if "ld+json" in (element.get("type") or ""):
                nodes.extend(_nodes(load_json(element.text or "")))
        elif tag == "link":
            for rel in (element.get("rel") or "").lower().split():
                links.setdefault(rel, element.get("href") or "")
        else:
            _read_named(element, tag, meta, itemprops)
    article = next((n for n in nodes if _types(n) & ARTICLE_TYPES and n.get("headline")), None)
    article = article or next((n for n in nodes if _types(n) & ARTICLE_TYPES), {})
    return Structured(article, _frozen(meta), _frozen(itemprops), links, _page_type(nodes))


def _read_named(element: Any, tag: str, meta: dict[str, list[str]], itemprops: dict[str, list[str]]) -> None:
    itemprop = element.get("itemprop")
    if itemprop:
        value = element.get("content") or element.get("datetime")
        if value is None and itemprop.lower() in ("datepublished", "datemodified"):
            value = "".join(element.itertext())
        if value:
            itemprops.setdefault(itemprop.lower(), []).append(value)
    if tag == "meta":
        name = element.get("property") or element.get("name") or ""
        meta.setdefault(name.lower(), []).append(element.get("content") or "")


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
