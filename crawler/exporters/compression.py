"""Zstandard as a postprocessing plugin of feeds, beside Scrapy's gzip."""

from __future__ import annotations

from typing import Any, BinaryIO

from backports import zstd  # the standard library's from Python 3.14 on


class ZstdPlugin:
    """``zstd_level`` of the feed's options: 1 to 19, 3 where nobody says."""

    def __init__(self, file: BinaryIO, feed_options: dict[str, Any]) -> None:
        self.file: Any = zstd.ZstdFile(file, "wb", level=feed_options.get("zstd_level", 3))

    def write(self, data: bytes) -> int:
        """Compress."""
        return int(self.file.write(data))

    def close(self) -> None:
        """End the frame; the file below stays open."""
        self.file.close()
