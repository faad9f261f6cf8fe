"""What a run's digest holds, and what each monitor says of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import OptionError
from crawler.items import Reason, Rejection, Removed
from crawler.reports.digest import LINE, LOOKED_AT, NAMES, SAMPLES, Digest
from crawler.reports.monitors import MONITORS, Limits, Watched, alerts, prometheus
from crawler.sites.site import Site
from tests.records.samples import article

SITE = Site(
    name="example",
    domains=("news.example",),
    language="en",
    seeds=(),
    article_url=r"/\d+",
    content=("div.story",),
    drop=("div.promo", "div.gone"),
)
PAGE = b"<html><body><div class=story><p>Words.</p><div class=promo>Join us</div></div></body></html>"


def watched(digest: dict[str, Any] | None = None, hour: int = 9, **stats: Any) -> Watched:
    return Watched(digest or {}, stats, hour)


def refused(url: str) -> Rejection:
    fetched_at = "2026-11-25T09:00:00+00:00"
    return Rejection(url=url, site="example", reason=Reason.PAYWALL, detail="a stub", fetched_at=fetched_at)


def counted(**counts: dict[str, int]) -> Watched:
    return watched({"counts": counts})


def said(run: Watched, before: list[Watched], limits: Limits | None = None) -> dict[str, str]:
    return dict(alerts(run, before, limits or Limits()))


# --- the digest ---------------------------------------------------------------------------------


def test_a_digest_counts_records_and_keeps_a_few_samples_of_each_kind() -> None:
    digest = Digest()
    piece = Removed(kind="source", rule="label", text="المصدر: RT")
    for number in range(2 * SAMPLES):
        digest.add(article(url=f"https://news.example/{number}", removed=(piece,)))
        digest.add(refused(f"https://news.example/x{number}"))
    digest.add(article(url="https://news.example/twin", duplicate_of="https://news.example/1"))
    found = digest.as_dict()
    assert found["counts"]["sites"] == {"example": 2 * SAMPLES + 1}
    assert found["counts"]["removed"] == {"source": 2 * SAMPLES}
    assert found["counts"]["rejections"] == {"PAYWALL": 2 * SAMPLES}
    assert len(found["samples"]["removed"]["source"]) == len(found["samples"]["rejections"]["PAYWALL"]) == SAMPLES
    assert found["samples"]["duplicates"]["named"] == [
        {"url": "https://news.example/twin", "of": "https://news.example/1"}
    ]


@pytest.mark.parametrize("line", ["إقرأ المزيد", "المصدر: RT", "Read more:"])
def test_a_label_of_the_phrase_lists_that_stands_in_a_body_is_a_leak(line: str) -> None:
    digest = Digest()
    digest.add(article(body=f"The council met on Monday.\n\n{line}\n\nIt will meet again."))
    assert digest.as_dict()["samples"]["leaks"]["lines"][0]["text"] == line


def test_a_clean_body_leaks_nothing() -> None:
    digest = Digest()
    digest.add(article())
    assert "leaks" not in digest.as_dict()["counts"]


def test_the_pages_of_a_site_are_looked_at_until_they_are_enough() -> None:
    digest = Digest()
    for _ in range(LOOKED_AT):
        assert digest.wants_pages(SITE)
        digest.look_at(SITE, PAGE)
    assert not digest.wants_pages(SITE)
    matched = {"div.story": LOOKED_AT, "div.promo": LOOKED_AT, "div.gone": 0}
    assert digest.as_dict()["selectors"] == {"example": {"pages": LOOKED_AT, "matched": matched}}


def test_a_digest_of_a_large_crawl_stays_small() -> None:
    digest = Digest()
    for number in range(5_000):
        long = "word " * 1000
        digest.add(article(site=f"site{number}", body=f"Line {number}.\n\n{long}\n\nEnd of {number}."))
        digest.add(article(site=f"site{number}", body=f"{long}{number}"))
        digest.answered(f"https://host{number}.example/", 0.1)
    assert len(digest.as_dict()["counts"]["sites"]) == len(digest.hosts) == NAMES
    assert len(digest.lines) <= 20 * NAMES + 2
    assert max(map(len, digest.lines)) <= LINE


# --- the monitors -------------------------------------------------------------------------------


def test_a_selector_that_matched_and_does_not_any_more_is_named_with_its_site() -> None:
    usual = watched({"selectors": {"example": {"pages": 20, "matched": {"div.story": 19, "div.rare": 1}}}})
    now = watched({"selectors": {"example": {"pages": 20, "matched": {"div.story": 0, "div.rare": 0}}}})
    message = said(now, [usual])["dead_selectors"]
    assert message == "has the site a new layout? example: div.story matches 0 of 20 pages (usually 95%)"
    assert not said(usual, [usual])


def test_a_selector_is_not_dead_on_too_few_pages_or_where_it_never_matched() -> None:
    few = watched({"selectors": {"example": {"pages": 3, "matched": {"div.story": 0}}}})
    usual = watched({"selectors": {"example": {"pages": 20, "matched": {"div.story": 20}}}})
    never = watched({"selectors": {"example": {"pages": 20, "matched": {"div.story": 0}}}})
    assert not said(few, [usual])
    assert not said(never, [])
    assert not said(never, [never])


def test_far_fewer_articles_than_usual_at_this_hour_are_noticed() -> None:
    before = [watched({"counts": {"sites": {"example": 100}}}, hour=hour) for hour in (8, 9, 10, 9, 9)]
    at_night = [watched({"counts": {"sites": {"example": 5}}}, hour=2) for _ in range(5)]
    few = counted(sites={"example": 20})
    assert said(few, before + at_night)["fewer_articles"] == "20 articles, around 100 are usual at this hour"
    assert not said(counted(sites={"example": 40}), before)
    assert not said(few, before[:4]), "too few runs to know what is usual"
    assert "fewer_articles" in said(counted(sites={"example": 60}), before, Limits.of({"fewer": 0.9}))


def test_most_pages_without_an_article_are_noticed_and_their_reasons_named() -> None:
    run = counted(sites={"example": 4}, rejections={"PAYWALL": 9, "NO_CONTENT": 2, "UNCHANGED": 500})
    assert said(run, [])["rejections"].startswith("11 of 15 pages gave no article: PAYWALL 9")
    assert not said(counted(sites={"example": 4}, rejections={"UNCHANGED": 500}), [])


def test_a_field_that_is_not_filled_any_more_is_named() -> None:
    before = [counted(sites={"example": 20}, fields={"authors": 18, "section": 2})] * 5
    run = counted(sites={"example": 20}, fields={"section": 0})
    assert said(run, before)["empty_fields"] == "fields that are filled less: authors 0% (usually 90%)"


def test_boilerplate_in_bodies_and_lines_that_repeat_are_quoted() -> None:
    run = watched(
        {
            "counts": {"sites": {"example": 10}, "leaks": {"lines": 3}, "repeated": {"join our channel": 8}},
            "samples": {"leaks": {"lines": [{"text": "إقرأ المزيد", "url": "https://news.example/1"}]}},
        }
    )
    found = said(run, [])
    assert found["leaked_boilerplate"] == "3 lines of boilerplate in 10 articles, «إقرأ المزيد» is one"
    assert found["repeated_lines"] == "8 of 10 articles begin or end with «join our channel»"


def test_feeds_and_seeds_that_failed_are_counted() -> None:
    run = watched({}, **{"feedexport/failed_count/S3FeedStorage": 2, "feeds/failed": 1, "news/seeds/failed": 3})
    assert said(run, []) == {
        "feed_failures": "not written: feedexport/failed_count/S3FeedStorage 2, feeds/failed 1",
        "failed_seeds": "3 seeds failed",
    }


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 23))
def test_a_run_like_those_before_it_raises_no_alert(articles: int, authors: int, hour: int) -> None:
    run = watched({"counts": {"sites": {"example": articles}, "fields": {"authors": min(articles, authors)}}}, hour)
    assert not said(run, [run] * 10)


@pytest.mark.parametrize("given_limits", [{"nonsense": 1}, {"fewer": "half"}, {"fewer": True}])
def test_a_limit_that_there_is_not_is_named(given_limits: dict[str, Any]) -> None:
    with pytest.raises(OptionError, match=f"MONITORS: '{next(iter(given_limits))}'"):
        Limits.of(given_limits)


def test_prometheus_reads_the_run() -> None:
    from prometheus_client.parser import text_string_to_metric_families  # noqa: PLC0415

    run = counted(sites={"example": 4}, rejections={"PAYWALL": 9, "ERROR": 2}, removed={"tags": 3})
    text = prometheus("example", run, alerts(run, [], Limits()))
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    values = {(one.name, *sorted(one.labels.items())): one.value for one in samples}
    assert values[("crawler_articles", ("spider", "example"))] == 4
    assert values[("crawler_rejections", ("reason", "PAYWALL"), ("spider", "example"))] == 9
    raised = {one.labels["monitor"]: one.value for one in samples if one.name == "crawler_alert"}
    assert raised == {monitor.__name__: float(monitor.__name__ == "rejections") for monitor in MONITORS}
