"""CSV for people: opens in a spreadsheet, Arabic as letters, no cell a formula."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from scrapy.exporters import CsvItemExporter

from crawler.exporters.records import RecordExporter
from crawler.records.plain import plain

#: How a cell begins that spreadsheets compute (OWASP, CSV Injection; the last four are full-width forms).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class ReadableCsv(RecordExporter, CsvItemExporter):
    """CSV in UTF-8 with the mark that spreadsheets ask for: words of a list joined by «; », its records a line each.

    A record's values are joined by « | ». A text that would be a formula begins with an apostrophe.
    """

    def __init__(self, file: BytesIO, **options: Any) -> None:
        if file.seekable() and file.tell():  # the rows go on from an earlier run's
            options.setdefault("include_headers_line", False)
        elif options.get("encoding") in (None, "utf-8"):
            options["encoding"] = "utf-8-sig"
        super().__init__(file, **options)

    def value(self, value: Any) -> Any:
        """One cell."""
        return _harmless(_readable(plain(value)))


def _readable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {entry}" for key, entry in value.items())
    if isinstance(value, list):
        records = any(isinstance(entry, Mapping) for entry in value)
        return "\n".join(map(_line, value)) if records else "; ".join(map(str, value))
    return value


def _line(entry: Mapping[str, Any]) -> str:
    return " | ".join("" if value is None else str(value) for value in entry.values())


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
