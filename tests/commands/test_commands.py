"""The commands as a user runs them."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.sites import all_sites
from tests.conftest import ROOT
from tests.newsroom import pages
from tests.newsroom.server import Newsroom
from tests.newsroom.stories import all_stories


def scrapy(*args: str, seconds: float = 60, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *args], cwd=ROOT, capture_output=True, text=True, timeout=seconds, **options
    )  # type: ignore[call-overload, no-any-return]


def test_list_prints_the_sites() -> None:
    done = scrapy("list")
    assert done.stdout.split() == sorted([*all_sites(), "archive", "urls"])
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["rt_arabic", "-a", "max_articles=many"], "max_articles='many': a number from 1"),
        (["rt_arabic", "-a", "since=2026-13-01"], "since='2026-13-01': a day as YYYY-MM-DD"),
        (["rt_arabic", "-a", "section=world"], "unknown argument 'section'"),
        (["urls"], "give one of url=… (addresses with commas between them) and file=… (one address a line)"),
        (["urls", "-a", "file=/does/not/exist"], "/does/not/exist"),
        (["nobody"], "no site is called 'nobody'; scrapy list names them"),
        (["rt_arabik"], "no site is called 'rt_arabik'; did you mean rt_arabic"),
        ([], ""),
    ],
)
def test_a_wrong_crawl_ends_with_a_message_and_exit_code_2(args: list[str], says: str) -> None:
    done = scrapy("crawl", *args)
    assert done.returncode == 2
    assert says in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_extract_reads_files_folders_and_lines(tmp_path: Path) -> None:
    story = all_stories()[0]
    body = pages.publisher_page(story, "https://arabic.rt.com").body
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_bytes(body)
    with gzip.open(tmp_path / "b.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "b", "url": "https://arabic.rt.com/world/1-b/", "html": body.decode()}) + "\n")
    done = scrapy("extract", str(tmp_path / "pages"), str(tmp_path / "b.jsonl.gz"), "-o", str(tmp_path / "out.jsonl"))
    assert done.returncode == 0, done.stderr
    assert "2 articles" in done.stderr
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [record["body"] for record in records] == [story.text] * 2
    assert records[1]["id"] == "b"
    assert "raw_text" not in records[0]


def test_extract_goes_by_the_configs_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "oasis.example.txt").write_text("body: //section\n", encoding="utf-8")
    one, other = all_stories()[:2]
    html = f"<article><p>{'</p><p>'.join(one.body)}</p></article><section><p>{'</p><p>'.join(other.body)}</p></section>"
    (tmp_path / "pages.jsonl").write_text(json.dumps({"id": 1, "url": "https://oasis.example/1", "html": html}) + "\n")
    done = scrapy("extract", str(tmp_path / "pages.jsonl"), "-s", f"SITE_CONFIG_DIR={tmp_path}")
    assert json.loads(done.stdout)["body"] == other.text, done.stderr
    done = scrapy("extract", str(tmp_path / "pages.jsonl"), "-s", "SITE_CONFIG_DIR=/does/not/exist")
    assert done.returncode == 2
    assert "SITE_CONFIG_DIR: /does/not/exist: no such folder" in done.stderr + done.stdout


@pytest.mark.parametrize(
    ("line", "says"),
    [("{broken", "bad.jsonl, line 2"), ('{"url": "x"}', "bad.jsonl, line 2"), ("[]", "bad.jsonl, line 2")],
)
def test_extract_names_the_file_and_line_of_a_broken_record(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"url": "https://x.example/", "html": "<p>x</p>"}\n' + line + "\n", encoding="utf-8")
    done = scrapy("extract", str(path))
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_extract_of_a_missing_file_says_so() -> None:
    done = scrapy("extract", "/does/not/exist.html")
    assert done.returncode == 1
    assert "/does/not/exist.html: No such file or directory" in done.stderr


def test_fixture_saves_a_page_once(newsroom: Newsroom, tmp_path: Path) -> None:
    story = all_stories()[0]
    url = newsroom.publisher.origin + pages.publisher_path(story)
    args = ["fixture", url, "--site", "rt_arabic", "--folder", str(tmp_path), "-s", "PRIVATE_NETWORKS_ALLOWED=True"]
    done = scrapy(*args)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "rt_arabic" / "page"
    assert (folder / "page.html").read_bytes() == newsroom.publisher.answers[pages.publisher_path(story)].body
    wanted = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert wanted["body"] == list(story.body)
    assert {"kind": "source", "rule": "label", "text": f"المصدر: {story.source}"} in wanted["removed"]
    again = scrapy(*args)
    assert again.returncode == 1
    assert "there is a fixture already" in again.stderr


def test_fixture_of_a_page_that_is_not_there_says_so(newsroom: Newsroom, tmp_path: Path) -> None:
    done = scrapy(
        "fixture",
        newsroom.publisher.origin + pages.LOST_ADDRESS,
        "--folder",
        str(tmp_path),
        "-s",
        "PRIVATE_NETWORKS_ALLOWED=True",
    )
    assert done.returncode == 1
    assert "gave no page" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["crawl", "extract", "fixture"])
def test_every_command_explains_itself(command: str) -> None:
    done = scrapy(command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout
