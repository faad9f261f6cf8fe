"""Feeds on other machines, real servers of each kind: what arrives, what does not, and what the next run does then."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests import readers
from tests.conftest import ROOT, Crawl, scrapy_command
from tests.newsroom.server import Newsroom
from tests.servers import free_port, ftp_server, gcs_server, s3_objects, s3_server, sftp_server

KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


def settings(values: dict[str, Any]) -> list[str]:
    return [
        part
        for name, value in values.items()
        for part in ("-s", f"{name}={value if isinstance(value, str) else json.dumps(value)}")
    ]


def verify(*names: str, more: dict[str, Any] | None = None) -> subprocess.CompletedProcess[str]:
    command = scrapy_command(None, Path("/nowhere"), "verify", *settings(more or {}), *names)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


def manifests(folder: Path) -> list[str]:
    return [str(path) for path in sorted(folder.rglob("*.manifest.json"))]


# --- everything at once -------------------------------------------------------------------------


def test_a_crawl_writes_all_formats_at_once_here_and_to_s3_and_its_manifests_verify(crawl, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    here, fetched = tmp_path / "here", tmp_path / "fetched"
    fetched.mkdir()
    with s3_server() as (address, client, bucket):
        access = {"AWS_ENDPOINT_URL": address, **KEYS}
        places = (f"{here}/", f"s3://{bucket}/news/")
        feeds = {place + name: {} for place in places for name in (*readers.READERS, "%(batch_id)d.md")}
        done = crawl("rt_arabic", *settings({"FEEDS": feeds, **access}))
        assert done.code == 0, done.output
        keys = [entry["Key"] for entry in client.list_objects_v2(Bucket=bucket)["Contents"]]
        for key in keys:
            client.download_file(bucket, key, str(fetched / Path(key).name))
        wanted = readers.lines(here / "a.jsonl")
        assert len(wanted) == 40
        for name, read in readers.READERS.items():
            assert read(here / name) == read(fetched / name) == wanted, name
        assert readers.documents(here) == readers.documents(fetched) == wanted

        [remote] = [f"s3://{bucket}/{key}" for key in keys if key.endswith(".manifest.json")]
        good = verify(*manifests(here), remote, more=access)
        assert good.returncode == 0, good.stdout + good.stderr
        assert good.stdout.count("50 of 50 files are as delivered") == 2

        changed = [*readers.READERS, "7.md"]
        for name in changed:
            body = bytearray((fetched / name).read_bytes())
            body[len(body) // 2] ^= 1
            client.put_object(Bucket=bucket, Key=f"news/{name}", Body=bytes(body))
        bad = verify(remote, more=access)
        assert bad.returncode == 1
        assert bad.stdout.count("has other bytes") == len(changed)


def test_a_manifest_says_what_was_delivered(crawl) -> None:  # type: ignore[no-untyped-def]
    done: Crawl = crawl("rt_arabic", "-a", "max_articles=3")
    [path] = manifests(done.folder)
    said = json.loads(Path(path).read_text(encoding="utf-8"))
    assert (said["spider"], said["run"], said["arguments"]) == ("rt_arabic", 1, {"max_articles": "3"})
    assert (said["manifest_version"], said["schema_version"]) == (1, 1)
    articles = next(file for file in said["files"] if not file["name"].endswith(".rejections.jsonl"))
    assert articles["records"] == len(done.records("rt_arabic")) == 3
    assert articles["format"] == "jsonlines"


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda feed: feed.unlink(), "is missing"),
        (lambda feed: feed.write_bytes(feed.read_bytes()[:-1]), "were delivered"),
        (lambda feed: feed.write_bytes(feed.read_bytes()[:-2] + b" \n"), "has other bytes"),
    ],
)
def test_verify_names_the_file_that_is_not_as_delivered(crawl, break_it: Any, message: str) -> None:  # type: ignore[no-untyped-def]
    done: Crawl = crawl("rt_arabic", "-a", "max_articles=2")
    feed = next(p for p in (done.folder / "rt_arabic").glob("*.jsonl") if "rejections" not in p.name)
    break_it(feed)
    found = verify(*manifests(done.folder))
    assert found.returncode == 1
    assert f"BAD {feed.name}: " in found.stdout
    assert message in found.stdout


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "No such file"), ("{}", "no manifest"), ('{"manifest_version": 9, "files": []}', "too old")],
)
def test_what_is_no_manifest_ends_with_exit_code_2(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "manifest.json"
    if content is not None:
        path.write_text(content)
    found = verify(str(path))
    assert found.returncode == 2
    assert message in found.stderr
    assert str(path) in found.stderr


# --- each kind of storage -----------------------------------------------------------------------


def delivered(feed: Path) -> set[str]:
    return set(readers.lines(feed))


def test_ftp_and_sftp_have_the_feed_whole_and_under_its_name(crawl, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "remote"
    folder.mkdir()
    (folder / "ftp.jsonl").write_text("old")
    with ftp_server(folder) as ftp, sftp_server(folder) as (sftp, known):
        feeds = {f"{ftp}/ftp.jsonl": {}, f"{sftp}/deep/folder/sftp.jsonl": {}}
        more = settings({"FEEDS": feeds, "FEED_STORAGE_SFTP_KNOWN_HOSTS": str(known)})
        done = crawl("rt_arabic", "-a", "max_articles=5", *more)
        assert done.code == 0, done.output
    assert len(delivered(folder / "ftp.jsonl")) == 5
    assert delivered(folder / "deep/folder/sftp.jsonl") == delivered(folder / "ftp.jsonl")
    assert not list(folder.rglob("*.part"))
    assert len(manifests(folder)) == 2
    assert not list((done.folder / ".spool").iterdir())


def test_google_cloud_storage_has_the_feed(newsroom: Newsroom, tmp_path: Path) -> None:
    with gcs_server() as (address, bucket):
        more = settings({"FEEDS": {f"gs://{bucket.name}/news/%(name)s.jsonl": {}}})
        command = scrapy_command(newsroom, tmp_path / "output", "crawl", "rt_arabic", "-a", "max_articles=5", *more)
        environment = {**os.environ, "STORAGE_EMULATOR_HOST": address}
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, env=environment)
        assert done.returncode == 0, done.stderr
        assert bucket.blob("news/rt_arabic.jsonl").download_as_bytes().count(b"\n") == 5


def test_an_sftp_host_that_nobody_knows_gets_nothing_and_the_next_run_delivers(crawl, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "remote"
    folder.mkdir()
    with sftp_server(folder) as (sftp, known):
        feeds = {"FEEDS": {f"{sftp}/a-%(run)d.jsonl": {}}, "FEED_STORE_RETRIES": "0"}
        empty = tmp_path / "no_hosts"
        empty.touch()
        refused = crawl("rt_arabic", *settings({**feeds, "FEED_STORAGE_SFTP_KNOWN_HOSTS": str(empty)}))
        assert refused.code == 1
        assert "not found in known_hosts" in refused.output
        assert not list(folder.iterdir())
        again = crawl("rt_arabic", *settings({**feeds, "FEED_STORAGE_SFTP_KNOWN_HOSTS": str(known)}))
        assert again.code == 0, again.output
    assert len(delivered(folder / "a-1.jsonl")) == 40
    assert not (folder / "a-2.jsonl").exists(), "nothing was fetched twice"


@pytest.mark.parametrize("kind", ["jsonlines", "csv", "parquet"])
def test_standard_output_gets_the_articles(newsroom: Newsroom, tmp_path: Path, kind: str) -> None:
    command = scrapy_command(newsroom, tmp_path, "crawl", "rt_arabic", "-a", "max_articles=3", "-o", f"-:{kind}")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    path = tmp_path / "a"
    path.write_bytes(done.stdout)
    read = {"jsonlines": readers.lines, "csv": readers.sheet, "parquet": readers.parquet}[kind]
    assert len(read(path)) == 3


def test_a_storage_that_fails_once_is_tried_again(crawl, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    feeds = {"FEEDS": {f"flaky://{tmp_path}/a.jsonl": {}}, "FEED_MANIFEST": ""}
    done = crawl(
        "rt_arabic", "-a", "max_articles=3", *settings({**feeds, "FEED_STORAGES": {"flaky": "tests.failing.Flaky"}})
    )
    assert done.code == 0, done.output
    assert "tried again in 2 s: not now" in done.output
    assert len(delivered(tmp_path / "a.jsonl")) == 3


# --- a storage that goes away -------------------------------------------------------------------


@contextmanager
def running(newsroom: Newsroom, folder: Path, more: dict[str, Any]) -> Iterator[subprocess.Popen[str]]:
    command = scrapy_command(newsroom, folder, "crawl", "rt_arabic", *settings(more))
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        yield process


@pytest.mark.parametrize("when", ["in mid-crawl", "at close"])
def test_a_storage_that_is_taken_away_and_brought_back_has_every_article_once(
    newsroom: Newsroom, tmp_path: Path, when: str
) -> None:
    port = free_port()
    batch = {"batch_item_count": 5} if when == "in mid-crawl" else {}
    with s3_server(port) as (address, client, bucket):
        uri = f"s3://{bucket}/%(run)d-%(batch_id)d.jsonl"
        more = {"FEEDS": {uri: batch}, "AWS_ENDPOINT_URL": address, **KEYS, "FEED_STORE_RETRIES": "0"}
        more |= {"DOWNLOAD_DELAY": "0.1"} if batch else {}
        if not batch:
            client.list_objects_v2(Bucket=bucket)
        else:
            process = running(newsroom, tmp_path, more)
            started = process.__enter__()
            while not client.list_objects_v2(Bucket=bucket).get("Contents"):
                assert started.poll() is None, "the crawl was over before its first batch was stored"
                time.sleep(0.05)
    if not batch:  # the server is gone before the crawl begins, and a feed without batches meets it at close
        process = running(newsroom, tmp_path, more)
        started = process.__enter__()
    output, _ = started.communicate(timeout=240)
    assert started.returncode == 1, output
    asked = len(newsroom.publisher.articles_asked())
    with s3_server(port):
        back = subprocess.run(
            scrapy_command(newsroom, tmp_path, "crawl", "rt_arabic", *settings(more)),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert back.returncode == 0, back.stderr
        assert len(newsroom.publisher.articles_asked()) == asked, "nothing is fetched again"
        urls = [json.loads(line)["url"] for body in s3_objects(client, bucket, ".jsonl") for line in body.splitlines()]
    assert len(urls) == len(set(urls)) == 40


# --- batches ------------------------------------------------------------------------------------


def test_a_feed_begins_a_new_file_after_so_many_bytes(crawl, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    uri = f"{tmp_path}/b/%(batch_id)02d.jsonl"
    done = crawl("rt_arabic", *settings({"FEEDS": {uri: {"batch_bytes": 20_000}}}))
    assert done.code == 0, done.output
    files = sorted((tmp_path / "b").glob("*.jsonl"))
    assert len(files) > 3
    for path in files[:-1]:
        size = path.stat().st_size
        last = len(path.read_bytes().splitlines()[-1])
        assert size - last < 20_000 <= size + 1
    assert len({url for path in files for url in delivered(path)}) == 40
    [manifest] = manifests(tmp_path / "b")
    assert len(json.loads(Path(manifest).read_text())["files"]) == len(files)


def test_a_feed_begins_a_new_file_after_so_many_seconds_even_if_nothing_comes(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    more = {"FEEDS": {f"{tmp_path}/b/%(batch_id)d.jsonl": {"batch_seconds": 1}}, "DOWNLOAD_DELAY": "0.3"}
    with running(newsroom, tmp_path, more) as process:
        while not (tmp_path / "b/1.jsonl").exists():
            assert process.poll() is None, "the crawl was over before its first batch was stored"
            time.sleep(0.05)
        process.terminate()
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 0, output
    found = [readers.lines(path) for path in (tmp_path / "b").glob("*.jsonl")]
    assert len({url for part in found for url in part}) == sum(map(len, found))


def test_batches_without_names_of_their_own_are_refused(crawl, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = crawl("rt_arabic", *settings({"FEEDS": {f"{tmp_path}/all.jsonl": {"batch_seconds": 60}}}))
    assert "its name needs %(batch_id)d" in done.output
    assert done.code == 2, done.output


@pytest.mark.parametrize("uri", ["{}/a.docx", "gopher://host/a.jsonl"])
def test_a_feed_of_no_known_format_or_storage_ends_the_crawl_before_a_request(  # type: ignore[no-untyped-def]
    crawl, newsroom: Newsroom, tmp_path: Path, uri: str
) -> None:
    done = crawl("rt_arabic", *settings({"FEEDS": {uri.format(tmp_path): {}}}))
    assert "FEEDS names a storage or a format that there is not" in done.output
    assert done.code == 1, done.output
    assert not newsroom.publisher.asked


def test_a_manifest_that_a_kill_prevented_is_written_by_the_next_run(crawl) -> None:  # type: ignore[no-untyped-def]
    first: Crawl = crawl("rt_arabic", "-a", "max_articles=3", "-s", "FEED_MANIFEST=")
    assert manifests(first.folder) == []
    second: Crawl = crawl("rt_arabic", "-a", "since=2030-01-01")
    assert second.code == 0, second.output
    [path] = manifests(second.folder)
    assert json.loads(Path(path).read_text())["run"] == 1
    assert verify(path).returncode == 0
