"""Records for tests."""

from __future__ import annotations

from typing import Any

from crawler.items import Article


def article(**changes: Any) -> Article:
    """An article, with what a test wants otherwise."""
    fields: dict[str, Any] = {
        "url": "https://news.example/1",
        "requested_url": "https://news.example/1",
        "canonical_url": "https://news.example/1",
        "site": "example",
        "language": "ar",
        "headline": "عنوان الخبر",
        "description": None,
        "authors": (),
        "date_published": "2026-11-24T12:00:00+00:00",
        "date_modified": None,
        "section": None,
        "keywords": ("بحر",),
        "source": None,
        "images": (),
        "related": (),
        "body": "The council met on Monday.\n\nIt will meet again.",
        "raw_text": "The council met on Monday.\n\nIt will meet again.",
        "blocks": (),
        "edits": (),
        "removed": (),
        "fingerprint": "0" * 32,
        "duplicate_of": None,
        "revision": 1,
        "changes": (),
        "field_sources": {"headline": "h1"},
        "fetched_at": "2026-11-25T09:00:00+00:00",
        "engine_version": "1",
    }
    return Article(**{**fields, **changes})
