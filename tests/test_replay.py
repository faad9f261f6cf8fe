"""A crawl with WARC_STORE, and the same articles made again from what it wrote."""

from __future__ import annotations

import gzip
import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.archives.samples import foreign, page
from tests.conftest import ROOT, Crawl, scrapy_command
from tests.newsroom import pages
from tests.newsroom.server import Newsroom
from tests.newsroom.stories import all_stories
from tests.servers import s3_server


def feed(folder: Path, spider: str, kind: str = "") -> bytes:
    """The last article feed of a spider, byte for byte."""
    found = [path for path in (folder / spider).glob(f"*{kind}.jsonl") if bool(kind) == ("rejections" in path.name)]
    return max(found, key=lambda path: path.stat().st_mtime_ns).read_bytes()


def kinds(folder: Path) -> list[tuple[str, str]]:
    """The records of an archive, read by warcio: kind and HTTP status."""
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                status = record.http_headers.get_statuscode() if record.rec_type in ("response", "revisit") else ""
                found.append((record.rec_type, status))
    return found


@pytest.fixture
def archived(crawl: Callable[..., Crawl], tmp_path: Path) -> Crawl:
    """Both sites crawled, every answer kept, in files of 60 KB."""
    more = ("-s", f"WARC_STORE={tmp_path}/warc", "-s", "WARC_MAXSIZE=60000")
    for name in ("rt_arabic", "arabkhabar"):
        done = crawl(name, *more)
        assert done.code == 0, done.output
    return done


def test_a_replay_of_a_crawls_own_archive_gives_byte_identical_feeds(
    crawl: Callable[..., Crawl], archived: Crawl, newsroom: Newsroom, tmp_path: Path
) -> None:
    assert len(list((tmp_path / "warc").iterdir())) > 4
    asked = newsroom.publisher.asked.total()
    for name in ("rt_arabic", "arabkhabar"):
        done = crawl("archive", "-a", f"path={tmp_path}/warc/{name}-*.warc.gz")
        assert done.code == 0, done.output
        if name == "rt_arabic":
            assert feed(done.folder, "archive") == feed(archived.folder, name)
    both = crawl("archive", "-a", f"path={tmp_path}/warc")
    assert feed(both.folder, "archive") == feed(archived.folder, "rt_arabic") + feed(archived.folder, "arabkhabar")
    again = crawl("archive", "-a", f"path={tmp_path}/warc")
    assert feed(again.folder, "archive") == feed(both.folder, "archive"), "a replay is not spent by replaying it"
    assert newsroom.publisher.asked.total() == asked, "no request is made"
    refused = [json.loads(line)["reason"] for line in feed(both.folder, "archive", ".rejections").splitlines()]
    assert sorted(refused) == ["DUPLICATE", "NOT_HTML", "NO_CONTENT"]


def test_engine_processes_replay_the_same_articles(
    crawl: Callable[..., Crawl], archived: Crawl, tmp_path: Path
) -> None:
    done = crawl("archive", "-a", f"path={tmp_path}/warc/rt_arabic*", "-s", "ENGINE_PROCESSES=2")
    assert done.code == 0, done.output
    assert sorted(feed(done.folder, "archive").splitlines()) == sorted(feed(archived.folder, "rt_arabic").splitlines())


