"""``scrapy clean`` as a user runs it: every kind of file in and out, errors, audits, duplicates, sites."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import engine
from crawler.corpora.fields import restore
from tests.commands.test_commands import scrapy
from tests.conftest import ROOT
from tests.engine.test_text import FIRST, OTHER, SECOND, STORY, THIRD
from tests.newsroom import pages
from tests.newsroom.stories import all_stories

DIRTY = f"{FIRST}\n\nإقرأ أيضاً: {OTHER}\n\n{SECOND}\n\n{THIRD}\n\nالمصدر: وكالات\n\nكلمات دلالية: الواحة، بيئة"
RECORD = {"id": "a", "url": "https://x.example/a", "text": DIRTY, "views": 12345678901234567890, "tags": ["x", None]}


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file, compressed or not."""
    opener: Callable[..., Any] = {".gz": gzip.open, ".zst": zstd.open}.get(path.suffix, open)
    with opener(path, "rb") as file:
        return [json.loads(line) for line in file]


def write(path: Path, records: list[Any]) -> Path:
    """Records as JSON Lines; bytes as they are."""
    opener: Callable[..., Any] = {".gz": gzip.open, ".zst": zstd.open}.get(path.suffix, open)
    with opener(path, "wb") as file:
        for record in records:
            file.write(record if isinstance(record, bytes) else json.dumps(record, ensure_ascii=False).encode() + b"\n")
    return path


@pytest.mark.parametrize(
    ("name", "out"),
    [
        ("in.jsonl", "out.jsonl"),
        ("in.jsonl.gz", "out.jsonl.gz"),
        ("in.jsonl.zst", "out.jsonl.zst"),
        ("in.ndjson", "o.ndjson"),
    ],
)
def test_json_lines_are_cleaned_and_every_other_field_stays(tmp_path: Path, name: str, out: str) -> None:
    given = write(tmp_path / name, [RECORD, {**RECORD, "id": "b", "text": None}])
    done = scrapy("clean", str(given), "-o", str(tmp_path / out))
    assert done.returncode == 0, done.stderr
    assert "2 documents, 3 removed" in done.stderr
    first, second = lines(tmp_path / out)
    assert first["text"] == STORY
    assert {name: first[name] for name in RECORD if name != "text"} == {n: v for n, v in RECORD.items() if n != "text"}
    assert list(first)[: len(RECORD)] == list(RECORD)
    assert first["keywords"] == ["الواحة", "بيئة"]
    assert first["source"] == "وكالات"
    assert first["related"] == [{"headline": OTHER, "url": None}]
    assert [piece["kind"] for piece in first["removed"]] == ["inline_related", "source", "tags"]
    assert second["text"] is None
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, out])


def test_a_field_of_ours_never_overwrites_one_of_theirs(tmp_path: Path) -> None:
    given = write(tmp_path / "in.jsonl", [{**RECORD, "source": "كتاب", "removed": 1}])
    assert scrapy("clean", str(given), "-o", str(tmp_path / "out.jsonl"), "--audit").returncode == 0
    [record] = lines(tmp_path / "out.jsonl")
    assert (record["source"], record["clean_source"], record["removed"]) == ("كتاب", "وكالات", 1)
    assert len(record["clean_removed"]) == 3


