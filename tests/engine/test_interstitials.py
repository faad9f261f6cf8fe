"""Pages that come in an article's place with HTTP 200 are no articles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler import engine
from crawler.engine.interstitials import KINDS, sayings
from crawler.engine.options import Options
from crawler.items import Article, Page, Reason, Rejection

OTHER = (
    "Whoever reads these words would think that somebody had written them for the paper, as they are plain and long."
)
STORY = "The council met on Monday evening and voted for the bridge that people on both banks have been waiting for."


def made(title: str, *blocks: str, h1: str = "") -> Page:
    text = "".join(f"<p>{block}</p>" for block in blocks)
    html = f"<html><head><title>{title}</title></head><body><main><h1>{h1}</h1>{text}</main></body></html>"
    return Page(url="https://harbour.example/world/1", body=html.encode(), content_type="text/html; charset=utf-8")


def refused(page: Page) -> tuple[Reason, str]:
    record = engine.process(page)
    assert isinstance(record, Rejection)
    return record.reason, record.detail


TITLES = [(kind, title) for kind, said in sayings().items() for title in said.titles.values()]
TEXTS = [(kind, text) for kind, said in sayings().items() for text in said.texts.values()]


@pytest.mark.parametrize(("kind", "title"), TITLES)
def test_the_title_of_such_a_page_says_what_it_is(kind: str, title: str) -> None:
    for written in (title, f"{title} | Harbour Herald", f"Harbour Herald - {title}"):
        assert refused(made(written, OTHER, OTHER)) == (KINDS[kind][0], f"{KINDS[kind][1]}: «{title}»")


@pytest.mark.parametrize(("kind", "text"), TEXTS)
def test_the_beginning_of_such_a_page_says_what_it_is(kind: str, text: str) -> None:
    reason, detail = refused(made("Harbour Herald", f"{OTHER} {text}, {OTHER}", OTHER))
    assert (reason, detail) == (KINDS[kind][0], f"{KINDS[kind][1]}: «{text}»")


def test_a_soft_404_may_say_so_in_its_heading_alone() -> None:
    page = made("نبض المدينة", OTHER, OTHER, h1="عذراً.. الصفحة التي تبحثُ عنها غير موجودة!")
    assert refused(page) == (Reason.ERROR, "a page that says «not found»: «الصفحة التي تبحث عنها»")


@pytest.mark.parametrize(
    "page",
    [
        made("Bridge vote – Harbour Herald", STORY, OTHER, STORY, "On their site they read: The page cannot be found."),
        made("Robot check at the harbour gate | Harbour Herald", STORY, OTHER),
        made("Why the 404 bus is late", STORY, OTHER, h1="Why the 404 bus is late"),
        made("Not found: where the ferry's anchor may be", STORY, OTHER),
    ],
)
def test_a_short_article_that_speaks_of_such_things_is_one(page: Page) -> None:
    assert isinstance(engine.process(page), Article)


def test_an_article_is_not_whole_where_a_robot_check_came_for_its_second_page() -> None:
    first = made("Bridge vote – Harbour Herald", STORY, OTHER, STORY)
    wall = made(
        "Just a moment...", "Checking if the site connection is secure, which takes a few seconds of your time."
    )
    assert refused(replace(first, parts=(wall,)))[0] is Reason.BLOCKED
    assert isinstance(engine.process(replace(first, parts=(made("Bridge vote", OTHER, STORY),))), Article)


@pytest.mark.parametrize("where", ["<header>{}</header>{}", "{1}<footer>{0}</footer>"])
def test_a_box_for_logging_in_makes_no_login_form_of_a_short_article(where: str) -> None:
    box = "<div class='modal'><h1>تسجيل الدخول</h1><p>البريد الإلكتروني</p></div>"
    story = f"<main><h1>The council votes for the bridge</h1><p>{STORY}</p><p>{OTHER}</p></main>"
    html = f"<html><title>The council votes for the bridge</title><body>{where.format(box, story)}</body></html>"
    assert isinstance(engine.process(Page(url="https://harbour.example/world/1", body=html.encode())), Article)


def test_a_long_article_is_one_whatever_its_title() -> None:
    page = made("Access denied | Harbour Herald", *(f"{STORY} It was vote number {n}." for n in range(12)))
    assert isinstance(engine.process(page), Article)
    assert isinstance(engine.process(page, options=Options(interstitial_words=400)), Rejection)
