"""Feed storages: a local feed that appears whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import IO, Any

from scrapy import Spider
from scrapy.extensions.feedexport import FileFeedStorage


class WholeFileStorage(FileFeedStorage):
    """Writes ``<feed>.<pid>.part`` beside the feed, fsyncs it and renames it when the crawl ends.

    A kill leaves the old feed as it was, and a part file that the next run of the feed removes. Appending
    (``-o``) copies the old feed first.
    """

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        super().__init__(uri, feed_options=feed_options)
        self.final = Path(self.path)
        self.part = self.final.with_name(f"{self.final.name}.{os.getpid()}.part")

    def open(self, spider: Spider) -> IO[bytes]:  # noqa: ARG002 (Scrapy's signature)
        """Open the part file."""
        self.final.parent.mkdir(parents=True, exist_ok=True)
        self._sweep()
        if self.write_mode == "ab" and self.final.exists():
            shutil.copyfile(self.final, self.part)
        return self.part.open(self.write_mode)

    def store(self, file: IO[bytes]) -> None:
        """Give the part file its name, once it is on the disk."""
        file.flush()
        os.fsync(file.fileno())
        file.close()
        self.part.replace(self.final)
        directory = os.open(self.final.parent, os.O_RDONLY)
        try:
            os.fsync(directory)  # so that the new name survives a power cut too
        finally:
            os.close(directory)

    def _sweep(self) -> None:
        """Remove part files of runs that were killed."""
        for part in self.final.parent.glob(f"{self.final.name}.*.part"):
            pid = part.name.split(".")[-2]
            if pid.isdigit() and not _is_running(int(pid)):
                part.unlink(missing_ok=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
