"""Files -> chunks of records: JSON Lines, Parquet, WARC, HTML and plain text, compressed or not, by their names.

A chunk is what one worker cleans at a time. Where it ends depends on the input alone, so that an interrupted run
goes on with the chunks that an uninterrupted one would have had.
"""

from __future__ import annotations

import glob
import gzip
import io
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from backports import zstd  # the standard library's from Python 3.14 on

from crawler.archives import pages as archives
from crawler.archives.record import Skipped
from crawler.corpora import tables
from crawler.errors import RecordError
from crawler.items import Page

CHUNK = 512 * 1024  # bytes: large enough that handing it over costs little, small enough for flat memory
RECORD = 64 * 1024 * 1024  # bytes of an archive's record; a larger one is no page
STDIN = "-"
#: How a name ends, compression aside -> how its records are read.
KINDS = {
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "lines",
    ".parquet": "table",
    ".warc": "page",
    ".html": "page",
    ".htm": "page",
    ".txt": "text",
}
COMPRESSED = (".gz", ".zst")


class Chunk(NamedTuple):
    """Records in a row of one file. ``items``: lines or texts as bytes, pages, or one table as bytes."""

    kind: str
    file: str
    first: int  # the number of its first record in the file, from 1
    items: list[Any]
    records: int
    size: int  # bytes of input, decompressed
    at: int  # how far in the file it ends, in bytes on the disk
    input: int = 0  # which of the run's files it is


def expand(names: list[str]) -> list[str]:
    """The files that names stand for: glob patterns, folders with all files of a known kind, ``-``; sorted.

    Raises RecordError with the name that stands for nothing or is of no known kind.
    """
    found: list[str] = []
    for name in names:
        path = Path(name)
        if name == STDIN or path.is_file():
            files = [name]
        elif path.is_dir():
            files = sorted(str(child) for child in path.rglob("*") if child.is_file() and kind_of(str(child)))
        else:
            files = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 (a pattern may be absolute)
        if not files:
            raise RecordError(f"{name}: no such file, and no folder or pattern with any")
        found += files
    for name in found:
        if kind_of(name) is None:
            raise RecordError(f"{name}: its name ends in none of {', '.join(KINDS)} (or these with .gz or .zst)")
    return found


def kind_of(name: str) -> str | None:
    """How the records of a file are read; nothing where its name does not say."""
    return "lines" if name == STDIN else KINDS.get(Path(_plain(name)).suffix.lower())


def _plain(name: str) -> str:
    return name.rpartition(".")[0] if name.endswith(COMPRESSED) else name


def size_of(name: str) -> int:
    """Bytes of a file as it lies on the disk; 0 for standard input."""
    return 0 if name == STDIN else Path(name).stat().st_size


def opened(name: str) -> tuple[IO[bytes], IO[bytes]]:
    """The file's bytes, decompressed, and the file as it lies on the disk, which says how far they have come."""
    if name == STDIN:
        return sys.stdin.buffer, io.BytesIO()
    raw = Path(name).open("rb")  # noqa: SIM115 (who asks closes it)
    if name.endswith(".gz"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=raw)), raw
    return (cast("IO[bytes]", zstd.ZstdFile(raw)), raw) if name.endswith(".zst") else (raw, raw)


def every(names: list[str], first: int = 0, skip: int = 0) -> Iterator[Chunk]:
    """The chunks of all files, from one of them on; of that one after its first ``skip`` records."""
    for number in range(first, len(names)):
        for chunk in chunks(names[number], skip if number == first else 0):
            yield chunk._replace(input=number)


def chunks(name: str, skip: int = 0) -> Iterator[Chunk]:
    """The records of a file after the first ``skip``. Where the file is broken the last chunk is a ``broken`` one,
    with the reason; what stood before that has been given.
    """
    read = {"lines": _lines, "table": _tables, "page": _pages, "text": _text}[kind_of(name) or "text"]
    reached, at = skip, 0
    try:
        for chunk in read(name, skip):
            reached, at = chunk.first - 1 + chunk.records, chunk.at
            yield chunk
    except (OSError, EOFError, ValueError, zlib.error, zstd.ZstdError) as error:
        yield Chunk("broken", name, reached + 1, [str(error)], 0, 0, at)


def _lines(name: str, skip: int) -> Iterator[Chunk]:
    file, raw = opened(name)
    with raw, file:
        for _ in range(skip):
            file.readline()
        first = skip + 1
        while lines := file.readlines(CHUNK):
            yield Chunk("lines", name, first, lines, len(lines), sum(map(len, lines)), raw.tell())
            first += len(lines)


def _text(name: str, skip: int) -> Iterator[Chunk]:
    if not skip:
        content = _whole(name)
        yield Chunk("text", name, 1, [content], 1, len(content), size_of(name))


def _whole(name: str) -> bytes:
    file, raw = opened(name)
    with raw, file:
        return file.read()


def _tables(name: str, skip: int) -> Iterator[Chunk]:
    first, size = skip + 1, size_of(name)
    for content, count, share in tables.batches(name, skip):
        yield Chunk("table", name, first, [content], count, len(content), int(share * size))
        first += count


def _pages(name: str, skip: int) -> Iterator[Chunk]:
    if not _plain(name).endswith(".warc"):
        if not skip:
            page = Page(url=Path(name).absolute().as_uri(), body=_whole(name))
            yield Chunk("page", name, 1, [page], 1, len(page.body), size_of(name))
        return
    first, size = skip + 1, 0
    items: list[Page | Skipped] = []
    file, raw = opened(name)
    with raw, file:
        read = archives.pages(raw if name.endswith(".gz") else file, RECORD, _no_site, Counter())
        for number, found in enumerate(read):  # what cannot be read counts as a record, too
            if number < skip:
                continue
            items.append(found)
            size += len(found.body) if isinstance(found, Page) else 0
            if size >= CHUNK:
                yield Chunk("page", name, first, items, len(items), size, raw.tell())
                first, size, items = first + len(items), 0, []
        if items:
            yield Chunk("page", name, first, items, len(items), size, raw.tell())


def _no_site(_: str) -> None:
    """The engine finds the site by the page's address."""


def singles(chunk: Chunk) -> Iterator[Chunk]:
    """A chunk's records, each alone: which of them is it that takes so long?"""
    items = tables.rows(chunk.items[0]) if chunk.kind == "table" else chunk.items
    for at, item in enumerate(items):
        yield chunk._replace(first=chunk.first + at, items=[item], records=1)
