"""The manifest of a delivery: its files with their sizes and SHA-256, and the run and records they come from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, NamedTuple

from crawler.errors import RecordError
from crawler.items import SCHEMA_VERSION

VERSION = 1  # of the manifest's own form


class File(NamedTuple):
    """A file of a delivery, by its name beside the manifest."""

    name: str
    format: str
    records: int
    size: int  # bytes
    sha256: str  # hex


def document(run: Mapping[str, Any], files: list[File]) -> bytes:
    """The manifest as it is written: JSON, the same for the same delivery."""
    head = {"manifest_version": VERSION, "schema_version": SCHEMA_VERSION, **run}
    listed = [file._asdict() for file in sorted(files)]
    return json.dumps({**head, "files": listed}, ensure_ascii=False, indent=1).encode() + b"\n"


def files_of(content: bytes, name: str) -> list[File]:
    """The files that a manifest lists. RecordError, with its name, where it is none, or of a newer program."""
    try:
        data = json.loads(content)
        version = data["manifest_version"]
        if version > VERSION:
            raise RecordError(f"{name}: manifest_version {version}, this program knows {VERSION}: it is too old")
        return [File(**entry) for entry in data["files"]]
    except (ValueError, KeyError, TypeError) as error:
        raise RecordError(f"{name}: no manifest: {error!r}") from None


def problem(file: File, opened: Callable[[str], IO[bytes]]) -> str | None:
    """What is wrong with a file of a manifest; nothing where it holds the bytes that were delivered."""
    made, size = hashlib.sha256(), 0
    try:
        with opened(file.name) as content:
            for part in _parts(content):
                made.update(part)
                size += len(part)
    except FileNotFoundError:
        return "is missing"
    except Exception as error:  # whatever a storage raises
        return f"cannot be read: {type(error).__name__}: {error}"
    if size != file.size:
        return f"has {size} bytes, {file.size} were delivered"
    return None if made.hexdigest() == file.sha256 else f"has other bytes: SHA-256 {made.hexdigest()}"


def _parts(content: IO[bytes]) -> Iterator[bytes]:
    while part := content.read(1 << 20):
        yield part
