"""What a page says about itself in machine-readable form: JSON-LD, Open Graph, meta, microdata."""

from __future__ import annotations

import html
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
_ARTICLE_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"\w*Article"')
_PLAIN_STRING = re.compile(
    r'"(headline|description|datePublished|dateModified|articleSection)"\s*:\s*"((?:[^"\\\n]|\\.)*)"'
)
#: Half of a character beyond U+FFFF: no UTF-8 has a place for it.
_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_NUL = re.compile(r"(?<!\\)\\u0000")  # PostgreSQL keeps none
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
    times: tuple[tuple[int, str], ...]  # what the <time> elements say, and the piece that follows each
    is_free: bool  # schema.org isAccessibleForFree
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
    times: list[tuple[int, str]] = []
    language = ""
    for tag, written, text, at in elements:
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
            times.append((at, found.get("datetime") or unescape(text)))
        value = found.get("itemprop") and (found.get("content") or found.get("datetime") or _said(found, text))
        if value:
            itemprops.setdefault(found["itemprop"].lower(), []).append(value)
    nodes = [node for text in json_ld for node in _nodes(load_json(text) or salvaged(text))]
    return Structured(
        article=_article(nodes),
        meta=_frozen(meta),
        itemprops=_frozen(itemprops),
        links=links,
        title=titles[0] if titles else "",
        language=language,
        times=tuple(times),
        is_free=not any(_is_false(node.get("isAccessibleForFree")) for node in nodes),
        page_type=_page_type(nodes),
    )


def _article(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """The node of the article, with the first authors that any node names."""
    articles = [node for node in nodes if _types(node) & ARTICLE_TYPES]
    article = next((node for node in articles if node.get("headline")), None) or next(iter(articles), {})
    authors = next((node["author"] for node in (article, *nodes) if node.get("author")), None)
    return {**article, "author": _resolved(authors, nodes)} if authors else article


def _resolved(authors: Any, nodes: list[dict[str, Any]]) -> Any:
    """Authors that are only named by ``@id``, from the node that says who they are."""
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and node.get("name")}
    entries = authors if isinstance(authors, list) else [authors]
    return [
        known.get(entry["@id"], entry)
        if isinstance(entry, dict) and not entry.get("name") and isinstance(entry.get("@id"), str)
        else entry
        for entry in entries
    ]


def _said(found: dict[str, str], text: str) -> str:
    """A date's own text is its value, too."""
    return unescape(text) if found["itemprop"].lower() in ("datepublished", "datemodified") else ""


def load_json(text: str) -> Any:
    """JSON as publishers write it: control characters, trailing commas, comment wrappers, half characters, NULs.
    None if hopeless.
    """
    text = _HALF.sub(r"\\ufffd", _NUL.sub("", text))
    text = _WRAPPING.sub("", _WRAPPING.sub("", text)).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def salvaged(text: str) -> dict[str, str]:
    """What can be read of an article's JSON-LD that is no JSON: its plain strings, the first of each name."""
    if not _ARTICLE_TYPE.search(text):
        return {}
    found = {"@type": "Article"}
    for name, value in _PLAIN_STRING.findall(text):
        found.setdefault(name, " ".join(value.replace('\\"', '"').split()))
    return found


def _is_false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.lower() == "false")


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


def text_of(value: Any) -> str | None:
    """A JSON-LD value as one line of text: strings, lists of them, nodes with a name."""
    if isinstance(value, list):
        return next((text for text in map(text_of, value) if text), None)
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("url"))
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None
