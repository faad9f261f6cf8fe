"""Articles as schema.org's NewsArticle (https://schema.org/NewsArticle), in JSON-LD."""

from __future__ import annotations

from typing import Any

from crawler.items import Article


def news_article(article: Article) -> dict[str, Any]:
    """A node of a JSON-LD graph. What is absent is left out."""
    node = {
        "@type": "NewsArticle",
        "@id": article.canonical_url,
        "url": article.url,
        "mainEntityOfPage": article.canonical_url,
        "headline": article.headline,
        "description": article.description,
        "articleBody": article.body,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "datePublished": article.date_published,
        "dateModified": article.date_modified,
        "articleSection": article.section,
        "keywords": list(article.keywords),
        "inLanguage": article.language,
        "sourceOrganization": {"@type": "Organization", "name": article.source} if article.source else None,
        "image": [_without_none({"@type": "ImageObject", "url": i.url, "caption": i.caption}) for i in article.images],
        "isBasedOn": article.duplicate_of,
        "version": article.revision,
        "identifier": article.fingerprint,
    }
    return _without_none(node)


def _without_none(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value is not None and value != []}
