"""Formats that Scrapy lacks, or writes in a way that nobody can read."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from io import BytesIO
from typing import Any

from scrapy.exporters import CsvItemExporter


class ReadableCsv(CsvItemExporter):
    """CSV whose lists of words are joined by «; » and whose lists of records are JSON."""

    def __init__(self, file: BytesIO, **options: Any) -> None:
        options.setdefault("join_multivalued", "; ")
        super().__init__(file, **options)

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """One cell."""
        value = super().serialize_field(field, name, value)
        if isinstance(value, tuple | list):
            return json.dumps(
                [asdict(e) if is_dataclass(e) and not isinstance(e, type) else e for e in value], ensure_ascii=False
            )
        return json.dumps(dict(value), ensure_ascii=False) if isinstance(value, dict) else value
