"""The gate: the engine on pages with gold texts, and the floors that it must not fall under."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler import scores
from crawler.commands.evaluate import lifted
from crawler.items import Article, Reason, Rejection
from tests import bench_text
from tests.commands.test_commands import scrapy
from tests.conftest import ROOT
from tests.newsroom import pages
from tests.newsroom.stories import all_stories

FLOORS = ROOT / "tests" / "gold" / "floors.json"


def gold_file(folder: Path, **change: object) -> Path:
    """Three of the newsroom's stories as pages with gold."""
    rows = []
    for story in all_stories()[:3]:
        html = pages.publisher_page(story, "https://arabic.rt.com").body.decode()
        body = story.text
        rows.append({"id": story.id, "url": "https://arabic.rt.com/world/1-b/", "html": html, "body": body, **change})
    path = folder / "stories.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_no_development_set_is_under_its_floor(shared: Path) -> None:
    sets = sorted((shared / "data").glob("dev-*.jsonl.gz"))
    done = scrapy("evaluate", *map(str, sets), "--floors", str(FLOORS), "--workers", "2", seconds=400)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" pages  f1 ") > len(sets)


def test_a_set_has_a_line_and_each_language_has_one(tmp_path: Path) -> None:
    done = scrapy("evaluate", str(gold_file(tmp_path, title="something else")))
    assert done.returncode == 0, done.stderr
    whole, arabic = done.stdout.splitlines()
    assert whole.startswith("stories: 3 pages  f1 1 ")
    assert "title 0 " in whole
    assert arabic.startswith("  stories ar: 3 pages")


def test_a_fall_under_the_floor_ends_with_exit_code_1_and_names_the_figure(tmp_path: Path) -> None:
    path, floors = gold_file(tmp_path), tmp_path / "gold" / "floors.json"
    assert scrapy("evaluate", str(path), "--floors", str(floors), "--raise").returncode == 0
    assert scrapy("evaluate", str(path), "--floors", str(floors)).returncode == 0
    data = json.loads(floors.read_text(encoding="utf-8"))
    data["stories"]["floors"]["f1"] = 1.01
    floors.write_text(json.dumps(data), encoding="utf-8")
    done = scrapy("evaluate", str(path), "--floors", str(floors))
    assert done.returncode == 1
    assert "f1 1.0000, the floor is 1.01" in done.stderr


def test_floors_of_other_pages_do_not_count(tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    assert scrapy("evaluate", str(gold_file(tmp_path)), "--floors", str(floors), "--raise").returncode == 0
    done = scrapy("evaluate", str(gold_file(tmp_path, id="other")), "--floors", str(floors))
    assert done.returncode == 1
    assert "has no floors for these pages" in done.stderr


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 1: no page"),
        ('{"html": "<p>a</p>"}', "line 1: no gold: neither body nor with and without"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    done = scrapy("evaluate", str(path))
    assert done.returncode == 1
    assert f"{path}, {says}" in done.stderr
    assert "Traceback" not in done.stderr


def test_floors_only_go_up_on_the_same_pages() -> None:
    known = {"sha256": "a", "floors": {"f1": 0.9, "leaked": 2}}
    assert lifted(known, "a", {"f1": 0.8, "leaked": 3})["floors"] == {"f1": 0.9, "leaked": 2}
    assert lifted(known, "a", {"f1": 0.98765, "leaked": 0})["floors"] == {"f1": 0.987, "leaked": 0}
    assert lifted(known, "b", {"f1": 0.8})["floors"] == {"f1": 0.8}


def test_a_rejected_page_loses_its_text_and_its_fields() -> None:
    score = scores.Score()
    refused = Rejection(url="https://x.example/1", site=None, fetched_at=None, reason=Reason.TOO_SHORT, detail="")
    score.add({"body": "one two three four five", "title": "A", "date": "2026-01-01", "authors": "B C"}, refused)
    figures = score.figures()
    assert (figures["f1"], figures["exact"], figures["title"], figures["date"], figures["authors"]) == (0, 0, 0, 0, 0)


def test_phrases_count_one_by_one() -> None:
    score = scores.Score()
    score.add({"with": ["kept  one", "lost"], "without": ["extra"]}, _article("kept one\nand extra"))
    assert (score.right, score.extra, score.lost) == (1, 1, 1)


def _article(body: str) -> Article:
    values = dict.fromkeys(Article.__dataclass_fields__, None) | {"body": body, "authors": ()}
    return Article(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "least"), [("arabic", 0.015), ("atf", 0.010), ("fundus", 0.010)])
def test_cleaning_brings_text_that_others_extracted_closer_to_gold(shared: Path, name: str, least: float) -> None:
    changed = bench_text.changes(bench_text.compared_all(shared / f"data/dev-{name}.jsonl.gz"), "precision")
    assert changed["f1"] >= least
    assert changed["recall"] >= -0.002
    assert changed["gold kept"] >= 0.999
