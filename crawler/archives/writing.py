"""Exchanges -> WARC 1.1 files: a gzip member for each record, files of a bounded size.

Records are made by warcio (kept; what pywb and webrecorder write with).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

OPEN = ".open"  # the end of a file's name while it is written
REMEMBERED = 20_000  # payloads that a later record may refer to: 6 MB of memory
LEAST = 1024  # bytes: a smaller payload is not worth a reference
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
ABOUT = "WARC-JSON-Metadata"  # warcio's and webrecorder's name for it
Headers = Sequence[tuple[str, str]]


class Exchange(NamedTuple):
    """A request and its answer, as they went over the wire; the body without chunks, compressed if it came so."""

    url: str
    date: str  # WARC-Date: UTC, as 2026-11-25T09:00:00Z
    method: str
    request_headers: Headers
    request_body: bytes
    status: int
    response_headers: Headers
    body: bytes
    ip: str | None
    about: Mapping[str, Any]  # what the crawl knew of the page: its address as it was asked for, hints


class Writer:
    """Writes ``<folder>/<prefix>-<serial>.warc.gz``; a file is ``….open`` until it is whole."""

    def __init__(self, folder: Path, prefix: str, most: int, info: Mapping[str, str]) -> None:
        self.folder = folder
        self.prefix = prefix
        self.most = most  # bytes of a file; the last record may pass it
        self.info = info
        self.serial = 0
        self.path: Path | None = None
        self._file: Any = None
        self._seen: OrderedDict[str, tuple[str, str, str]] = OrderedDict()  # digest -> record, address, date

    def write(self, exchange: Exchange) -> None:
        """A response (or revisit) and its request. OSError where the disk does not take them."""
        if self._file is None:
            self._open()
        response = self._response(exchange)
        request = self._make.create_warc_record(
            exchange.url,
            "request",
            payload=BytesIO(exchange.request_body),
            length=len(exchange.request_body),
            http_headers=_request_head(exchange),
            warc_headers_dict={"WARC-Date": exchange.date},
        )
        request.rec_headers.add_header("WARC-Concurrent-To", response.rec_headers.get_header("WARC-Record-ID"))
        self._make.write_record(response)
        self._make.write_record(request)
        if self._file.tell() >= self.most:
            self.close()

    def close(self) -> None:
        """The file is whole: make it durable and give it its name."""
        if self._file is not None and self.path is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
            self.path.rename(self.path.with_name(self.path.name.removesuffix(OPEN)))

    def _open(self) -> None:
        self.serial += 1
        self._seen.clear()  # a file's records refer to no other file
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{self.prefix}-{self.serial:05d}.warc.gz"
        self.path = self.folder / (name + OPEN)
        self._file = self.path.open("wb")
        self._make = WARCWriter(self._file, gzip=True, warc_version="1.1")
        self._make.write_record(self._make.create_warcinfo_record(name, dict(self.info)))

    def _response(self, exchange: Exchange) -> Any:
        head = StatusAndHeaders(_status(exchange.status), _clean(exchange.response_headers), protocol="HTTP/1.1")
        digest = "sha1:" + base64.b32encode(hashlib.sha1(exchange.body, usedforsecurity=False).digest()).decode()
        said = {"WARC-Date": exchange.date, ABOUT: json.dumps(exchange.about)}
        if exchange.ip:
            said["WARC-IP-Address"] = exchange.ip
        if exchange.status == HTTPStatus.NOT_MODIFIED:
            said["WARC-Profile"] = NOT_MODIFIED
            return self._make.create_warc_record(exchange.url, "revisit", http_headers=head, warc_headers_dict=said)
        if digest in self._seen and len(exchange.body) >= LEAST:
            self._seen.move_to_end(digest)
            said["WARC-Refers-To"], url, date = self._seen[digest]
            return self._make.create_revisit_record(exchange.url, digest, url, date, head, said)
        record = self._make.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=head,
            warc_headers_dict={**said, "WARC-Payload-Digest": digest},
        )
        self._seen[digest] = (record.rec_headers.get_header("WARC-Record-ID"), exchange.url, exchange.date)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return record


def finish(folder: Path, crawl: str) -> list[Path]:
    """Give the files that a killed run of a crawl left open their names: what is in them is whole but for their end."""
    left = re.compile(rf"{re.escape(crawl)}-\d{{4}}-\d\d-\d\dT.*\.warc\.gz{re.escape(OPEN)}")
    found = [path for path in sorted(folder.glob(f"*{OPEN}")) if left.fullmatch(path.name)]
    return [path.rename(path.with_name(path.name.removesuffix(OPEN))) for path in found]


def _request_head(exchange: Exchange) -> StatusAndHeaders:
    parts = urlsplit(exchange.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [("Host", parts.netloc.rpartition("@")[2]), *_clean(exchange.request_headers)]
    return StatusAndHeaders(f"{exchange.method} {path} HTTP/1.1", headers, is_http_request=True)


def _clean(headers: Headers) -> list[tuple[str, str]]:
    """Without what is not so any more: the chunks are put together."""
    return [(name, value) for name, value in headers if name.lower() != "transfer-encoding"]


def _status(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)
