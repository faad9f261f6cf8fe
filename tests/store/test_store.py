"""What is stored is found, in SQLite and in PostgreSQL."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from crawler.errors import StateError
from crawler.items import Change, Removed
from crawler.state.database import Database
from crawler.store import articles, schema
from crawler.store.words import Piece, context, keys, query
from tests.conftest import ROOT, Crawl, scrapy_command
from tests.newsroom import pages
from tests.newsroom.server import Newsroom
from tests.newsroom.stories import all_stories
from tests.records.samples import article


@pytest.fixture
def store(state_url: str) -> Iterator[Database]:
    """An empty store."""
    opened = articles.opened(state_url)
    yield opened
    opened.close()


def rows(store: Database, table: Any) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(table).order_by(*table.primary_key)))


def found(store: Database, words: str, **more: Any) -> list[str]:
    return [hit.url for hit in articles.search(store, query(words), **more)[1]]


def test_an_article_is_stored_with_its_revisions_and_removed_pieces(store: Database) -> None:
    pieces = (Removed(kind="source", rule="label", text="المصدر: س"), Removed(kind="tags", rule="tags", text="بحر"))
    articles.save(store, article(removed=pieces, authors=("سلمى العمري",)))
    change = Change(field="headline", before="عنوان الخبر", after="جديد")
    articles.save(store, article(headline="جديد", revision=2, changes=(change,)))
    [one] = rows(store, schema.articles)
    assert (one.headline, one.revision, one.keywords) == ("جديد", 2, ["بحر"])
    first, second = rows(store, schema.revisions)
    assert (first.headline, first.changes) == ("عنوان الخبر", [])
    assert second.changes == [{"field": "headline", "before": "عنوان الخبر", "after": "جديد"}]
    assert [(r.revision, r.rule, r.text) for r in rows(store, schema.removed)] == [
        (1, "label", "المصدر: س"),
        (1, "tags", "بحر"),
    ]


def test_the_same_article_twice_is_one_and_an_older_revision_replaces_no_newer_one(store: Database) -> None:
    for one in (article(revision=2, headline="جديد"), article(revision=2, headline="جديد"), article(revision=1)):
        articles.save(store, one)
    articles.save(store, article(url="https://news.example/1?utm_source=x", requested_url=None, revision=2))
    assert [row.revision for row in rows(store, schema.articles)] == [2]
    assert len(rows(store, schema.revisions)) == 2
    assert found(store, "جديد") == []
    assert found(store, "عنوان") == ["https://news.example/1?utm_source=x"], "the words are those of the last revision"


def test_dates_are_points_in_time(store: Database) -> None:
    articles.save(store, article(date_published="2026-11-24T01:00:00+03:00"))
    [hit] = articles.search(store, query("council"))[1]
    assert hit.date_published == datetime(2026, 11, 23, 22, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("الاستراتيجية", "استراتيجيه"),
        ("إستراتيجيّة", "الاستراتيجية"),
        ("بالاستراتيجية", "استراتيجية"),
        ("للمدينة", "المدينه"),
        ("كـــتاب", "كتاب"),
        ("Élysée", "élysée"),
    ],
)
def test_spelling_and_the_article_make_no_difference(store: Database, written: str, asked: str) -> None:
    articles.save(store, article(body=f"قال الوزير إن {written} هي الأهم."))
    articles.save(store, article(url="https://news.example/2", requested_url=None, body="نص آخر تماما."))
    assert found(store, asked) == ["https://news.example/1"]


def test_all_words_must_stand_there_and_a_phrase_in_a_row(store: Database) -> None:
    articles.save(store, article(body="ميناء اللؤلؤة يستقبل سفينة"))
    articles.save(store, article(url="https://b.example/", requested_url=None, body="سفينة في ميناء بعيد"))
    assert len(found(store, "ميناء سفينة")) == 2
    assert len(found(store, '"ميناء اللؤلؤة"')) == 1
    assert found(store, '"سفينة ميناء"') == []
    assert found(store, "ميناء قطار") == []


def test_site_days_and_limit_narrow_a_search(store: Database) -> None:
    for day in (1, 2, 3):
        url, date = f"https://news.example/{day}", f"2026-11-0{day}T23:30:00+00:00"
        articles.save(store, article(url=url, requested_url=None, date_published=date, site=f"site{day}"))
    assert found(store, "council", site="site2") == ["https://news.example/2"]
    assert found(store, "council", days=("2026-11-02", "2026-11-02")) == ["https://news.example/2"]
    assert found(store, "council", days=("2026-11-02", None)) == ["https://news.example/3", "https://news.example/2"]
    assert articles.search(store, query("council"), limit=1)[0] == 3


@pytest.mark.parametrize("words", ['" " -', "***", '"', ""])
def test_what_has_no_letter_is_no_query(words: str) -> None:
    assert query(words) == []


@given(st.text(max_size=40))
def test_no_query_breaks_the_search(words: str) -> None:
    opened = articles.opened("sqlite://")
    articles.save(opened, article())
    if wanted := query(words):
        articles.search(opened, wanted)
    opened.close()


def test_a_newer_store_is_refused(store: Database, state_url: str) -> None:
    with store.begin() as connection:
        connection.execute(schema.version.update().values(number=9))
    with pytest.raises(StateError, match=r"STORE_URL .* the program is too old"):
        articles.opened(state_url)


def test_the_context_is_the_place_of_the_first_match() -> None:
    text = " ".join(f"كلمة{n}" for n in range(40)) + " الاستراتيجية هنا"
    before, match, after = context(text, query("استراتيجيه"), width=2)
    assert (before, match, after) == (
        Piece("… كلمة38 كلمة39", False),
        Piece("الاستراتيجية", True),
        Piece("هنا", False),
    )
    assert context("لا شيء", query("غائب")) == [Piece("لا شيء", False)]
    assert context("", query("غائب")) == []


@given(st.text())
def test_a_words_key_has_no_article_and_is_never_empty(text: str) -> None:
    assert all(keys(text))
    assert [key for key in keys(text) if " " in key] == []


# --- crawls -------------------------------------------------------------------------------------


def search(url: str, *args: str) -> subprocess.CompletedProcess[str]:
    command = scrapy_command(None, Path("/nowhere"), "search", "-s", f"STORE_URL={url}", *args)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_a_crawl_fills_the_store_and_search_shows_hits_with_context(
    crawl: Callable[..., Crawl], state_url: str
) -> None:
    done = crawl("rt_arabic", "-s", f"STORE_URL={state_url}")
    assert done.code == 0, done.output
    opened = articles.opened(state_url)
    with opened.read() as connection:
        assert connection.execute(select(func.count()).select_from(schema.articles)).scalar_one() == 40
        cut = connection.execute(select(func.count()).select_from(schema.removed)).scalar_one()
    opened.close()
    assert cut == sum(len(record["removed"]) for record in done.records("rt_arabic"))
    story = all_stories()[0]
    word = max(story.text.split()[:20], key=len).strip(".,،")
    shown = search(state_url, word)
    assert shown.returncode == 0, shown.stderr
    assert story.headline in shown.stdout
    assert pages.publisher_path(story) in shown.stdout
    assert f"«{word}" in shown.stdout
    assert search(state_url, "كلمةلاتوجد").returncode == 1


def test_an_article_that_the_store_cannot_take_is_delivered_by_the_next_run(
    crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    store = tmp_path / "articles.sqlite"
    articles.opened(f"sqlite:///{store}").close()
    trigger = "CREATE TRIGGER full AFTER INSERT ON articles WHEN NEW.id > 5 BEGIN SELECT RAISE(ABORT, 'full'); END"
    opened = articles.opened(f"sqlite:///{store}")
    with opened.begin() as connection:
        connection.exec_driver_sql(trigger)
    more = ("-s", f"STORE_URL=sqlite:///{store}")
    failed = crawl("rt_arabic", *more)
    assert failed.code == 1
    assert "store_failed" in failed.output
    assert len(failed.records("rt_arabic")) == 5
    with opened.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")
    again = crawl("rt_arabic", *more)
    assert again.code == 0, again.output
    urls = [record["url"] for record in again.records("rt_arabic")]
    assert len(urls) == len(set(urls)) == 40
    assert len(rows(opened, schema.articles)) == 40
    opened.close()


def test_a_changed_story_has_both_revisions_in_the_store(
    crawl: Callable[..., Crawl], newsroom: Newsroom, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/articles.sqlite"
    story = all_stories()[0]
    path = pages.publisher_path(story)
    crawl("rt_arabic", "-s", f"STORE_URL={url}")
    body = newsroom.publisher.answers[path].body
    newsroom.publisher.answers[path] = pages.Answer(body.replace(story.headline.encode(), "عنوان مختلف".encode()))
    feed = newsroom.publisher.answers["/rss/"].body
    newsroom.publisher.answers["/rss/"] = pages.Answer(feed + b"\n", "application/rss+xml")
    crawl("rt_arabic", "-s", f"STORE_URL={url}", "-s", "CHANGED_STORIES=all")
    opened = articles.opened(url)
    found = [(row.revision, row.headline) for row in rows(opened, schema.revisions)]
    assert len(found) == 41
    assert {(1, story.headline), (2, "عنوان مختلف")} < set(found)
    opened.close()


@pytest.mark.parametrize(
    ("url", "args", "code", "message"),
    [
        ("", ["بحر"], 2, "there is no store"),
        ("sqlite://", ["..."], 2, "name a word"),
        ("sqlite://", ["بحر", "--since", "soon"], 2, "since='soon'"),
        ("mysql://x/y", ["بحر"], 3, "STORE_URL 'mysql://x/y'"),
    ],
)
def test_a_search_that_cannot_be_is_said(url: str, args: list[str], code: int, message: str) -> None:
    done = search(url, *args)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_that_cannot_be_opened_ends_the_crawl_with_its_own_exit_code(crawl: Callable[..., Crawl]) -> None:
    done = crawl("rt_arabic", "-s", "STORE_URL=sqlite:////proc/nowhere/articles.sqlite")
    assert done.code == 3, done.output
    assert "STORE_URL" in done.output


def test_the_store_and_the_state_may_share_a_database(crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/both.sqlite"
    for _ in range(2):
        done = crawl("rt_arabic", "-a", "max_articles=2", "-s", f"STORE_URL={url}", "-s", f"STATE_URL={url}")
        assert done.code == 0, done.output
    assert json.dumps(done.records("rt_arabic"))
    opened = articles.opened(url)
    assert len(rows(opened, schema.articles)) == 4
    opened.close()
