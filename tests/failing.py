"""Parts that fail, for tests of what a failure leaves behind."""

from __future__ import annotations

from typing import IO, Any

from crawler.exporters import PlainJsonLines
from crawler.storages import WholeFileStorage


class Storage(WholeFileStorage):
    """Takes every line, and then cannot store the feed."""

    def store(self, file: IO[bytes]) -> None:
        file.close()
        raise OSError("the storage is away")


class Exporter(PlainJsonLines):
    """Fails at every fifth record."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.seen = 0

    def export_item(self, item: Any) -> None:
        self.seen += 1
        if self.seen % 5 == 0:
            raise ValueError("the exporter fails")
        super().export_item(item)
