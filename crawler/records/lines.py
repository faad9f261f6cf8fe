"""Feeds in JSON Lines, read again."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from backports import zstd  # the standard library's from Python 3.14 on

from crawler.errors import RecordError


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a feed: .jsonl, .gz or .zst. RecordError with the file and the line."""
    opener = {".gz": gzip.open, ".zst": zstd.open}.get(path.suffix, open)
    number = 1
    try:
        with cast("Any", opener)(path, "rb") as file:
            for line in file:
                if line.strip():
                    yield json.loads(line)
                number += 1
    except (OSError, EOFError, ValueError, zstd.ZstdError) as error:
        raise RecordError(f"{path}, line {number}: {error}") from None


def record_of(path: Path, url: str) -> dict[str, Any]:
    """The last record of an address; of a file with one record that one. RecordError where there is none."""
    found = list(records(path))
    mine = [record for record in found if url in (record.get("url"), record.get("requested_url"))]
    if not mine and len(found) != 1:
        raise RecordError(f"{path}: no record of {url}")
    return (mine or found)[-1]
