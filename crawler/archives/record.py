"""A record of an archive as warcio gives it -> what a crawl wants of it, its body as a browser has it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

import brotli
from backports import zstd  # the standard library's from Python 3.14 on
from warcio.bufferedreaders import ChunkedDataReader

from crawler.archives.writing import ABOUT


class Record(NamedTuple):
    """A record of an archive."""

    kind: str  # response | revisit | request | warcinfo | …
    id: str
    url: str
    date: str  # WARC-Date
    status: int  # of HTTP; 0 without one
    content_type: str | None
    body: bytes  # as a browser has it: neither chunked nor compressed
    refers_to: str | None  # the record that has this revisit's body
    about: dict[str, Any]
    at: int  # where it begins in the file


class Skipped(NamedTuple):
    """A part of an archive that gives no record."""

    at: int
    end: int  # bytes of the file
    reason: str


def record_of(record: Any, at: int) -> Record:
    """The record that begins at a place in its file."""
    head, said = record.http_headers, record.rec_headers
    about = said.get_header(ABOUT)
    return Record(
        kind=record.rec_type,
        id=said.get_header("WARC-Record-ID") or "",
        url=said.get_header("WARC-Target-URI") or "about:blank",
        date=said.get_header("WARC-Date") or "",
        status=int(head.get_statuscode() or 0) if head and record.rec_type in ("response", "revisit") else 0,
        content_type=head.get_header("Content-Type") if head else None,
        body=_body(record),
        refers_to=said.get_header("WARC-Refers-To"),
        about=json.loads(about) if about else {},
        at=at,
    )


def _body(record: Any) -> bytes:
    head, stream = record.http_headers, record.raw_stream
    if head is None:
        return bytes(stream.read())
    chunked = (head.get_header("Transfer-Encoding") or "").lower() == "chunked"
    body = bytes((ChunkedDataReader(stream) if chunked else stream).read())
    for encoding in reversed((head.get_header("Content-Encoding") or "").lower().split(",")):
        body = _UNPACK.get(encoding.strip(), bytes)(body)
    return body


def _inflated(body: bytes) -> bytes:
    """Gzip or zlib, by what it says of itself, as much as there is; else deflate alone (RFC 9110, 8.4.1.2)."""
    try:
        return zlib.decompressobj(47).decompress(body)
    except zlib.error:
        return zlib.decompressobj(-15).decompress(body)


_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _inflated,
    "x-gzip": _inflated,
    "deflate": _inflated,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
}
