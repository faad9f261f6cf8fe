"""What is written is read again, whatever becomes of the file in between."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path

import brotli
import pytest
from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.archives.pages import pages
from crawler.archives.reading import records
from crawler.archives.record import Record, Skipped
from crawler.items import Page
from tests.archives.samples import exchange, foreign, page, written

MOST = 10**6
COUNT = 12


def read(content: bytes, most: int = MOST) -> list[Record | Skipped]:
    return list(records(io.BytesIO(content), most))


def responses(found: list[Record | Skipped]) -> list[Record]:
    return [one for one in found if isinstance(one, Record) and one.kind == "response"]


def replayed(path: Path) -> tuple[list[Page | Skipped], Counter[str]]:
    counts: Counter[str] = Counter()
    with path.open("rb") as file:
        return list(pages(file, MOST, lambda _: None, counts)), counts


def test_what_is_written_is_read(tmp_path: Path) -> None:
    [path] = written(tmp_path, [exchange(1), exchange(2, status=404)])
    first, second = responses(read(path.read_bytes()))
    assert (first.url, first.status, first.body, first.date) == (
        "https://news.example/1",
        200,
        page(1),
        "2026-11-25T09:00:00Z",
    )
    assert second.status == 404
    assert first.about == {"kind": "article"}


def test_files_are_valid_for_warcio_and_bounded_in_size(tmp_path: Path) -> None:
    found = written(tmp_path, map(exchange, range(30)), most=6000)
    assert len(found) > 3
    for path in found[:-1]:
        assert 6000 <= path.stat().st_size < 9000
    command = [sys.executable, "-m", "warcio.cli", "check", *map(str, found)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len([r for path in found for r in responses(read(path.read_bytes()))]) == 30
    assert b"WARC/1.1" in gzip.decompress(found[0].read_bytes())


def test_a_request_stands_beside_its_response(tmp_path: Path) -> None:
    [path] = written(tmp_path, [exchange(1, url="https://news.example/a?b=c")])
    content = gzip.decompress(path.read_bytes())
    assert b"GET /a?b=c HTTP/1.1\r\nHost: news.example\r\nUser-Agent: test\r\n" in content
    assert b"WARC-Concurrent-To: <urn:uuid:" in content
    assert b"WARC-IP-Address: 127.0.0.1" in content


def test_the_same_body_twice_is_stored_once_and_replayed_twice(tmp_path: Path) -> None:
    [path] = written(tmp_path, [exchange(1), exchange(2), exchange(3, body=page(1))])
    found, counts = replayed(path)
    assert [one.body for one in found if isinstance(one, Page)] == [page(1), page(2), page(1)]
    assert [one.url[-1] for one in found if isinstance(one, Page)] == ["1", "2", "3"]
    assert counts["pages"] == 3
    kinds = Counter(one.kind for one in read(path.read_bytes()) if isinstance(one, Record))
    assert kinds == {"warcinfo": 1, "response": 2, "revisit": 1, "request": 3}


def test_no_file_leans_on_another(tmp_path: Path) -> None:
    found = written(tmp_path, [exchange(number, body=page(1)) for number in range(3)], most=1)
    assert len(found) == 3
    assert [len(responses(read(path.read_bytes()))) for path in found] == [1, 1, 1]


def test_not_modified_is_a_revisit_without_a_page(tmp_path: Path) -> None:
    [path] = written(tmp_path, [exchange(1, body=b"", status=304)])
    found, counts = replayed(path)
    assert found == []
    assert counts["not_modified"] == 1
    assert b"revisit/server-not-modified" in gzip.decompress(path.read_bytes())


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
        ("identity", bytes),
    ],
)
def test_bodies_come_as_a_browser_has_them(tmp_path: Path, encoding: str, pack) -> None:  # type: ignore[no-untyped-def]
    headers = [("Content-Type", "text/html"), ("Content-Encoding", encoding), ("Transfer-Encoding", "chunked")]
    [path] = written(tmp_path, [exchange(1, body=pack(page(1)), response_headers=headers)])
    [found] = responses(read(path.read_bytes()))
    assert found.body == page(1)


@pytest.mark.parametrize("packed", [True, False])
def test_of_somebody_elses_archive_the_html_pages_are_read(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "a.warc"
    both = [("https://news.example/1", page(1)), ("https://news.example/2", page(2))]
    image = foreign([("https://news.example/3", b"GIF")], gzip=packed, kind="image/gif")
    path.write_bytes(foreign(both, gzip=packed) + image)
    found, counts = replayed(path)
    assert [(one.url, one.body) for one in found if isinstance(one, Page)] == both
    assert (counts["pages"], counts["other"]) == (2, 1)


# --- broken archives ----------------------------------------------------------------------------

ORIGINAL = [(f"https://news.example/{number}", page(number)) for number in range(COUNT)]
FILES = {packed: foreign(ORIGINAL, gzip=packed) for packed in (True, False)}
slowly = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@given(st.booleans(), st.data())
@slowly
def test_a_truncated_archive_gives_all_that_is_whole_and_says_what_is_not(packed: bool, data: st.DataObject) -> None:
    content = FILES[packed]
    length = data.draw(st.integers(0, len(content) - 1))
    found = read(content[:length])
    whole = responses(found)
    assert [(one.url, one.body) for one in whole] == ORIGINAL[: len(whole)]
    assert len(whole) >= length * COUNT // len(content) - 1
    skipped = [one for one in found if isinstance(one, Skipped)]
    assert len(skipped) <= 1
    if skipped:
        assert skipped[0].end == length
        assert skipped[0].reason


@given(st.booleans(), st.data())
@slowly
def test_a_flipped_bit_costs_the_record_that_it_is_in_and_no_other(packed: bool, data: st.DataObject) -> None:
    content = bytearray(FILES[packed])
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    found = read(bytes(content))
    good = {one.body for one in responses(found)}
    originals = [body for _, body in ORIGINAL]
    assert sum(body not in good for body in originals) <= 1
    assert good <= set(originals), "no damaged body passes"
    if len(good) < COUNT:
        assert any(isinstance(one, Skipped) and one.reason for one in found)


@given(st.binary(max_size=3000))
def test_what_is_no_archive_is_skipped_with_a_reason(content: bytes) -> None:
    found = read(content)
    assert all(isinstance(one, Skipped) for one in found)
    assert bool(found) or not content.strip()


@pytest.mark.parametrize("packed", [True, False])
def test_a_record_that_is_too_large_is_skipped_and_the_next_one_read(packed: bool) -> None:
    content = foreign([("https://a.example/", b"x" * 500_000), ("https://b.example/", page(1))], gzip=packed)
    first, second = read(content, most=10_000)
    assert isinstance(first, Skipped)
    assert "larger than 10000 bytes" in first.reason
    assert isinstance(second, Record)
    assert second.body == page(1)


def test_a_revisit_of_what_is_broken_is_skipped(tmp_path: Path) -> None:
    [path] = written(tmp_path, [exchange(1), exchange(2), exchange(3, body=page(1))])
    content = bytearray(path.read_bytes())
    first = next(one for one in responses(read(bytes(content))))
    content[first.at + 400] ^= 1
    path.write_bytes(content)
    found, counts = replayed(path)
    assert [one.url[-1] for one in found if isinstance(one, Page)] == ["2"]
    assert counts["skipped"] == 2