def test_every_answer_is_in_the_archive_and_304_is_a_revisit(crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    first = crawl("rt_arabic", "-s", f"WARC_STORE={tmp_path}/first")
    answers = [status for kind, status in kinds(tmp_path / "first") if kind == "response"]
    assert first.code == 0
    assert (answers.count("301"), answers.count("404"), answers.count("500")) == (1, 1, 1)
    found = [kind for kind, _ in kinds(tmp_path / "first")]
    assert found.count("request") == found.count("response") + found.count("revisit") > 50
    crawl("rt_arabic", "-s", f"WARC_STORE={tmp_path}/second", "-s", "CHANGED_STORIES=all")
    again = kinds(tmp_path / "second")
    assert ("revisit", "304") in again
    done = crawl("archive", "-a", f"path={tmp_path}/second")
    assert done.code == 0, done.output
    assert "not_modified" in done.output


def test_a_story_that_changed_is_replayed_as_its_revisions(
    crawl: Callable[..., Crawl], newsroom: Newsroom, tmp_path: Path
) -> None:
    store = ("-s", f"WARC_STORE={tmp_path}/warc")
    crawl("rt_arabic", *store)
    time.sleep(1.1)  # the runs have names of their own by the second
    story = all_stories()[0]
    path = pages.publisher_path(story)
    answer = newsroom.publisher.answers[path]
    changed = answer.body.replace(story.headline.encode(), f"{story.headline} (محدث)".encode())
    newsroom.publisher.answers[path] = pages.Answer(changed)
    live = crawl("urls", *store, "-a", f"url={newsroom.publisher.origin}{path}", "-a", "again=yes")
    assert live.code == 0, live.output
    done = crawl("archive", "-a", f"path={tmp_path}/warc")
    found = [json.loads(line) for line in feed(done.folder, "archive").splitlines()]
    revisions = [(r["revision"], r["headline"]) for r in found if r["headline"].startswith(story.headline)]
    assert revisions == [(1, story.headline), (2, f"{story.headline} (محدث)")]
    assert found[-1]["changes"][0]["before"] == story.headline


def test_a_killed_crawls_archive_is_read_as_far_as_it_goes(
    crawl: Callable[..., Crawl], newsroom: Newsroom, tmp_path: Path
) -> None:
    store = ("-s", f"WARC_STORE={tmp_path}/warc")
    command = scrapy_command(newsroom, tmp_path / "output", "crawl", "rt_arabic", *store, "-s", "DOWNLOAD_DELAY=0.05")
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while not [p for p in (tmp_path / "warc").glob("*") if p.stat().st_size > 60_000]:
            assert process.poll() is None, "the crawl was not killed in its middle"
            time.sleep(0.02)
        process.kill()
    [left] = (tmp_path / "warc").iterdir()
    assert left.name.endswith(".warc.gz.open")
    done = crawl("rt_arabic", *store)
    assert "was left by a run that was killed" in done.output
    assert not list((tmp_path / "warc").glob("*.open"))
    replay = crawl("archive", "-a", f"path={tmp_path}/warc/*.warc.gz")
    urls = [json.loads(line)["url"] for line in feed(replay.folder, "archive").splitlines()]
    assert len(urls) == len(set(urls)) == 40


def test_broken_archives_end_with_a_record_of_what_was_skipped(
    crawl: Callable[..., Crawl], archived: Crawl, tmp_path: Path
) -> None:
    whole = sorted((tmp_path / "warc").glob("rt_arabic*"))
    broken = tmp_path / "broken"
    broken.mkdir()
    for path in whole:
        (broken / path.name).write_bytes(path.read_bytes())
    flipped, cut = broken / whole[1].name, broken / whole[-1].name
    content = bytearray(flipped.read_bytes())
    content[len(content) // 2] ^= 16
    flipped.write_bytes(content)
    cut.write_bytes(cut.read_bytes()[:-700])
    done = crawl("archive", "-a", f"path={broken}")
    assert done.code == 0, done.output
    said = [json.loads(line) for line in feed(done.folder, "archive", ".rejections").splitlines()]
    skipped = [one for one in said if one["detail"].startswith("skipped: ")]
    assert [one["reason"] for one in skipped] == ["ERROR", "ERROR"]
    assert skipped[0]["url"].startswith(f"{flipped.as_uri()}?bytes=")
    assert skipped[1]["detail"] == "skipped: the file ends in the middle of a record"
    assert "are skipped" in done.output
    got, wanted = (set(feed(f, s).splitlines()) for f, s in ((done.folder, "archive"), (archived.folder, "rt_arabic")))
    assert got < wanted
    assert len(wanted - got) <= 2


def test_an_archive_on_s3_is_replayed(crawl: Callable[..., Crawl], archived: Crawl, tmp_path: Path) -> None:
    with s3_server() as (address, client, bucket):
        for path in (tmp_path / "warc").glob("rt_arabic*"):
            client.upload_file(str(path), bucket, f"archives/{path.name}")
        access = ("-s", f"AWS_ENDPOINT_URL={address}", "-s", "AWS_ACCESS_KEY_ID=t", "-s", "AWS_SECRET_ACCESS_KEY=t")
        for name in ("archives/", "archives/rt_arabic-*.warc.gz"):
            done = crawl("archive", "-a", f"path=s3://{bucket}/{name}", *access)
            assert done.code == 0, done.output
            assert feed(done.folder, "archive") == feed(archived.folder, "rt_arabic")


def test_somebody_elses_archive_goes_through_the_same_engine(crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    story = all_stories()[0]
    known = pages.publisher_page(story, "https://arabic.rt.com").body
    both = [("https://arabic.rt.com/world/1701001-x/", known), ("https://news.example/list", page(1)[:200])]
    (tmp_path / "CC-NEWS-20261125090000-00001.warc.gz").write_bytes(foreign(both, gzip=True))
    done = crawl("archive", "-a", f"path={tmp_path}/*.warc.gz")
    [found] = [json.loads(line) for line in feed(done.folder, "archive").splitlines()]
    assert (found["site"], found["body"]) == ("rt_arabic", story.text)


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        ([], 2, "give path="),
        (["-a", "path=/nowhere/*.warc.gz"], 1, "/nowhere/*.warc.gz: no such file"),
        (["-a", "path=x", "-a", "url=y"], 2, "unknown argument 'url'"),
    ],
)
def test_what_cannot_be_replayed_is_said(
    crawl: Callable[..., Crawl], given: list[str], code: int, message: str
) -> None:
    done = crawl("archive", *given)
    assert done.code == code, done.output
    assert message in done.output
    assert "Traceback" not in done.output


def test_an_archive_that_cannot_be_written_ends_the_crawl(crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = crawl("rt_arabic", "-s", f"WARC_STORE={tmp_path}/file/warc")
    assert done.code == 1, done.output
    assert "WARC_STORE cannot be written" in done.output


def test_pages_come_as_they_were_compressed(crawl: Callable[..., Crawl], newsroom: Newsroom, tmp_path: Path) -> None:
    story: Any = all_stories()[0]
    path = pages.publisher_path(story)
    body = newsroom.publisher.answers[path].body
    newsroom.publisher.answers[path] = pages.Answer(gzip.compress(body), encoding="gzip")
    live = crawl("urls", "-s", f"WARC_STORE={tmp_path}/warc", "-a", f"url={newsroom.publisher.origin}{path}")
    assert live.code == 0, live.output
    done = crawl("archive", "-a", f"path={tmp_path}/warc")
    assert feed(done.folder, "archive") == feed(live.folder, "urls")
