"""Articles of many pages come out as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from parsel import Selector

from crawler import engine, paging
from crawler.archives.joining import Joining
from crawler.engine.edits import apply
from crawler.items import Article, Page
from crawler.records import fixtures
from tests.conftest import Crawl, run_scrapy
from tests.newsroom import pages
from tests.newsroom.pages import Answer
from tests.newsroom.server import Newsroom
from tests.newsroom.stories import Story, all_stories
from tests.test_laws import holds

FIRST = "https://x.example/world/12-story"
STORY = next(story for story in all_stories() if len(story.body) >= 4 and not story.quirk)
PARAGRAPH = "وهذه فقرة من الصفحة رقم {} من صفحات الخبر، وفيها من الكلمات ما يكفي لتكون فقرة تامة."


@pytest.mark.parametrize(
    ("first", "url", "wanted"),
    [
        (FIRST, "https://x.example/world/12-story?page=2", 2),
        (FIRST, "https://x.example/world/12-story/2", 2),
        (FIRST, "https://www.x.example/world/12-story/page/3/", 3),
        (FIRST, "https://x.example/world/12-story-2", None),  # another story as often
        (FIRST, "https://x.example/world/12-story?comments=2", None),
        (FIRST, "https://x.example/world/12-story?page=2&sort=new", None),
        (FIRST, "https://x.example/world/13-other?page=2", None),
        (FIRST, "https://y.example/world/12-story?page=2", None),
        (FIRST, "https://x.example/world/12-story", None),
        ("https://x.example/a.html", "https://x.example/a_2.html", 2),
        ("https://x.example/view.aspx?id=7", "https://x.example/view.aspx?id=7&page=2", 2),
        ("https://x.example/view.aspx?id=7", "https://x.example/view.aspx?id=8", None),
        ("https://x.example/خبر-أول", "https://x.example/%D8%AE%D8%A8%D8%B1-%D8%A3%D9%88%D9%84/2", 2),
    ],
)
def test_the_number_of_an_article_s_page_is_in_its_address(first: str, url: str, wanted: int | None) -> None:
    assert paging.page_number(first, url) == wanted


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ('<link rel="next" href="/world/12-story?page=2">', "?page=2"),
        ('<link rel="next" href="/world/12-story-2">', "-2"),
        ('<link rel="next" href="/world/11-another-story">', None),  # the blog's next story
        ('<ul class="pager"><li>1</li><li><a href="?page=2">2</a></li></ul>', "?page=2"),
        ('<a href="/world/12-story/2/">الصفحة التالية</a>', "/2/"),
        ('<a href="/world/12-story?page=2">٢</a>', "?page=2"),
        ('<a href="/world/12-story?page=3">3</a>', None),
        ('<a href="/world/12-story?page=2">تعليقات أقدم</a>', None),
        ('<a href="/world/12-story#2">2</a>', None),
    ],
)
def test_the_link_to_the_next_page_is_told_from_others(markup: str, wanted: str | None) -> None:
    page = f"<html><body><a href='/'>الرئيسية</a>{markup}</body></html>"
    found = paging.following(Selector(text=page), FIRST, 2, FIRST)
    assert found == (FIRST + wanted if wanted else None)
    assert not wanted or paging.may_follow(page.encode(), FIRST, 2, FIRST)


def test_the_next_page_s_address_is_relative_to_the_base_element() -> None:
    base, link = "https://x.example/", b'<a href="world/12-story?page=2">2</a>'
    assert paging.may_follow(link, FIRST, 2, base)
    assert paging.following(Selector(body=link), FIRST, 2, base) == FIRST + "?page=2"


def of_pages(story: Story, count: int) -> list[list[str]]:
    """The bodies of a story's pages: the first its own, the others begin with its lead again."""
    return [list(story.body)] + [
        [PARAGRAPH.format(f"{number}، أولا"), PARAGRAPH.format(f"{number}، ثانيا")] for number in range(2, count + 1)
    ]


def served(newsroom: Newsroom, count: int, *, rel: bool = False) -> tuple[str, list[str]]:
    """A story of so many pages at the publisher: its path, and the whole text."""
    path = pages.publisher_path(STORY)
    texts = of_pages(STORY, count)
    for number, text in enumerate(texts, 1):
        body = text if number == 1 else [STORY.body[0], *text]  # the lead stands on every page
        answer = pages.publisher_page(replace(STORY, body=tuple(body)), newsroom.publisher.origin)
        link = f"{path}?page={number + 1}"
        pager = (
            f'<link rel="next" href="{link}">' if rel else f'<div class="pager"><a href="{link}">{number + 1}</a></div>'
        )
        where = b"</head>" if rel else b'<div id="taboola'
        made = answer.body.replace(where, pager.encode() + where) if number < count else answer.body
        newsroom.publisher.answers[path if number == 1 else f"{path}?page={number}"] = Answer(made)
    return path, [paragraph for text in texts for paragraph in text]


