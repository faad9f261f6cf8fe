"""Archives for tests, written by the crawler's own writer and by warcio alone."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archives.writing import Exchange, Writer

DATE = "2026-11-25T09:00:00Z"


def exchange(number: int, body: bytes | None = None, status: int = 200, **more: Any) -> Exchange:
    fields: dict[str, Any] = {
        "url": f"https://news.example/{number}",
        "date": DATE,
        "method": "GET",
        "request_headers": [("User-Agent", "test")],
        "request_body": b"",
        "status": status,
        "response_headers": [("Content-Type", "text/html; charset=utf-8")],
        "body": page(number) if body is None else body,
        "ip": "127.0.0.1",
        "about": {"kind": "article"},
    }
    return Exchange(**{**fields, **more})


def page(number: int, size: int = 3000) -> bytes:
    """A page of its own, that compresses as pages do."""
    words = random.Random(number).choices("بحر ميناء سفينة خبر مدينة طريق ماء شمس قمر كتاب".split(), k=size // 10)
    return f"<html><body><h1>{number}</h1><p>{' '.join(words)}.</p></body></html>".encode()


def written(folder: Path, exchanges: Iterable[Exchange], most: int = 10**9) -> list[Path]:
    writer = Writer(folder, "test-2026-11-25T09-00-00+00-00-1", most, {"software": "test"})
    for one in exchanges:
        writer.write(one)
    writer.close()
    return sorted(folder.glob("*.warc.gz"))


def foreign(bodies: Iterable[tuple[str, bytes]], *, gzip: bool, kind: str = "text/html") -> bytes:
    """An archive of somebody else's: (address, body) each a response."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for url, body in bodies:
        head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        payload = {"payload": io.BytesIO(body), "length": len(body)}
        writer.write_record(writer.create_warc_record(url, "response", http_headers=head, **payload))
    return out.getvalue()