def test_broken_records_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    bad = [b"{broken\n", {"body": "x"}, {"text": 7}, b"[1]\n", b"\n", b"\xff\xfe\n"]
    given = write(tmp_path / "in.jsonl", [RECORD, *bad, {**RECORD, "id": "z"}])
    broken = tmp_path / "cut.jsonl.gz"
    broken.write_bytes(gzip.compress(json.dumps(RECORD).encode() * 50)[:-30])
    done = scrapy("clean", str(given), str(broken), "-o", str(tmp_path / "out.jsonl"), "--workers", "2")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert [record["id"] for record in lines(tmp_path / "out.jsonl")] == ["a", "z"]
    errors = lines(tmp_path / "out.jsonl.errors.jsonl")
    assert [(error["file"], error["line"]) for error in errors] == [
        *((str(given), line) for line in (2, 3, 4, 5, 7)),
        (str(broken), 1),
    ]
    reasons = [error["reason"] for error in errors]
    assert "no field 'text'; there are: body" in reasons
    assert "'text' is no text but a int" in reasons
    assert all(reasons)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([], "name at least one file"),
        (["/does/not/exist.jsonl"], "/does/not/exist.jsonl: no such file"),
        (["README.md"], "README.md: its name ends in none of .jsonl"),
        (["requirements.txt", "-o", "out.csv"], "out.csv: its name ends in none of .jsonl"),
        (["requirements.txt", "--site-boilerplate", "README.md"], "README.md: no file of site boilerplate"),
        (["requirements.txt", "--mode", "careful"], "invalid choice: 'careful'"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(args: list[str], says: str) -> None:
    done = scrapy("clean", *args)
    assert done.returncode in (1, 2)
    assert says in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_standard_input_to_standard_output() -> None:
    done = scrapy("clean", "-", input=json.dumps(RECORD, ensure_ascii=False) + "\n{broken\n")
    assert done.returncode == 1
    assert json.loads(done.stdout)["text"] == STORY
    assert '"line": 2' in done.stderr


def test_text_files_folders_and_patterns(tmp_path: Path) -> None:
    folder = tmp_path / "texts" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(DIRTY, encoding="utf-8")
    (folder / "b.txt.gz").write_bytes(gzip.compress(DIRTY.encode()))
    (folder / "c.png").write_bytes(b"x")
    for name in (str(tmp_path / "texts"), str(tmp_path / "**" / "*.txt*")):
        done = scrapy("clean", name, "-o", str(tmp_path / "out.jsonl"))
        assert done.returncode == 0, done.stderr
        records = lines(tmp_path / "out.jsonl")
        assert [record["id"] for record in records] == [str(folder / "a.txt"), str(folder / "b.txt.gz")]
        assert [record["text"] for record in records] == [STORY, STORY]


def archive(path: Path) -> None:
    """A WARC file as a crawler writes it: two articles, a picture, a page that is not there, one that is no article."""
    answers = [
        *(("200 OK", "text/html; charset=utf-8", pages.aggregator_page(story)) for story in all_stories()[:2]),
        ("200 OK", "image/png", b"x"),
        ("404 Not Found", "text/html", b"<p>gone"),
        ("200 OK", "text/html", b"<html><p>zu kurz"),
    ]
    with path.open("wb") as file:
        for number, (status, kind, body) in enumerate(answers):
            answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
            head = (
                f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://arabkhabar.com/a/{number}\r\n"
                f"WARC-Date: 2026-11-24T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
            )
            record = head.encode() + answer + b"\r\n\r\n"
            file.write(gzip.compress(record) if path.suffix == ".gz" else record)


@pytest.mark.parametrize("name", ["in.warc", "in.warc.gz"])
def test_pages_of_a_warc_file_go_through_the_html_engine(tmp_path: Path, name: str) -> None:
    archive(tmp_path / name)
    done = scrapy("clean", str(tmp_path / name), "-o", str(tmp_path / "out.jsonl"))
    assert done.returncode == 0, done.stderr
    records = lines(tmp_path / "out.jsonl")
    assert [record["text"] for record in records] == [story.text for story in all_stories()[:2]]
    assert records[0]["url"] == "https://arabkhabar.com/a/0"
    assert records[0]["keywords"]
    [refused] = lines(tmp_path / "out.jsonl.rejections.jsonl")
    assert (refused["record"], refused["reason"]) == (3, "TOO_SHORT")
    cut = tmp_path / f"cut.{name}"
    cut.write_bytes((tmp_path / name).read_bytes()[200:])
    done = scrapy("clean", str(cut), "-o", str(tmp_path / "out.jsonl"))
    assert done.returncode == 1
    assert len(lines(tmp_path / "out.jsonl")) == 1, "the pages after the broken one are read"
    [fault] = lines(tmp_path / "out.jsonl.errors.jsonl")
    assert fault["line"] == 1
    assert fault["reason"].startswith("bytes 0 to ")


@pytest.fixture
def audited(tmp_path: Path) -> Path:
    texts = [DIRTY, DIRTY.replace("\n", "\r\n"), "أيضــاً \u200fنص\u00a0آخر", "", "x"]
    given = write(tmp_path / "in.jsonl", [{"id": n, "text": text} for n, text in enumerate(texts)])
    assert scrapy("clean", str(given), "-o", str(tmp_path / "clean.jsonl"), "--audit").returncode == 0
    return given


def test_an_audit_puts_everything_back(audited: Path, tmp_path: Path) -> None:
    clean = lines(tmp_path / "clean.jsonl")
    assert clean[0]["text"] == STORY
    assert {"start", "end", "text", "original", "rule", "kind", "confidence"} == set(clean[0]["edits"][0])
    done = scrapy(
        "clean", str(tmp_path / "clean.jsonl"), "-o", str(tmp_path / "back.jsonl"), "--restore", "--dedup", "exact"
    )
    assert done.returncode == 0, done.stderr
    assert [r["text"] for r in lines(tmp_path / "back.jsonl")] == [r["text"] for r in lines(audited)]


@given(
    st.lists(
        st.sampled_from([FIRST, SECOND, OTHER, "المصدر: RT", "أيضــاً \u200f", "", "&amp;", "\u200c", "x"]), max_size=9
    ),
    st.sampled_from(["\n", "\n\n", "\r\n", "\r"]),
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_restored_from_its_clean_text_and_edits(texts: list[str], between: str) -> None:
    raw = between.join(texts)
    result = engine.clean_text(raw)
    edits = [{"start": e.start, "end": e.end, "text": e.text, "original": raw[e.start : e.end]} for e in result.edits]
    assert restore(result.text, edits) == raw


def test_duplicates_are_named_and_kept(tmp_path: Path) -> None:
    near = DIRTY.replace("آلاف الأشجار", "مئات الأشجار")
    records = [
        {"id": "a", "text": DIRTY},
        {"id": "b", "text": OTHER},
        {"id": "c", "text": DIRTY + "\n\nالمصدر: RT"},
        {"id": "d", "text": near},
        {"id": "e", "text": ""},
        {"id": "f", "text": ""},
        {"text": OTHER},
    ]
    given = write(tmp_path / "in.jsonl", records)
    for how, wanted in (
        ("exact", [None, None, "a", None, None, None, "b"]),
        ("near", [None, None, "a", "a", None, None, "b"]),
    ):
        done = scrapy("clean", str(given), "-o", str(tmp_path / "out.jsonl"), "--dedup", how)
        assert done.returncode == 0, done.stderr
        assert [record["duplicate_of"] for record in lines(tmp_path / "out.jsonl")] == wanted
        assert not list(tmp_path.glob("*.names.part"))


def test_what_a_site_repeats_is_learned_and_taken_out_of_its_documents_alone(tmp_path: Path) -> None:
    notice = "هذه المادة رقم {n} من إعداد غرفة أخبار الواحة بالتعاون مع قرائها في المدينة وفي القرى القريبة منها كلها."
    documents = [
        {"id": n, "url": f"https://www.oasis.example/{n}", "text": f"{story.text}\n\n{notice.format(n=n)}"}
        for n, story in enumerate(all_stories())
    ]
    documents += [{**documents[0], "id": f"again{n}"} for n in range(20)]  # one document many times is one document
    other = {"id": "x", "url": "https://other.example/1", "text": f"{FIRST}\n\n{notice.format(n=1)}\n\n{SECOND}"}
    given = write(tmp_path / "in.jsonl", [*documents, other])
    learned = tmp_path / "sites.json"
    done = scrapy("clean", str(given), "--learn", str(learned))
    assert done.returncode == 0, done.stderr
    assert "61 documents, 1 lines of 1 sites" in done.stderr
    data = json.loads(learned.read_text(encoding="utf-8"))
    assert data["sites"]["oasis.example"]["documents"] == 40
    assert data["sites"]["oasis.example"]["lines"][0]["documents"] == 40
    done = scrapy("clean", str(given), "-o", str(tmp_path / "out.jsonl"), "--site-boilerplate", str(learned))
    assert done.returncode == 0, done.stderr
    records = {record["id"]: record for record in lines(tmp_path / "out.jsonl")}
    for n, story in enumerate(all_stories()):
        assert records[n]["text"] == story.text
        assert [piece["rule"] for piece in records[n]["removed"]] == ["site_boilerplate"]
    assert records["x"]["text"] == other["text"]


def test_records_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    records = [{"id": n, "text": DIRTY if n % 3 else STORY} for n in range(1_500)]
    given = write(tmp_path / "in.jsonl", records)
    outputs = set()
    for workers in ("0", "1", "2"):
        done = scrapy("clean", str(given), "-o", str(tmp_path / "out.jsonl"), "--workers", workers)
        assert done.returncode == 0, done.stderr
        outputs.add((tmp_path / "out.jsonl").read_bytes())
    assert len(outputs) == 1


def test_a_terminal_shows_how_far_a_run_is(tmp_path: Path) -> None:
    given = write(tmp_path / "in.jsonl", [{"id": n, "text": DIRTY} for n in range(20_000)])
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    command = [sys.executable, "-m", "scrapy", "clean", str(given), "-o", str(tmp_path / "out.jsonl")]
    with subprocess.Popen(command, cwd=ROOT, stderr=theirs) as run:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # how a terminal says that nobody writes to it any more
            while piece := os.read(ours, 4096):
                shown += piece
    os.close(ours)
    assert run.returncode == 0
    last = [line for line in shown.decode().split("\r") if "cleaning:" in line][-1]
    assert "cleaning: 100%" in last
    assert "20000 documents" in last