@pytest.mark.parametrize("rel", [True, False], ids=["rel=next", "numbers"])
@pytest.mark.parametrize("spider", ["rt_arabic", "urls"])
def test_an_article_of_three_pages_is_one_record(
    newsroom: Newsroom, crawl: Callable[..., Crawl], spider: str, *, rel: bool
) -> None:
    path, text = served(newsroom, 3, rel=rel)
    url = newsroom.publisher.origin + path
    wanted = ("-a", f"url={url}") if spider == "urls" else ()
    done = crawl(spider, *wanted)
    assert done.code == 0, done.output
    article = next(record for record in done.records(spider) if record["requested_url"] == url)
    assert article["body"].split("\n\n") == text
    assert newsroom.publisher.asked[f"{path}?page=3"] == 1


def test_the_record_of_many_pages_keeps_the_law_of_its_edits() -> None:
    texts = of_pages(STORY, 2)
    first, second = (
        Page(url=FIRST, body=pages.publisher_page(replace(STORY, body=tuple(text)), "https://x.example").body)
        for text in texts
    )
    record = engine.process(replace(first, parts=(second,)))
    assert isinstance(record, Article)
    assert apply(record.raw_text, record.edits) == record.body == "\n\n".join([*texts[0], *texts[1]])
    assert [
        record.raw_text[b.start : b.end] for b in record.blocks if record.raw_text[b.start : b.end] in texts[1]
    ] == texts[1]
    alone = engine.process(first)
    assert isinstance(alone, Article)
    assert record.removed[: len(alone.removed)] == alone.removed
    assert (record.headline, record.keywords, record.source) == (alone.headline, alone.keywords, alone.source)


@pytest.mark.parametrize("at", range(0, 40, 5))
def test_any_pages_put_together_keep_the_laws_of_a_record(at: int) -> None:
    first, *parts = (
        Page(url=FIRST, body=pages.publisher_page(story, "https://x.example").body)
        for story in all_stories()[at : at + 3]
    )
    record = engine.process(replace(first, parts=tuple(parts)))
    holds(record)
    assert isinstance(record, Article)
    assert all(paragraph in record.body for story in all_stories()[at : at + 3] for paragraph in story.body[1:])


