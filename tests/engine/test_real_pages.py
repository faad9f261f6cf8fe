"""Real pages, where they are at hand: they belong to their sites and are not part of the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler import engine
from crawler.items import Article, Page
from crawler.sites import all_sites


def page(shared: Path, number: str, url: str = "https://x.example/1", site: str | None = None) -> Page:
    return Page(url=url, body=(shared / f"data/arabic/html/{number}.html").read_bytes(), site=site)


def gold(shared: Path, number: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((shared / f"data/arabic/gold/{number}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("site", ["rt_arabic", None], ids=["with its definition", "without"])
def test_the_rt_page_gives_the_gold_body_and_sorts_the_rest(shared: Path, site: str | None) -> None:
    wanted = gold(shared, "030")
    record = engine.process(
        page(shared, "030", "https://arabic.rt.com/middle_east/1101738-x/"), all_sites()[site] if site else None
    )
    assert isinstance(record, Article)
    assert record.body == wanted["body"]
    assert record.headline == wanted["title"]
    assert record.date_published == wanted["date_published"]
    assert list(record.keywords) == wanted["tags"]
    assert record.source == wanted["source"]
    removed = {(piece.kind, piece.text) for piece in record.removed}
    samples = {
        (sample["kind"], sample["text"])
        for sample in wanted["removed"]
        if sample["kind"] in ("inline_related", "source", "cta")
    }  # type: ignore[attr-defined]
    assert samples <= removed
    assert [link.headline for link in record.related] == [
        text for kind, text in removed if kind == "inline_related" and len(text) > 20
    ]


@pytest.mark.parametrize("number", ["027", "028"])
def test_pages_without_a_charset_are_read_in_theirs(shared: Path, number: str) -> None:
    record = engine.process(page(shared, number))
    assert isinstance(record, Article)
    assert record.body == gold(shared, number)["body"]
