"""CSV for people: opens in a spreadsheet, Arabic as letters, no cell a formula."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from scrapy.exporters import CsvItemExporter

from crawler.records.plain import plain

#: How a cell begins that spreadsheets compute (OWASP, CSV Injection; the last four are full-width forms).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class ReadableCsv(CsvItemExporter):
    """UTF-8 with the mark that spreadsheets ask for. Words are joined by «; », records are a line each, their values
    joined by « | ». A text that would be a formula begins with an apostrophe.
    """

    def __init__(self, file: BytesIO, **options: Any) -> None:
        options.setdefault("join_multivalued", "; ")
        if file.seekable() and file.tell():  # the rows go on from an earlier run's
            options.setdefault("include_headers_line", False)
        elif options.get("encoding") in (None, "utf-8"):
            options["encoding"] = "utf-8-sig"
        super().__init__(file, **options)

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:
        """One cell."""
        return _harmless(_readable(plain(super().serialize_field(field, name, value))))


def _readable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {entry}" for key, entry in value.items())
    if isinstance(value, list):
        return "\n".join(_line(entry) for entry in value)
    return value


def _line(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return str(entry)
    return " | ".join("" if value is None else str(value) for value in entry.values())


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