def test_a_fixture_is_of_one_page(newsroom: Newsroom, tmp_path: Path) -> None:
    path, _ = served(newsroom, 2)
    url = newsroom.publisher.origin + path
    done = run_scrapy(newsroom, tmp_path / "output", "fixture", url, "--folder", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (folder,) = (found.parent for found in tmp_path.rglob("expected.json"))
    page, wanted = fixtures.load(folder)
    assert fixtures.expected(engine.process(page)) == wanted
    assert not newsroom.publisher.asked[f"{path}?page=2"]


def test_no_more_pages_are_fetched_than_the_setting_says(newsroom: Newsroom, crawl: Callable[..., Crawl]) -> None:
    path, text = served(newsroom, 4)
    done = crawl("urls", "-a", f"url={newsroom.publisher.origin}{path}", "-s", "ARTICLE_MAX_PAGES=2")
    (article,) = done.records("urls")
    assert article["body"].split("\n\n") == text[: len(STORY.body) + 2]
    assert not newsroom.publisher.asked[f"{path}?page=3"]


def test_an_article_whose_second_page_fails_is_rejected_and_whole_in_the_next_run(
    newsroom: Newsroom, crawl: Callable[..., Crawl]
) -> None:
    path, text = served(newsroom, 2)
    good = newsroom.publisher.answers.pop(f"{path}?page=2")
    arguments = ("urls", "-a", f"url={newsroom.publisher.origin}{path}")
    done = crawl(*arguments)
    (rejection,) = done.records("urls", ".rejections.jsonl")
    assert (rejection["reason"], rejection["detail"]) == ("ERROR", "HTTP 404")
    assert done.records("urls") == []
    newsroom.publisher.answers[f"{path}?page=2"] = good
    (article,) = crawl(*arguments, "-a", "again=yes").records("urls")
    assert article["body"].split("\n\n") == text


def test_a_site_config_leads_to_the_next_page_or_to_all_on_one(
    newsroom: Newsroom, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    site, path = newsroom.aggregator, "/a/2762903"
    first = site.answers[path].body.replace(
        b"</body>", b'<i class="on"><a href="/more/x">...</a></i><b><a href="/all/x">+</a></b></body>'
    )
    more = [PARAGRAPH.format("2، أولا"), PARAGRAPH.format("2، ثانيا")]
    made = pages.aggregator_page(replace(all_stories()[2], body=tuple(more)))
    site.answers |= {path: Answer(first), "/more/x": Answer(made), "/all/x": Answer(made)}
    config = tmp_path / "127.0.0.1.txt"
    for directive, rule, wanted in (
        ("next_page_link", "//i[@class='on']/a", [*all_stories()[2].body, *more]),
        ("single_page_link", "//b/a/@href", more),
    ):
        config.write_text(f"{directive}: {rule}\n", encoding="utf-8")
        done = crawl("urls", "-a", f"url={site.origin}{path}", "-a", "again=yes", "-s", f"SITE_CONFIG_DIR={tmp_path}")
        assert done.code == 0, done.output
        assert done.records("urls")[-1]["body"].split("\n\n") == wanted


# --- from an archive ----------------------------------------------------------------------------


@pytest.mark.parametrize("directive", [None, "single_page_link"])
def test_an_article_of_many_pages_is_one_record_of_its_archive_too(
    newsroom: Newsroom, crawl: Callable[..., Crawl], tmp_path: Path, directive: str | None
) -> None:
    path, _ = served(newsroom, 3)
    url = newsroom.publisher.origin + path
    (tmp_path / "127.0.0.1.txt").write_text(
        f"{directive}: //div[@class='pager']/a\n" if directive else "body: //body\n"
    )
    config = ("-s", f"SITE_CONFIG_DIR={tmp_path}")
    keep = ("-s", f"WARC_STORE={tmp_path}/warc", "-s", "WARC_MAXSIZE=1000")  # a file for each answer
    live = crawl("urls", "-a", f"url={url}", *keep, *config)
    assert live.code == 0, live.output
    assert len(list((tmp_path / "warc").iterdir())) > 2
    replay = crawl("archive", "-a", f"path={tmp_path}/warc", *config)
    assert replay.code == 0, replay.output
    assert replay.records("archive") == live.records("urls")
    assert replay.records("archive", ".rejections.jsonl") == []


def test_an_article_whose_second_page_failed_is_not_in_the_replay_of_its_archive_either(
    newsroom: Newsroom, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    path, _ = served(newsroom, 2)
    del newsroom.publisher.answers[f"{path}?page=2"]
    store = ("-s", f"WARC_STORE={tmp_path}/warc")
    live = crawl("urls", "-a", f"url={newsroom.publisher.origin}{path}", *store)
    assert [record["detail"] for record in live.records("urls", ".rejections.jsonl")] == ["HTTP 404"]
    replay = crawl("archive", "-a", f"path={tmp_path}/warc")
    assert (replay.code, replay.records("archive")) == (0, [])


def test_a_page_whose_first_one_is_not_at_hand_is_said(
    newsroom: Newsroom, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    path, _ = served(newsroom, 2)
    url = newsroom.publisher.origin + path
    crawl("urls", "-a", f"url={url}", "-s", f"WARC_STORE={tmp_path}/warc", "-s", "WARC_MAXSIZE=1000")
    last = max((tmp_path / "warc").iterdir())
    replay = crawl("archive", "-a", f"path={last}")
    assert replay.records("archive") == []
    [said] = replay.records("archive", ".rejections.jsonl")
    assert said["detail"] == f"skipped: {url}?page=2 is a page of {url}, which did not wait for it"


def page_of(name: str, body: bytes = b"") -> Page:
    return Page(url=f"https://x.example/{name}", body=body)


def test_pages_that_go_on_wait_for_theirs_and_others_pass() -> None:
    joining = Joining(lambda page: [page, *page.parts][-1].body == b"on" and len(page.parts) < 2)
    first, other, more, end = page_of("a", b"on"), page_of("b"), page_of("a2", b"on"), page_of("a3")
    assert list(joining.begin(first)) == []
    assert list(joining.begin(other)) == [other]
    assert list(joining.go_on(first.url, more, whole=False)) == []
    assert list(joining.go_on(first.url, end, whole=False)) == [replace(first, parts=(more, end))]
    assert not joining.waits(first.url)


def test_what_waits_is_bounded_and_nothing_of_it_is_lost() -> None:
    joining = Joining(lambda _page: True, most=2)
    made = [page_of(str(number)) for number in range(5)]
    assert [page for one in made for page in joining.begin(one)] == made[:3]
    again = page_of("4", b"new")
    assert list(joining.begin(again)) == [made[4]]
    assert list(joining.rest()) == [made[3], again]
    assert list(joining.rest()) == []
