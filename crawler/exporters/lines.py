"""JSON: lines, one array, and schema.org's NewsArticle in JSON-LD."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from scrapy.exporters import BaseItemExporter, JsonItemExporter, JsonLinesItemExporter

from crawler.exporters.records import RecordExporter
from crawler.records import schema_org


class PlainJsonLines(RecordExporter, JsonLinesItemExporter):
    """JSON Lines."""


class PlainJson(RecordExporter, JsonItemExporter):
    """One JSON array."""


class Entries(BaseItemExporter):
    """One JSON object with a list of entries as its last member, an entry a line."""

    def __init__(self, file: BytesIO, **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        self.file = file
        self.count = 0

    def head(self, item: Any) -> dict[str, Any]:
        """The object's members; the last one, an empty list, gets the entries."""
        raise NotImplementedError

    def entry(self, item: Any) -> dict[str, Any]:
        """One entry."""
        raise NotImplementedError

    def export_item(self, item: Any) -> None:
        """The object's head before the first entry."""
        entry = _encoded(self.entry(item))
        before = b",\n" if self.count else _encoded(self.head(item)).removesuffix(b"]}") + b"\n"
        self.file.write(before + entry)
        self.count += 1

    def finish_exporting(self) -> None:
        """The end of the list and of the object."""
        self.file.write(b"\n]}\n" if self.count else _encoded(self.head(None)) + b"\n")


class JsonLd(Entries):
    """One JSON-LD document (W3C JSON-LD 1.1): a graph of NewsArticles."""

    def head(self, item: Any) -> dict[str, Any]:  # noqa: ARG002 (each graph has the same)
        """The context."""
        return {"@context": "https://schema.org", "@graph": []}

    def entry(self, item: Any) -> dict[str, Any]:
        """One NewsArticle."""
        return schema_org.news_article(item)


def _encoded(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()
