"""WARC files -> their records, in order, and what of them cannot be read. Nothing that is broken ends the reading.

warcio (kept) reads the records. A compressed file is parted into its gzip members here, because warcio takes the end of
a broken member for the end of its record: each is decompressed whole, its CRC compared, and after a broken one reading
goes on with the next that begins as a record does.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import SEEK_END, BytesIO
from typing import IO, Any, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from crawler.archives.record import Record, Skipped, record_of

BLOCK = 64 * 1024
MAGIC = b"\x1f\x8b\x08"
BEGIN = b"WARC/"
_GZIP = 31  # zlib's window bits for one gzip member


def records(file: IO[bytes], most: int) -> Iterator[Record | Skipped]:
    """The records of a file from its position on; those larger than ``most`` bytes are skipped. It must be seekable."""
    at = file.tell()
    start = file.read(max(len(MAGIC), len(BEGIN)))
    file.seek(at)
    if start.startswith(BEGIN):
        yield from _plain(file, most)
    elif start.startswith(MAGIC):
        yield from _members(file, most)
    else:
        yield from _searched(file, at, most)


def _searched(file: IO[bytes], at: int, most: int) -> Iterator[Record | Skipped]:
    """A file whose first bytes are no record's: broken, or an ARC file, which begins otherwise."""
    first = _next(file, at, MAGIC, _is_member)
    file.seek(first)
    packed = bool(file.read(1))
    if packed:
        yield Skipped(at, first, "no gzip")
    file.seek(first if packed else at)
    yield from _members(file, most) if packed else _plain(file, most)


# --- compressed: a member for each record -------------------------------------------------------


def _members(file: IO[bytes], most: int) -> Iterator[Record | Skipped]:
    at, rest = file.tell(), b""
    while rest or (rest := file.read(BLOCK)):
        found = _member(file, rest, most)
        if found.error is None:
            end = file.tell() - len(found.rest)
            yield from (_too_large(at, end, most),) if found.content is None else _parsed(found.content, at, end)
            at, rest = end, found.rest
        else:
            end = _next(file, at + 1, MAGIC, _is_member)
            yield Skipped(at, end, found.error)
            file.seek(end)
            at, rest = end, b""


class _Member(NamedTuple):
    content: bytes | None  # none where it is too large
    rest: bytes  # what was read of the next one
    error: str | None = None


def _member(file: IO[bytes], data: bytes, most: int) -> _Member:
    """Decompress one member that begins with ``data`` and goes on in the file."""
    decompressor, parts, size = zlib.decompressobj(_GZIP), [], 0
    try:
        while True:
            part = decompressor.decompress(data)
            size += len(part)
            if size <= most + BLOCK:  # a record's heads come on top
                parts.append(part)
            if decompressor.eof:
                return _Member(b"".join(parts) if size <= most + BLOCK else None, decompressor.unused_data)
            data = file.read(BLOCK)
            if not data:
                return _Member(b"", b"", "the file ends in the middle of a record")
    except zlib.error as error:
        return _Member(b"", b"", f"no gzip: {error}")


def _parsed(content: bytes, at: int, end: int) -> Iterator[Record | Skipped]:
    try:
        for record in ArchiveIterator(BytesIO(content)):
            yield record_of(record, at)
    except Exception as error:  # whatever warcio makes of broken bytes
        yield Skipped(at, end, _line(error))


def _is_member(data: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(data, len(BEGIN)) == BEGIN
    except zlib.error:
        return False


# --- not compressed -----------------------------------------------------------------------------


def _plain(file: IO[bytes], most: int) -> Iterator[Record | Skipped]:
    """One record after the other; the digests say whether their bytes are what was written."""
    at = file.tell()
    while True:
        archive = ArchiveIterator(file, check_digests=True)
        reason, good = "no record", at
        try:
            for record in archive:
                at = archive.offset
                if (record.length or 0) > most + BLOCK:
                    yield _too_large(at, at + record.length, most)
                    continue
                read = record_of(record, at)
                if getattr(record.raw_stream, "limit", 1) > 0 or record.digest_checker.passed is False:
                    reason = "; ".join(record.digest_checker.problems) or "shorter than its Content-Length"
                    break
                yield read
                good = archive.get_record_offset() + archive.get_record_length()
            else:
                yield from _rest(file, good)
                return
        except Exception as error:  # whatever warcio makes of broken bytes
            reason, at = _line(error), _past_blank_lines(file, good)
        end = _next(file, at + 1, BEGIN, _is_head)
        yield Skipped(at, end, reason)
        file.seek(end)
        at = end


def _rest(file: IO[bytes], at: int) -> Iterator[Skipped]:
    """What stands after the last record, if it is more than blank lines."""
    file.seek(at)
    if file.read(BLOCK).strip():
        yield Skipped(at, file.seek(0, SEEK_END), "no record")


def _is_head(data: bytes) -> bool:
    return data[len(BEGIN) : len(BEGIN) + 2] == b"1."


def _past_blank_lines(file: IO[bytes], at: int) -> int:
    file.seek(at)
    data = file.read(BLOCK)
    return at + len(data) - len(data.lstrip(b"\r\n"))


# --- both ---------------------------------------------------------------------------------------


def _too_large(at: int, end: int, most: int) -> Skipped:
    return Skipped(at, end, f"larger than {most} bytes (or an archive that is not compressed record by record)")


def _next(file: IO[bytes], at: int, mark: bytes, begins: Any) -> int:
    """Where the next record begins, or the end of the file."""
    file.seek(at)
    window = b""
    while data := file.read(BLOCK):
        window += data
        found = window.find(mark)
        while found >= 0:
            place = at + found
            after = file.tell()
            file.seek(place)
            if begins(file.read(BLOCK)):
                return place
            file.seek(after)
            found = window.find(mark, found + 1)
        at += max(0, len(window) - len(mark) + 1)
        window = window[max(0, len(window) - len(mark) + 1) :]
    return at + len(window)


def _line(error: Exception) -> str:
    """What a reader may learn from; where warcio itself stumbles it is nothing."""
    said = str(error).strip().split("\n")[0] if isinstance(error, ArchiveLoadFailed | ValueError | zlib.error) else ""
    return f"no record: {said}" if said else "no record"
