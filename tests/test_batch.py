"""The engine over many pages."""

from __future__ import annotations

import gc

from crawler import batch
from crawler.items import Article, Page, Reason, Rejection
from tests.newsroom import pages
from tests.newsroom.stories import all_stories

PAGES = [
    Page(
        url="https://arabkhabar.com" + pages.aggregator_path(story),
        body=pages.aggregator_page(story),
        content_type="text/html",
    )
    for story in all_stories()[:12]
]


def test_a_pool_gives_the_same_records_in_the_same_order() -> None:
    assert list(batch.process_all(PAGES, workers=2)) == list(batch.process_all(PAGES))


def test_the_site_is_found_by_the_address() -> None:
    record = batch.process(
        Page(
            url="https://arabic.rt.com/world/1-x/",
            body=pages.publisher_page(all_stories()[0], "https://arabic.rt.com").body,
        )
    )
    assert isinstance(record, Article)
    assert record.body == all_stories()[0].text


def test_a_page_that_takes_too_long_is_a_rejection_and_the_others_go_on() -> None:
    deep = Page(url="https://x.example/", body=b"<div>" + b"<p>word " * 400_000)
    found = list(batch.process_all([deep, *PAGES[:2]], workers=1, seconds=0.2))
    assert isinstance(found[0], Rejection)
    assert found[0].reason is Reason.TIMEOUT
    assert [type(record) for record in found[1:]] == [Article, Article]


def threshold(_: None) -> int:
    """How many new objects make Python look for cycles in the process that answers."""
    return gc.get_threshold()[0]


def test_a_worker_looks_for_cycles_less_often_than_python_does() -> None:
    [(_, found)] = batch.in_order([None], threshold, workers=1, seconds=30)
    assert found == batch.YOUNG_OBJECTS > threshold(None)
