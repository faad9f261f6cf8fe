"""FiveFilters site configs: files that we wrote in that format."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler import engine
from crawler.engine.edits import apply
from crawler.errors import SiteError
from crawler.items import Article, Page, Rejection
from crawler.sites.definitions import Definitions
from crawler.sites.siteconfig import config_for, read_folder
from tests.conftest import Crawl, run_scrapy
from tests.newsroom.server import Newsroom

TEXT = "هذه فقرة من نص الخبر وفيها من الكلمات ما يكفي لتكون فقرة كاملة، وهي الفقرة رقم {} منه."
OTHER = "وهذه فقرة من صندوق آخر في الصفحة، لا شأن لها بالخبر، وإن كانت في طول فقراته، رقمها {}."
PAGE = f"""<html lang="ar"><head><title>عنوان الصفحة - موقع</title></head><body>
<div id="masthead"><span class="kicker">شؤون</span><h2 class="story-name">العنوان الذي يراه القارئ</h2></div>
<p class="who">بقلم: <b>سعاد البكري</b></p><p class="when">20 تشرين الثاني/نوفمبر 2026</p>
<div class="col"><p>{TEXT.format(1)}</p><div class="promo-box"><p>{OTHER.format(1)}</p></div><p>{TEXT.format(2)}</p>
<BR-TAG><p id="sponsor-7">{OTHER.format(2)}</p></div>
<div class="aside">{"".join(f"<p>{OTHER.format(n)}</p>" for n in range(3, 9))}</div></body></html>"""
CONFIG = """# نبض: what a user wrote
title: //h2[@class='story-name']
author: //p[@class='who']/b
date: //p[@class='when']
body: //div[@class='no-such-thing']
body: //div[@class="col"]
strip: //div[contains(@class, 'promo')]
strip_id_or_class: sponsor

