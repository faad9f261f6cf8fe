"""The four stages, one item at a time."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.test import get_crawler

from crawler.engine import Draft
from crawler.errors import OptionError, RecordError, SiteError
from crawler.items import Article, Page, Reason, Rejection
from crawler.pipelines import Clean, Deduplicate, Extract, Judge, Revise
from tests.newsroom import pages
from tests.newsroom.stories import all_stories

STORY = all_stories()[0]
PAGE = Page(
    url="https://arabkhabar.com/a/1", body=pages.aggregator_page(STORY), content_type="text/html", site="arabkhabar"
)


def through(page: Page, **settings: object) -> tuple[object, ...]:
    """What each of the first three stages makes of a page."""
    crawler = made(**settings)
    draft = asyncio.run(Extract.from_crawler(crawler).process_item(page))
    cleaned = Clean().process_item(draft)
    return draft, cleaned, Judge(crawler).process_item(cleaned)


def made(**settings: object) -> Crawler:
    """A crawler with a run whose state is in memory."""
    return get_crawler(
        settings_dict={"EXTENSIONS": {"crawler.extensions.run.Run": 0}, "DUPLICATE_DAYS": 14, **settings}
    )


def test_a_page_becomes_a_draft_and_then_an_article() -> None:
    draft, cleaned, record = through(PAGE)
    assert isinstance(draft, Draft)
    assert cleaned is draft
    assert isinstance(record, Article)
    assert record.body == STORY.text


def test_a_rejection_passes_every_stage_as_it_is() -> None:
    refused = Rejection(url="x", site=None, fetched_at=None, reason=Reason.ERROR, detail="HTTP 500")
    crawler = made(NEAR_DUPLICATES="mark")
    assert asyncio.run(Extract.from_crawler(crawler).process_item(refused)) is refused
    for stage in (Clean(), Judge(crawler), Revise.from_crawler(crawler), Deduplicate.from_crawler(crawler)):
        assert stage.process_item(refused) is refused


def test_engine_options_come_from_the_settings() -> None:
    *_, record = through(PAGE, ENGINE_OPTIONS={"min_body_words": 10_000})
    assert isinstance(record, Rejection)
    assert record.reason is Reason.TOO_SHORT
    with pytest.raises(TypeError, match="no_such_option"):
        through(PAGE, ENGINE_OPTIONS={"no_such_option": 1})


def test_workers_begin_once_a_seed_has_something_to_read_and_not_where_nothing_is_new() -> None:
    crawler = made(ENGINE_PROCESSES=1, ENGINE_TIMEOUT=30)
    stage = Extract.from_crawler(crawler)

    async def answered(status: int, request: Request) -> int:
        """How many workers there are after an answer."""
        response = Response(request.url, status=status)
        crawler.signals.send_catch_log(signals.response_received, response=response, request=request)
        await asyncio.sleep(0)
        return len(multiprocessing.active_children())

    async def answers() -> list[int]:
        robots = Request("https://arabkhabar.com/robots.txt", callback=NO_CALLBACK)
        seed = Request("https://arabkhabar.com/feed", callback=print)
        try:
            return [await answered(*one) for one in ((200, robots), (304, seed), (200, seed), (200, seed))]
        finally:
            await stage.close_spider()

    assert asyncio.run(answers()) == [0, 0, 1, 1]


def test_a_mirror_of_an_unknown_site_is_named() -> None:
    with pytest.raises(SiteError, match=r"SITE_MIRRORS: no site is called 'nobody'; scrapy list names them"):
        through(PAGE, SITE_MIRRORS={"nobody": "http://127.0.0.1:1"})


def test_the_same_words_under_another_address_are_a_rejection_that_names_the_first() -> None:
    *_, record = through(PAGE)
    stage = Deduplicate.from_crawler(made(NEAR_DUPLICATES="mark"))
    assert stage.process_item(record) is record
    again = stage.process_item(replace(record, url="https://arabkhabar.com/a/2"))
    assert (again.reason, again.detail) == (Reason.DUPLICATE, "the same words as https://arabkhabar.com/a/1")
    assert stage.process_item(record) is record, "an article is no duplicate of itself"


def test_a_policy_that_does_not_exist_is_named() -> None:
    with pytest.raises(OptionError, match="NEAR_DUPLICATES='keep': 'mark' or 'drop'"):
        Deduplicate.from_crawler(made(NEAR_DUPLICATES="keep"))


def test_the_lines_that_a_site_repeats_are_taken_out_of_its_pages(tmp_path: Path) -> None:
    line = STORY.body[1]
    learned = tmp_path / "sites.json"
    found = {"sites": {"arabkhabar.com": {"documents": 9, "lines": [{"text": line, "documents": 9}]}}}
    learned.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    _, _, record = through(PAGE, SITE_BOILERPLATE=str(learned))
    assert isinstance(record, Article)
    assert record.body == STORY.text.replace(f"{line}\n\n", "")
    assert ("site_boilerplate", line) in {(piece.rule, piece.text) for piece in record.removed}
    _, _, other = through(replace(PAGE, url="https://other.example/1"), SITE_BOILERPLATE=str(learned))
    assert isinstance(other, Article)
    assert line in other.body
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[]", encoding="utf-8")
    with pytest.raises(RecordError, match="no file of site boilerplate"):
        through(PAGE, SITE_BOILERPLATE=str(wrong))
