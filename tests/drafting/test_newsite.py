"""scrapy newsite: pages of a site -> its definition."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from crawler import engine
from crawler.drafting.definition import Visit, module, propose
from crawler.engine.toml import read_toml
from crawler.errors import RecordError
from crawler.items import Article, Page
from crawler.sites import Site
from tests.conftest import ROOT, run_scrapy
from tests.newsroom import pages
from tests.newsroom.server import Newsroom
from tests.newsroom.stories import all_stories

NEAR = ("-s", "PRIVATE_NETWORKS_ALLOWED=True", "-s", "CRAWL_DELAY_ENABLED=False")


def newsite(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return run_scrapy(None, folder / "output", "newsite", *NEAR, *args, "--folder", str(folder))


def drafted(folder: Path, name: str) -> Site:
    """The definition as the project would import it."""
    path = folder / f"crawler/sites/{name}.py"
    spec = importlib.util.spec_from_file_location(f"crawler.sites.{name}", path)
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert isinstance(made.SITE, Site)
    return made.SITE


def saved(url: str, answer: pages.Answer) -> Page:
    return Page(url=url, body=answer.body, content_type=answer.content_type)


def words(page: Page, site: Site) -> str:
    record = engine.process(page, site)
    assert isinstance(record, Article), record
    return record.body


# --- the three layouts of the newsroom ----------------------------------------------------------


@pytest.mark.parametrize(
    ("layout", "content"),
    [("old", "div.js-mediator-article"), ("new", None), ("aggregator", "div.content-text")],
)
def test_a_site_is_drafted_by_its_address_and_its_articles_are_right_without_a_hand(
    newsroom: Newsroom, tmp_path: Path, layout: str, content: str | None
) -> None:
    here = newsroom.aggregator if layout == "aggregator" else newsroom.publisher
    gold = {}
    for story in all_stories():
        if layout == "new":
            path = pages.publisher_path(story)
            here.answers[path] = pages.publisher_page(replace(story, quirk="new_layout"), here.origin)
            gold[path] = story.body
        elif layout == "aggregator":
            gold[pages.aggregator_path(story)] = story.body
        elif not story.quirk:
            gold[pages.publisher_path(story)] = story.body
    assert len(gold) > 20
    done = newsite(tmp_path, f"{here.origin}/", "--name", "mine")
    assert done.returncode == 0, done.stderr
    site = drafted(tmp_path, "mine")
    assert content is None or site.content == (content,)
    assert site.content, "each layout has a container of its own"
    for path, body in gold.items():
        answer = here.answers[path]
        assert site.is_article(here.origin + path)
        assert words(saved(here.origin + path, answer), site) == "\n\n".join(body), path
    assert not site.is_article(f"{here.origin}/news/")
    asked = [path for path in here.articles_asked() if path in gold]
    assert len(asked) <= 6, "a draft costs few requests"


def test_the_seeds_that_name_something_are_in_the_draft_and_a_fixture_is_beside_it(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    origin = newsroom.publisher.origin
    done = newsite(tmp_path, origin + pages.publisher_path(all_stories()[3]), "--name", "mine")
    assert done.returncode == 0, done.stderr
    assert [seed.url for seed in drafted(tmp_path, "mine").seeds] == [f"{origin}/rss/", f"{origin}/robots.txt"]
    assert "Feed" in done.stdout
    saved = json.loads((tmp_path / "tests/sites/mine/article/page.json").read_text(encoding="utf-8"))
    assert saved["site"] == "mine"
    made = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*") if path.is_file()}
    assert made == {"crawler", "tests"}, "no feed, no state, no report"


def test_the_draft_comes_with_a_table_of_addresses_as_the_pattern_sorts_them(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    done = newsite(tmp_path, f"{newsroom.publisher.origin}/", "--name", "mine")
    assert done.returncode == 0, done.stderr
    table = read_toml(tmp_path / "tests/sites/mine/addresses.toml")
    site = drafted(tmp_path, "mine")
    assert len(table["articles"]) == 6
    assert all(map(site.is_article, table["articles"]))
    assert f"{newsroom.publisher.origin}/" in table["others"]
    assert not any(map(site.is_article, table["others"]))


# --- saved pages --------------------------------------------------------------------------------


def layout_pages(count: int = 4) -> list[Page]:
    found = []
    for story in [story for story in all_stories() if not story.quirk][:count]:
        answer = pages.publisher_page(story, "https://news.example")
        found.append(saved("https://news.example" + pages.publisher_path(story), answer))
    return found


@pytest.mark.parametrize("number", ["004", "007", "030"])
def test_a_real_page_gives_a_definition_whose_article_is_gold(shared: Path, tmp_path: Path, number: str) -> None:
    index = (shared / "data/arabic/index.jsonl").read_text(encoding="utf-8").splitlines()
    about = next(row for row in map(json.loads, index) if row["id"] == number)
    gold = json.loads((shared / f"data/arabic/gold/{number}.json").read_text(encoding="utf-8"))
    path = shared / "data/arabic" / about["file"]
    done = newsite(tmp_path, str(path), "--url", about["url"], "--name", "real", "--force")
    assert done.returncode == 0, done.stderr
    site = drafted(tmp_path, "real")
    assert site.content
    assert site.is_article(about["url"])
    body = words(
        Page(url=about["url"], body=path.read_bytes(), content_type=f"text/html; charset={about['encoding']}"), site
    )
    assert body.split() == gold["body"].split()


def test_boxes_that_hold_no_word_of_any_article_are_dropped_and_others_are_not() -> None:
    site = propose(Visit(layout_pages()), "mine").site
    assert "div.arcticle__read-more" in site.drop
    for page in layout_pages(12):
        assert words(page, site) == words(page, replace(site, drop=(), content=()))


def test_the_module_is_what_a_person_would_write(tmp_path: Path) -> None:
    proposal = propose(Visit(layout_pages()), "mine")
    path = tmp_path / "crawler/sites/mine.py"
    path.parent.mkdir(parents=True)
    path.write_text(module(proposal, "2026-11-25"), encoding="utf-8")
    assert drafted(tmp_path, "mine") == proposal.site
    ruff = str(Path(sys.executable).with_name("ruff"))
    for check in ("check", "format", "--check"), ("check",):
        command = [ruff, *(check[1:] if len(check) > 1 else check), "--config", str(ROOT / "pyproject.toml"), str(path)]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0, command
    said = path.read_text(encoding="utf-8")
    assert "drafted by `scrapy newsite` on 2026-11-25 from 4 articles" in said
    assert "robots.txt: not read, so not sure" in said


def test_a_draft_is_the_same_whenever_it_is_made() -> None:
    assert module(propose(Visit(layout_pages())), "x") == module(propose(Visit(layout_pages())), "x")


# --- what cannot be -----------------------------------------------------------------------------


def test_pages_without_an_article_are_named_with_their_reasons() -> None:
    empty = Page(url="https://news.example/1", body=b"<html><body><p>Short.</p></body></html>")
    with pytest.raises(RecordError, match=r"no article among 1 pages \(https://news\.example/1: "):
        propose(Visit([empty]))


def test_a_site_that_nobody_serves_has_no_article(tmp_path: Path) -> None:
    done = newsite(tmp_path, "http://127.0.0.1:9/")
    assert done.returncode == 1
    assert done.stderr.endswith("scrapy newsite: no article among 0 pages (none was found)\n")


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        ([], 2, "name one address, or files"),
        (["https://a.example/", "https://b.example/"], 2, "name one address, or files"),
        (["https://arabic.rt.com/"], 1, "belongs to the site rt_arabic (crawler/sites/rt_arabic.py)"),
        (["/nowhere.html"], 1, "/nowhere.html"),
        (["tests/sites/rt_arabic/new_layout/page.html"], 1, "--url says it"),
        (["tests/sites/rt_arabic/new_layout", "--force", "--name", "Bad-Name"], 1, "site 'Bad-Name': name"),
    ],
)
def test_what_cannot_be_drafted_is_said(tmp_path: Path, args: list[str], code: int, message: str) -> None:
    done = newsite(tmp_path, *args)
    assert done.returncode == code, done.stderr
    assert message in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "crawler").exists()


def test_force_writes_over_a_definition_and_keeps_its_fixture_and_print_writes_nothing(tmp_path: Path) -> None:
    fixture = ["tests/sites/rt_arabic/read_more_and_list", "--force", "--name", "mine"]
    shown = newsite(tmp_path, *fixture, "--print")
    assert 'name="mine"' in shown.stdout
    assert not (tmp_path / "crawler").exists()
    assert newsite(tmp_path, *fixture).returncode == 0
    assert (tmp_path / "crawler/sites/mine.py").read_text(encoding="utf-8") == shown.stdout
    (tmp_path / "crawler/sites/mine.py").write_text("", encoding="utf-8")
    checked = tmp_path / "tests/sites/mine/article/expected.json"
    checked.write_text("{}", encoding="utf-8")
    again = newsite(tmp_path, *fixture)
    assert again.returncode == 0, again.stderr
    assert "kept" in again.stdout
    assert (tmp_path / "crawler/sites/mine.py").read_text(encoding="utf-8") == shown.stdout
    assert checked.read_text(encoding="utf-8") == "{}"


def test_a_fixture_that_is_there_is_not_written_over_without_force(tmp_path: Path) -> None:
    page = layout_pages(1)[0]
    (tmp_path / "page.html").write_bytes(page.body)
    draft = (str(tmp_path / "page.html"), "--url", page.url, "--name", "mine")
    assert newsite(tmp_path, *draft).returncode == 0
    (tmp_path / "crawler/sites/mine.py").unlink()
    again = newsite(tmp_path, *draft)
    assert again.returncode == 1
    assert "there is a fixture already" in again.stderr
    assert not (tmp_path / "crawler/sites/mine.py").exists()