tidy: no
prune: yes
find_string: <BR-TAG>
replace_string: <p>TEXT3</p>
replace_string(TEXT3): {text}
replace_string(<i>(a)</i>): <b>(b): c</b>
test_url: https://news.example/1
"""


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name.replace('__', '.')}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def record(configs: Path, page: str = PAGE, url: str = "https://www.news.example/1") -> Article:
    known = Definitions(sites={}, configs=read_folder(configs))
    found = engine.process(Page(url=url, body=page.encode()), known.of(None, url))
    assert isinstance(found, Article), found
    return found


def test_a_config_says_where_body_headline_author_and_date_are_and_what_goes(tmp_path: Path) -> None:
    found = record(folder(tmp_path, news__example=CONFIG.format(text=TEXT.format(3))))
    assert found.body.split("\n\n") == [TEXT.format(n) for n in (1, 2, 3)]
    assert found.headline == "العنوان الذي يراه القارئ"
    assert found.authors == ("سعاد البكري",)
    assert found.date_published == "2026-11-20"
    assert {name: found.field_sources[name] for name in ("body", "headline", "authors", "date_published")} == {
        "body": "selector",
        "headline": "site",
        "authors": "site",
        "date_published": "site",
    }
    assert {piece.rule for piece in found.removed if "صندوق آخر" in piece.text} == {"site_drop"}


def test_without_a_config_the_page_is_the_engine_s_alone(tmp_path: Path) -> None:
    assert record(folder(tmp_path, other__example=CONFIG)).field_sources["body"] == "scorer"


def test_nothing_of_the_search_stays_in_the_page(tmp_path: Path) -> None:
    found = record(folder(tmp_path, news__example="body: //div[@class='col']\nstrip: //div[@class='aside']\n"))
    assert "crawler-at" not in found.raw_text + json.dumps([block.path for block in found.blocks])


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("news.example", "news.example"),
        ("m.news.example", ".news.example"),
        ("a.b.news.example", ".news.example"),
        ("sub.site.example", "sub.site.example"),
        ("site.example", None),
        ("only.example", None),  # «.only.example» is for the hosts below it
        ("m.only.example", ".only.example"),
        ("example", None),
    ],
)
def test_a_host_has_its_own_config_or_that_of_all_hosts_below_one(tmp_path: Path, host: str, name: str | None) -> None:
    rule = "body: //article\n"
    files = dict.fromkeys(["news.example", ".news.example", "sub.site.example", ".only.example"], rule)
    for file, text in files.items():
        (tmp_path / f"{file}.txt").write_text(text, encoding="utf-8")
    configs = read_folder(tmp_path)
    assert config_for(configs, host) is (configs[name] if name else None)


def test_what_a_config_says_that_is_not_known_is_a_warning_with_file_and_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = "body: //div[@class='col']\nmystery: 7\n\ntitle: //h1[\nauthor: php:f(//b)\njust words\nstrip_image_src: ad\nstrip_id_or_class: a\"b\n"
    with caplog.at_level(logging.WARNING):
        config = read_folder(folder(tmp_path, news__example=text))["news.example"]
    path = tmp_path / "news.example.txt"
    assert [entry.getMessage() for entry in caplog.records] == [
        f"{path}, line 2: mystery is no directive that is known",
        f"{path}, line 4: title: '//h1[': Invalid expression",
        f"{path}, line 5: author: 'php:f(//b)': Undefined namespace prefix",
        f"{path}, line 6: neither a comment nor «directive: value»: 'just words'",
        f"{path}, line 8: strip_id_or_class: 'a\"b': Invalid expression",
    ]
    assert dict(config.rules) == {"body": ("//div[@class='col']",)}


def test_a_file_that_is_no_text_is_a_warning_and_a_missing_folder_an_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "bad.example.txt").write_bytes(b"body: \xff\xfe//div")
    assert read_folder(tmp_path) == {}
    assert "bad.example.txt" in caplog.text
    with pytest.raises(SiteError, match=r"SITE_CONFIG_DIR: .*no such folder"):
        read_folder(tmp_path / "nowhere")


def test_a_rule_that_finds_nothing_or_no_element_leaves_it_to_the_engine(tmp_path: Path) -> None:
    text = "body: //section\nbody: string(//h2)\ntitle: //h2[@class='none']\nstrip: count(//p)\nauthor: //b/@class\n"
    found = record(folder(tmp_path, news__example=text))
    assert found.field_sources["body"] == "scorer"
    assert found.field_sources.get("headline") != "site"


RULES = (
    "body: //div\nstrip: //p[2]\nstrip_id_or_class: a\ntitle: //h2\ndate: //p\nauthor: //b\nbody: //p[. = 1 div 0]\n"
)
FRAGMENTS = ["<div class='a'>", "</div>", "<p>", "<h2>", "<b>", TEXT, "\x00", "\x0b", "&#0;", "<svg><p>", "<table><div>", "<!--", "-->", "<", "\ud7ff", "<a:b c:d='e'>", "<p 1=2>"]  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_page_under_a_config_gives_a_record(tmp_path: Path, markup: str) -> None:
    configs = read_folder(folder(tmp_path, news__example=RULES))
    url = "https://news.example/1"
    found = engine.process(Page(url=url, body=markup.encode()), Definitions({}, configs).of(None, url))
    assert isinstance(found, Article | Rejection)
    assert not isinstance(found, Article) or apply(found.raw_text, found.edits) == found.body


@pytest.mark.parametrize("processes", ["0", "1"])
def test_a_crawl_goes_by_the_configs_of_its_folder(
    newsroom: Newsroom, crawl: Callable[..., Crawl], tmp_path: Path, processes: str
) -> None:
    host = urlsplit(newsroom.aggregator.origin).hostname or ""
    configs = tmp_path / "configs"
    configs.mkdir()
    (configs / f"{host}.txt").write_text(
        "body: //div[@id='content']/p[1]\nstrip: //h3\nnonsense: 1\n", encoding="utf-8"
    )
    url = f"{newsroom.aggregator.origin}/a/2762903"
    settings = ("-s", f"SITE_CONFIG_DIR={configs}", "-s", 'ENGINE_OPTIONS={"min_body_words": 5}')
    done = crawl("urls", "-a", f"url={url}", "-s", f"ENGINE_PROCESSES={processes}", *settings)
    assert done.code == 0, done.output
    assert f"{host}.txt, line 3: nonsense is no directive that is known" in done.output
    (article,) = done.records("urls")
    assert article["field_sources"]["body"] == "selector"
    assert "\n\n" not in article["body"]
    shown = run_scrapy(newsroom, tmp_path / "output", "explain", url, *settings)
    assert "main content by selector" in shown.stdout
