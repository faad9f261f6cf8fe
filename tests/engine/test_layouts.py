"""Pages in the layouts that Arabic, Persian and Urdu sites run: themes and plugins of WordPress, Drupal, Blogger, portals.

``layouts/NAME.html`` is the markup of such a page around sentences of ours, ``layouts/NAME.txt`` its headline and what
a reader takes for the article.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler import engine
from crawler.items import Article, Page

LAYOUTS = sorted(Path(__file__).with_name("layouts").glob("*.html"))


def process(path: Path) -> Article:
    page = Page(url="https://nabd.example/news/1", body=path.read_bytes(), content_type="text/html; charset=utf-8")
    record = engine.process(page)
    assert isinstance(record, Article)
    return record


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_the_body_is_the_articles_paragraphs_and_nothing_else(path: Path) -> None:
    headline, *paragraphs = path.with_suffix(".txt").read_text(encoding="utf-8").strip().split("\n\n")
    record = process(path)
    assert record.headline == headline
    assert record.body.split("\n\n") == paragraphs


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_related_links_are_headlines_no_dates_and_no_labels(path: Path) -> None:
    headlines = {link.headline or "" for link in process(path).related}
    assert not [one for one in headlines if one.startswith(("اقرأ", "إقرأ", "شاهد", "منذ")) or "2026" in one]
