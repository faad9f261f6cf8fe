"""Pages whose text is not in their HTML: JSON-LD tells it."""

from __future__ import annotations

import json
from html import escape

import pytest

from crawler import engine
from crawler.items import Article, Page, Rejection
from crawler.sites import Site
from tests.engine.test_content import P

LEAD = "حديقة كبيرة في وسط المدينة، والدخول إليها مجاني طوال أيام الأسبوع كما تقول البلدية."


def read(shown: str, told: str, site: Site | None = None, **more: str) -> Article:
    article = {"@type": "NewsArticle", "headline": "افتتاح الحديقة", "articleBody": told, **more}
    script = f"<script type='application/ld+json'>{json.dumps(article)}</script>"
    page = (
        f"<html lang='ar'><head>{script}</head><body><h1>افتتاح الحديقة</h1><div id='root'>{shown}</div></body></html>"
    )
    record = engine.process(Page(url="https://x.example/1", body=page.encode()), site)
    assert isinstance(record, Article)
    return record


def test_a_text_that_only_json_ld_tells_is_the_article() -> None:
    record = read("<p>جاري التحميل</p>", "\n".join(P))
    assert record.body == "\n\n".join(P)
    assert record.field_sources["body"] == "articleBody"


def test_the_lead_that_the_page_shows_stands_before_it() -> None:
    record = read(f"<p>{LEAD}</p><p>اشترك لمتابعة القراءة</p>", "\n\n".join(P), description=LEAD)
    assert record.body == "\n\n".join([LEAD, *P])


def test_it_may_be_html_that_was_escaped_twice() -> None:
    told = "".join(f"<p>{text} &laquo;نبض&raquo;</p>" for text in P)
    assert read("", escape(told)).body == "\n\n".join(f"{text} «نبض»" for text in P)


def test_what_is_told_goes_through_the_rules_as_what_is_shown_does() -> None:
    assert read("", "\n".join([*P, "إقرأ أيضاً: نادي الميناء يتأهل إلى النهائي"])).body == "\n\n".join(P)


def test_a_page_that_shows_its_text_is_read_itself() -> None:
    shown = "".join(f"<p>{text}</p>" for text in P)
    for told in (" ".join(P), " ".join(text.replace(".", "!") for text in P), LEAD):
        record = read(shown, told)
        assert record.body == "\n\n".join(P)
        assert record.field_sources["body"] == "scorer"


@pytest.mark.parametrize("headline", ["خبر آخر", ""])
def test_a_listing_that_tells_the_text_of_an_article_is_no_article(headline: str) -> None:
    article = json.dumps([{"@type": "NewsArticle", "headline": headline, "articleBody": "\n".join(P)}] * 3)
    cards = "".join(f"<h3><a href='/n/{n}'>خبر آخر عن المدينة والميناء رقم {n}</a></h3>" for n in range(9))
    page = f"<title>أخبار</title><script type='application/ld+json'>{article}</script><h1>أخبار</h1>{cards}"
    assert isinstance(engine.process(Page(url="https://x.example/news/", body=page.encode())), Rejection)


def test_a_site_that_says_where_its_text_is_is_believed() -> None:
    site = Site("x", ("x.example",), "ar", (), ".", content=("div#root",))
    record = read("".join(f"<p>{text}</p>" for text in P[:3]), "\n".join(P[3:] * 3), site)
    assert record.body == "\n\n".join(P[:3])
