"""Parquet: typed columns, Zstandard, written a row group at a time."""

from __future__ import annotations

from dataclasses import fields
from io import BytesIO
from typing import Any

from scrapy.exporters import BaseItemExporter

from crawler.items import Article
from crawler.records import columns

ROWS = 500  # that are turned into columns at once
GROUP = 32 * 1024 * 1024  # bytes of columns in a row group: what one writes, and one must read, at a time


class Parquet(BaseItemExporter):
    """Parquet: columns with types, Zstandard. At most GROUP bytes and ROWS records of the crawl are in memory."""

    def __init__(self, file: BytesIO, **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        self.file = file
        self.writer: Any = None
        self.names: list[str] = []
        self.rows: list[dict[str, Any]] = []
        self.batches: list[Any] = []
        self.broken = False  # records that were taken are lost: the file must not be stored

    def export_item(self, item: Any) -> None:
        """Take a record; what no column can hold is an error of this one alone, before it is taken."""
        if self.writer is None:
            self._begin(type(item))
        self.rows.append(columns.row(item, self.names))
        if len(self.rows) >= ROWS:
            self._write(at_least=GROUP)

    def finish_exporting(self) -> None:
        """The last row group, and the footer."""
        if self.writer is None:
            self._begin(Article)
        self._write(at_least=1)
        self.writer.close()

    def _begin(self, kind: type) -> None:
        import pyarrow.parquet as pq  # noqa: PLC0415 (Scrapy loads all exporters for every crawl)

        self.names = list(self.fields_to_export or (field.name for field in fields(kind)))
        self.writer = pq.ParquetWriter(self.file, columns.schema(kind, self.names), compression="zstd")

    def _write(self, at_least: int) -> None:
        """The rows become columns; a row group is written once they have so many bytes."""
        import pyarrow as pa  # noqa: PLC0415

        self.broken = True
        if self.rows:
            self.batches.append(pa.RecordBatch.from_pylist(self.rows, schema=self.writer.schema))
            self.rows = []
        if self.batches and sum(batch.nbytes for batch in self.batches) >= at_least:
            self.writer.write_table(pa.Table.from_batches(self.batches))
            self.batches = []
        self.broken = False
