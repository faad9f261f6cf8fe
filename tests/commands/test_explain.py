"""scrapy explain and scrapy shell: why a line is gone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from crawler import batch
from crawler.explain import page as page_of
from crawler.explain.difference import differences
from crawler.explain.pieces import OUTSIDE, Explanation, explained
from crawler.fetching import loaded
from crawler.items import ARTICLE_FIELDS, Article, Page, Rejection
from crawler.records.plain import fields_of
from crawler.sites import all_sites
from tests.browser import browser, opens_clean
from tests.conftest import ROOT, run_scrapy
from tests.newsroom import pages
from tests.newsroom.server import Newsroom
from tests.newsroom.stories import all_stories

FIXTURE = ROOT / "tests/sites/rt_arabic/read_more_and_list"


def scrapy(*args: str, newsroom: Newsroom | None = None, given: str = "") -> subprocess.CompletedProcess[str]:
    return run_scrapy(newsroom, Path("/nowhere"), *args, given=given)


def explanation(folder: Path = FIXTURE) -> Explanation:
    page = loaded(str(folder))
    return explained(page, all_sites()[page.site or ""])


# --- the explanation ----------------------------------------------------------------------------


@pytest.mark.parametrize("folder", sorted((ROOT / "tests/sites").glob("*/*/")), ids=lambda path: path.name)
def test_an_explanation_has_the_record_and_every_word_of_the_page_once(folder: Path) -> None:
    found = explanation(folder)
    assert found.record == batch.process(found.page)
    assert isinstance(found.record, Article)
    words = " ".join(part.text for part in found.parts).split()
    assert words == found.record.raw_text.split()
    kept = "".join(part.text for part in found.parts if part.rule is None)
    assert len("".join(kept.split())) >= len("".join(found.record.body.split()))


def test_each_piece_that_was_taken_has_its_rule_its_kind_and_the_evidence() -> None:
    found = explanation()
    source = next(part for part in found.parts if part.text == "المصدر: RT")
    assert (source.rule, source.kind, source.evidence) == ("label", "source", "says «المصدر:»")
    assert source.about
    assert source.about.startswith("A block that begins with a label and a colon")
    assert all(part.about and part.evidence for part in found.parts if part.rule not in (None, OUTSIDE))
    assert isinstance(found.record, Article)
    removed = {(piece.rule, piece.text) for piece in found.record.removed}
    assert removed <= {(part.rule, part.text) for part in found.parts}


def test_a_page_that_is_no_article_is_explained_too() -> None:
    found = explained(Page(url="https://x.example/", body=b"%PDF-1.7", content_type="application/pdf"))
    assert isinstance(found.record, Rejection)
    assert found.parts == ()
    short = explained(Page(url="https://x.example/", body=b"<html><body><p>Short.</p></body></html>"))
    assert isinstance(short.record, Rejection)
    assert [part.text for part in short.parts] == ["Short."]
    for one in (found, short):
        assert f"Rejection {one.record.reason}" in page_of.html(one)


# --- the command --------------------------------------------------------------------------------


def test_a_saved_page_is_shown_with_its_pieces_and_no_colours_in_a_pipe() -> None:
    done = scrapy("explain", str(FIXTURE))
    assert done.returncode == 0, done.stderr
    assert "المصدر: RT\n  ✂ label (source): says «المصدر:»" in done.stdout
    assert "\033[" not in done.stdout
    assert explanation().record.url in done.stdout, "no address is broken over lines"


def test_one_rule_alone_and_standard_input() -> None:
    html = (FIXTURE / "page.html").read_text(encoding="utf-8")
    done = scrapy("explain", "-", "--url", "https://arabic.rt.com/health/1-x/", "--rule", "label", given=html)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("✂") == done.stdout.count("✂ label") == 2
    assert "rt_arabic, main content by selector" in done.stdout


def test_a_live_page_is_fetched_as_a_crawl_would(newsroom: Newsroom) -> None:
    story = all_stories()[0]
    done = scrapy("explain", newsroom.publisher.origin + pages.publisher_path(story), newsroom=newsroom)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(story.headline)
    assert story.body[0] in done.stdout


def test_two_records_of_a_page_are_compared(tmp_path: Path) -> None:
    record = batch.process(loaded(str(FIXTURE)))
    assert isinstance(record, Article)
    same = fields_of(record, ARTICLE_FIELDS)
    assert differences(same, record) == []
    paragraphs = record.body.split("\n\n")
    other = {**same, "body": "\n\n".join([*paragraphs[1:], "إقرأ المزيد"]), "source": None}
    feed = tmp_path / "a.jsonl"
    feed.write_text(json.dumps({"url": "https://other.example/"}) + "\n" + json.dumps(other) + "\n", encoding="utf-8")
    done = scrapy("explain", str(FIXTURE), "--diff", str(feed))
    assert done.returncode == 0, done.stderr
    assert f"+ {paragraphs[0]}" in done.stdout
    assert "- إقرأ المزيد" in done.stdout
    assert "source\n+ RT" in done.stdout
    later = scrapy("explain", str(FIXTURE), "--diff", str(FIXTURE.with_name("new_layout") / "page.html"))
    assert "differences" in later.stdout


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        ([], 2, "name one address"),
        (["/nowhere.html"], 1, "/nowhere.html"),
        ([str(FIXTURE), "--rule", "nonsense"], 2, "invalid choice: 'nonsense'"),
        ([str(FIXTURE), "--diff", "/nowhere.jsonl"], 1, "/nowhere.jsonl, line 1"),
        ([str(FIXTURE), "--html", "/nowhere/out.html"], 1, "/nowhere/out.html"),
    ],
)
def test_what_cannot_be_explained_is_said(args: list[str], code: int, message: str) -> None:
    done = scrapy("explain", *args)
    assert done.returncode == code
    assert message in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


# --- the shell ----------------------------------------------------------------------------------


def test_the_shell_has_the_article_its_blocks_and_its_reasons_at_hand(newsroom: Newsroom) -> None:
    story = all_stories()[0]
    address = newsroom.publisher.origin + pages.publisher_path(story)
    code = (
        "(article.headline, len(blocks) > 20, removed('source')[0].rule, explain('label'), clean('المصدر: RT'), site)"
    )
    done = scrapy("shell", address, "-c", code, newsroom=newsroom)
    assert f"('{story.headline}', True, 'label', None, '', " in done.stdout, done.stderr
    assert "✂ label (source)" in done.stdout
    assert "[s]   removed()" in done.stdout


def test_the_shell_reads_a_saved_page_and_a_person_may_look_at_it() -> None:
    given = (
        "print(article.headline)\nfetch('./tests/sites/arabkhabar/republished/page.html')\nprint(article.headline)\n"
    )
    command = [sys.executable, "-m", "scrapy", "shell", "-L", "ERROR", "./tests/sites/rt_arabic/new_layout/page.html"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, input=given)
    for folder in ("rt_arabic/new_layout", "arabkhabar/republished"):
        wanted = json.loads((ROOT / "tests/sites" / folder / "expected.json").read_text(encoding="utf-8"))
        assert wanted["headline"] in done.stdout, done.stderr


# --- in a browser -------------------------------------------------------------------------------


def test_the_page_works_in_a_browser_by_mouse_and_keyboard_and_is_set_from_right_to_left(tmp_path: Path) -> None:
    path = tmp_path / "explained.html"
    done = scrapy("explain", str(FIXTURE), "--html", str(path))
    assert done.returncode == 0, done.stderr
    assert not re.search(r"\bsrc=|<link|@import|url\(", path.read_text(encoding="utf-8")), "nothing is loaded"
    with browser() as opened:
        opens_clean(opened, path)
        story = opened.find_element(By.CSS_SELECTOR, "section:first-child p[dir=auto]")
        assert story.value_of_css_property("direction") == "rtl"
        cut = next(b for b in opened.find_elements(By.CSS_SELECTOR, ".cut") if b.text == "المصدر: RT")
        why = opened.find_element(By.ID, cut.get_attribute("aria-controls") or "")
        assert not why.is_displayed()
        cut.send_keys(Keys.ENTER)
        assert why.is_displayed()
        assert why.text.startswith("label (source): A block that begins with a label")
        assert cut.get_attribute("aria-expanded") == "true"
        cut.click()
        assert not why.is_displayed()
        Select(opened.find_element(By.ID, "rule")).select_by_value("label")
        shown = [one for one in opened.find_elements(By.CSS_SELECTOR, ".cut") if one.is_displayed()]
        assert len(shown) == 2
        assert not any(one.is_displayed() for one in opened.find_elements(By.CSS_SELECTOR, ".kept"))


def test_the_page_has_a_light_and_a_dark_form(tmp_path: Path) -> None:
    path = tmp_path / "explained.html"
    path.write_text(page_of.html(explanation()), encoding="utf-8")
    colours = []
    for scheme in ("light", "dark"):
        with browser() as opened:
            media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
            opened.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
            opens_clean(opened, path)
            colours.append(opened.find_element(By.TAG_NAME, "body").value_of_css_property("background-color"))
    assert colours[0] != colours[1]
