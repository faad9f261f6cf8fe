"""WARC files (ISO 28500, CC-NEWS among them) -> the pages in their responses.

Read by warcio (kept; reads ARC and both versions of WARC, undoes chunked and compressed bodies).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

ERRORS = (ArchiveLoadFailed,)


class Saved(NamedTuple):
    """A page as an archive holds it."""

    url: str
    body: bytes
    content_type: str | None = None
    fetched_at: str | None = None


def pages(file: IO[bytes]) -> Iterator[Saved]:
    """The successful responses with an HTML body, in order. Raises one of ERRORS where the archive is broken."""
    for record in ArchiveIterator(file):
        if record.rec_type != "response" or record.http_headers is None:
            continue
        kind = record.http_headers.get_header("Content-Type") or ""
        if record.http_headers.get_statuscode() == "200" and ("html" in kind or not kind):
            yield Saved(
                url=record.rec_headers.get_header("WARC-Target-URI") or "about:blank",
                body=record.content_stream().read(),
                content_type=kind or None,
                fetched_at=record.rec_headers.get_header("WARC-Date"),
            )
