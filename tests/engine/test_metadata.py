"""What a page says about its article, and which source won."""

from __future__ import annotations

import pytest

from crawler import engine
from crawler.engine.people import people
from crawler.engine.structured import load_json
from crawler.items import Article, Page

BODY = "".join(
    f"<p>فقرة رقم {n} من الخبر تحكي ما جرى في المدينة يوم الجمعة الماضي وما قاله المسؤولون عنه.</p>" for n in range(4)
)


def process(head: str, before: str = "<h1>افتتاح حديقة عامة كبيرة في الواحة</h1>", **page: object) -> Article:
    html = f"<html lang='ar'><head>{head}</head><body><main>{before}<div class='body'>{BODY}</div></main></body></html>"
    record = engine.process(Page(url="https://news.example/world/1?utm_source=x", body=html.encode(), **page))  # type: ignore[arg-type]
    assert isinstance(record, Article)
    return record


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_json_ld_wins_and_the_winner_is_recorded() -> None:
    record = process(
        ld(
            '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "افتتاح حديقة عامة كبيرة في الواحة", "datePublished": "2026-11-20T08:00:00+03:00", "dateModified": "2026-11-20T09:00:00+03:00", "author": [{"@type": "Person", "name": "منى العلي"}, {"@type": "Organization", "name": "وكالة"}], "articleSection": ["محليات"], "description": "وصف"}]}'
        )
        + '<meta property="article:published_time" content="2020-01-01">'
    )
    assert (record.date_published, record.date_modified) == ("2026-11-20T08:00:00+03:00", "2026-11-20T09:00:00+03:00")
    assert record.authors == ("منى العلي",)
    assert (record.section, record.description) == ("محليات", "وصف")
    assert record.field_sources["date_published"] == "json-ld"


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1,}',
        '<!-- {"a": 1} -->',
        '{"a": 1};',
        '//<![CDATA[\n{"a": 1}\n//]]>',
        '{"a": 1, "b": "line\nbreak"}',
    ],
)
def test_json_is_read_as_publishers_write_it(text: str) -> None:
    data = load_json(text)
    assert data["a"] == 1


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "not json"])
def test_hopeless_json_is_none(text: str) -> None:
    assert load_json(text) is None


def test_without_json_ld_meta_tags_the_page_and_the_feed_are_asked() -> None:
    record = process(
        "<title>افتتاح حديقة عامة كبيرة في الواحة - نبض المدينة</title><meta property='og:site_name' content='نبض المدينة'><meta name='author' content='بقلم: خالد الأسمر'>",
        fetched_at=None,
        hints={"date_published": "Tue, 24 Mar 2026 23:31:31 +0000", "section": "العالم"},
    )
    assert record.headline == "افتتاح حديقة عامة كبيرة في الواحة"
    assert record.authors == ("خالد الأسمر",)
    assert (record.date_published, record.field_sources["date_published"]) == ("2026-03-24T23:31:31+00:00", "feed")
    assert record.section == "العالم"


def test_a_page_without_a_date_has_none() -> None:
    record = process("", fetched_at="2026-11-23T00:00:00+00:00")
    assert record.date_published is None
    assert "date_published" not in record.field_sources


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("https://news.example/world/1", "https://news.example/world/1"),
        ("/world/one", "https://news.example/world/one"),
        ("https://elsewhere.example/world/1", "https://news.example/world/1"),
        ("http://[broken", "https://news.example/world/1"),
    ],
)
def test_a_canonical_address_is_believed_on_the_same_host_only(link: str, wanted: str) -> None:
    assert process(f"<link rel='canonical' href='{link}'>").canonical_url == wanted


def test_the_script_of_the_text_outweighs_a_wrong_lang() -> None:
    html = f"<html lang='en'><body><div>{BODY}</div></body></html>"
    record = engine.process(Page(url="https://x.example/1", body=html.encode()))
    assert isinstance(record, Article)
    assert (record.language, record.field_sources["language"]) == ("ar", "script")


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["By Jane Doe and John Roe"], ("Jane Doe", "John Roe")),
        (["كتبت: منى العلي"], ("منى العلي",)),
        (["RT Arabic", "منى العلي"], ("منى العلي",)),
        (["https://x.example/author/1", "me@x.example", "Staff 24"], ()),
        (["Jane Doe", "jane doe"], ("Jane Doe",)),
    ],
)
def test_authors_are_people(names: list[str], wanted: tuple[str, ...]) -> None:
    assert people(names, {"RT Arabic"}) == wanted
