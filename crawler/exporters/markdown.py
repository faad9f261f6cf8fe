"""Markdown with front matter, each article a file of its own."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from scrapy.exporters import BaseItemExporter

from crawler.items import ARTICLE_FIELDS
from crawler.records import markdown


class Markdown(BaseItemExporter):
    """Markdown with YAML front matter, the body as it reads."""

    def __init__(self, file: BytesIO, **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        self.file = file

    def export_item(self, item: Any) -> None:
        """The document."""
        self.file.write(markdown.document(item, self.fields_to_export or ARTICLE_FIELDS).encode())
