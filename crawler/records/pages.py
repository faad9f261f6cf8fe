"""Saved pages -> ``Page``: HTML files, folders of them, and JSON Lines (plain or .gz) with a page a line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from crawler.errors import RecordError
from crawler.items import Page

_LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
_HTML = (".html", ".htm", ".xhtml")


def read(path: Path) -> Iterator[tuple[str, Page]]:
    """The pages of a file or folder, each with its id: the record's ``id`` or the file's path.

    A line is an object with ``html`` (text) and ``url``; ``id`` and ``content_type`` where it has them.
    Raises RecordError with the file and line.
    """
    if path.is_dir():
        for child in sorted(p for p in path.rglob("*") if p.suffix in _HTML):
            yield from read(child)
    elif path.name.endswith(_LINES):
        yield from _lines(path)
    else:
        yield str(path), _file(path)


def _file(path: Path) -> Page:
    try:
        return Page(url=path.absolute().as_uri(), body=path.read_bytes())
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror}") from None


def _open(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def read_gold(path: Path) -> Iterator[tuple[Page, dict[str, Any]]]:
    """The pages of a JSON Lines file, each with its whole record: ``body``, or phrases ``with`` and ``without``,
    that the engine is measured by. Raises RecordError with the file and line.
    """
    for number, line in _numbered(path):
        _, page = _page(path, number, line)
        record = json.loads(line)
        if not isinstance(record.get("body"), str) and not {"with", "without"} <= set(record):
            raise RecordError(f"{path}, line {number}: no gold: neither body nor with and without")
        yield page, record


def _lines(path: Path) -> Iterator[tuple[str, Page]]:
    return (_page(path, number, line) for number, line in _numbered(path))


def _numbered(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with _open(path) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
    except (OSError, EOFError) as error:
        raise RecordError(f"{path}: {error}") from None


def _page(path: Path, number: int, line: bytes) -> tuple[str, Page]:
    try:
        record: dict[str, Any] = json.loads(line)
        body = record["html"].encode("utf-8")
        kind = record.get("content_type") or "text/html; charset=utf-8"
        url = record.get("url") or "about:blank"
        return str(record.get("id", f"{path}:{number}")), Page(url=url, body=body, content_type=kind)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise RecordError(f"{path}, line {number}: no page: {error!r}") from None
