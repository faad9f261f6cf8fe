"""What must hold of every page: the design's laws."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import engine
from crawler.engine.edits import apply
from crawler.items import KINDS, Article, Page, Rejection
from tests.newsroom import pages
from tests.newsroom.server import Newsroom
from tests.newsroom.stories import all_stories

NEWSROOM_PAGES = [(pages.publisher_page(s, "https://arabic.rt.com").body, "rt_arabic") for s in all_stories()] + [
    (pages.aggregator_page(s), "arabkhabar") for s in all_stories()
]
FRAGMENTS = st.sampled_from(
    ["<p>", "</p>", "<div class='related'>", "</div>", "<br>", "<li>", "<a href='/x'>", "</a>", "<h2>", "</h2>", "<table><tr><td>", "<script>", "</script>", "<!--", "-->",
     "مقالات مشابهة", "المصدر: RT", "إقرأ أيضاً:", "كلمات دلالية: أ، ب", "وقال المسؤول إن العمل مستمر.", "نص طويل بما يكفي ليكون فقرة كاملة من فقرات المقال، ثم ينتهي بنقطة.",
     "\u200f", "\u0640", "&nbsp;", "&#1575;", "\x00", "<", "&", "\n\n", "• ", "ﷺ", "\ufefb"]
)  # fmt: skip


def holds(record: Article | Rejection) -> None:
    """The laws of one record."""
    if isinstance(record, Rejection):
        assert record.detail
        return
    assert apply(record.raw_text, record.edits) == record.body
    assert record.body == record.body.strip()
    assert "\n\n\n" not in record.body
    assert all(edit.kind in KINDS for edit in record.edits)
    ends = [0, *(edit.end for edit in record.edits)]
    assert all(end <= edit.start for end, edit in zip(ends, record.edits, strict=False))
    for block in record.blocks:
        assert record.raw_text[block.start : block.end].strip()
        assert 0 <= block.links <= block.end - block.start
    assert all(piece.text in record.raw_text for piece in record.removed)


@pytest.mark.parametrize(("body", "site"), NEWSROOM_PAGES[::5])
def test_the_body_is_the_raw_text_with_its_edits(body: bytes, site: str) -> None:
    holds(engine.process(Page(url="https://x.example/1", body=body, site=site)))


@given(st.lists(FRAGMENTS, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_markup_gives_a_record_that_keeps_the_laws(markup: str) -> None:
    page = Page(url="https://x.example/1", body=f"<html><body>{markup}".encode(), content_type="text/html")
    record = engine.process(page)
    holds(record)
    bare = replace(record, raw_text="", blocks=(), edits=()) if isinstance(record, Article) else record
    assert engine.process(page, audit=False) == bare


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/html", "text/html; charset=windows-1256", "text/html; charset=nonsense", "image/png"]),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_record(body: bytes, content_type: str | None) -> None:
    for start in (b"", b"<html><body><p>"):
        holds(engine.process(Page(url="https://x.example/1", body=start + body, content_type=content_type)))


@given(st.lists(FRAGMENTS, max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_clean_text_is_its_input_with_edits_and_cleaning_twice_changes_no_character(text: str) -> None:
    result = engine.clean_text(text)
    assert apply(result.raw_text, result.edits) == result.text
    assert result.raw_text == text
    again = engine.clean_text(result.text)
    assert all(edit.text == "" for edit in again.edits), "a second cleaning rewrites characters"


def test_mutated_pages_never_raise() -> None:
    chance = random.Random(7)
    for body, site in NEWSROOM_PAGES[::4]:
        for _ in range(5):
            cut = bytearray(body)
            for _ in range(30):
                at = chance.randrange(len(cut))
                cut[at : at + chance.randrange(4)] = bytes(chance.randrange(256) for _ in range(chance.randrange(4)))
            holds(engine.process(Page(url="https://x.example/1", body=bytes(cut), site=site)))


def test_pages_do_not_depend_on_the_ones_before_them() -> None:
    made = [
        Page(url=f"https://x.example/{n}", body=body, fetched_at="2026-11-23T00:00:00+00:00")
        for n, (body, _) in enumerate(NEWSROOM_PAGES[:20])
    ]
    forward = [engine.process(page) for page in made]
    backward = [engine.process(page) for page in reversed(made)]
    assert forward == backward[::-1]


def test_the_hash_seed_changes_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(NEWSROOM_PAGES[3][0])
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "scrapy", "extract", str(page)],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_scrapy_the_command_and_the_pool_give_the_same_records(
    newsroom: Newsroom, crawl: Callable[..., Any], tmp_path: Path
) -> None:
    done = crawl("arabkhabar")
    crawled = {record["url"]: record for record in done.records("arabkhabar")}
    saved = tmp_path / "pages.jsonl.gz"
    with gzip.open(saved, "wt", encoding="utf-8") as file:
        for path, answer in newsroom.aggregator.answers.items():
            if path.startswith("/a/"):
                url = newsroom.aggregator.origin + path
                file.write(
                    json.dumps(
                        {"id": url, "url": url, "html": answer.body.decode(), "content_type": answer.content_type}
                    )
                    + "\n"
                )
    for workers in ("0", "2"):
        out = tmp_path / f"out{workers}.jsonl"
        subprocess.run(
            [sys.executable, "-m", "scrapy", "extract", str(saved), "-o", str(out), "--workers", workers],
            check=True,
            capture_output=True,
        )
        for record in map(json.loads, out.read_text(encoding="utf-8").splitlines()):
            other = crawled[record["url"]]
            # The page's own fields: when and as what it was fetched, and what else the run held, are not the engine's.
            for name in set(other) - {"requested_url", "fetched_at", "site", "duplicate_of"}:
                assert record[name] == other[name], name


def test_pages_in_are_articles_and_rejections_out(newsroom: Newsroom, crawl: Callable[..., Any]) -> None:
    done = crawl("rt_arabic")
    records = done.records("rt_arabic") + done.records("rt_arabic", ".rejections.jsonl")
    fetched = {path for path in newsroom.publisher.asked if path.rstrip("/").rpartition("/")[2][:1].isdigit()}
    asked_for = [record["requested_url"].removeprefix(newsroom.publisher.origin) for record in records]
    assert sorted(asked_for) == sorted(fetched)
