"""What a newer version of a story changes; when a refusal is tried again; how long to stay away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import engine, manners, retries, revisions
from crawler.items import Article, Change, Page, Reason
from tests.newsroom import pages
from tests.newsroom.stories import all_stories

STORY = all_stories()[0]


def article(body: str, headline: str = "عنوان") -> Article:
    made = engine.process(Page(url="https://x.example/1", body=pages.aggregator_page(STORY), content_type="text/html"))
    assert isinstance(made, Article)
    return replace(made, body=body, headline=headline)


_ARTICLE = article("أ")


def test_what_was_added_dropped_and_rewritten_is_told_in_order() -> None:
    found = revisions.changes("عنوان", "أ\n\nب\n\nج\n\nد", article("أ\n\nب ٢\n\nد\n\nهـ", "عنوان ٢"))
    assert found == (
        Change(field="headline", before="عنوان", after="عنوان ٢"),
        Change(field="body", before="ب\n\nج", after="ب ٢"),
        Change(field="body", before=None, after="هـ"),
    )


TEXTS = st.lists(st.sampled_from(["أ", "ب", "ج", "د"]), min_size=1, max_size=8).map("\n\n".join)


@given(TEXTS, TEXTS)
def test_equal_texts_have_no_changes_and_different_ones_have(old: str, new: str) -> None:
    found = revisions.changes("عنوان", old, replace(_ARTICLE, body=new))
    assert bool(found) == (old != new)
    assert all(change.before != change.after for change in found)


@given(st.text(max_size=200))
def test_packed_words_come_back(body: str) -> None:
    assert revisions.unpack(revisions.pack(replace(_ARTICLE, body=body))) == ("عنوان", body)


def test_every_reason_has_its_retry_and_a_paywall_has_none() -> None:
    assert set(retries.RETRIES) == set(Reason)
    assert retries.retry_at(Reason.PAYWALL, 1, 1000) is None
    assert retries.retry_at(Reason.TIMEOUT, 1, 1000) == 1000
    waits = [retries.retry_at(Reason.ERROR, tries, 0) for tries in range(1, 10)]
    assert waits == [3600 * 2**n for n in range(8)] + [None]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), (" 0 ", 0.0), ("Thu, 01 Jan 1970 00:20:00 GMT", 200.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0), ("soon", None), ("-5", None), ("", None), (None, None)],
)  # fmt: skip
def test_retry_after_is_a_number_or_a_date(value: str | None, seconds: float | None) -> None:
    assert manners.retry_after(value, now=1000.0) == seconds


def test_without_retry_after_the_pause_doubles_up_to_a_minute() -> None:
    assert [manners.pause(None, times) for times in range(1, 8)] == [2, 4, 8, 16, 32, 60, 60]
    assert manners.pause(300.0, 5) == 300.0
