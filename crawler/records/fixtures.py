"""Fixtures: a folder with a saved page, how it was fetched, and the record that it must give.

``page.html`` holds the bytes, ``page.json`` the address, the content type and what a feed has said of the page,
``expected.json`` the fields that a person has checked, *and what each rule removed*.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crawler.errors import RecordError
from crawler.items import Article, Page, Rejection
from crawler.records.plain import fields_of

#: What expected.json lists of an article.
FIELDS = (
    "headline",
    "authors",
    "date_published",
    "section",
    "keywords",
    "source",
    "language",
    "related",
    "images",
    "body",
    "removed",
)


def expected(record: Article | Rejection) -> dict[str, Any]:
    """What expected.json says of a record; the body as a list of paragraphs, so that a diff shows which."""
    if isinstance(record, Rejection):
        return {"reason": str(record.reason)}
    return {**fields_of(record, FIELDS), "body": record.body.split("\n\n")}


def save(folder: Path, page: Page, record: Article | Rejection) -> None:
    """Write a fixture. Raises RecordError where there is one already: its expected.json was checked by hand."""
    if is_there(folder):
        raise RecordError(f"{folder}: there is a fixture already")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.html").write_bytes(page.body)
    about = {"url": page.url, "content_type": page.content_type, "site": page.site, "fetched_at": page.fetched_at}
    _write(folder / "page.json", {**about, "hints": dict(page.hints)} if page.hints else about)
    _write(folder / "expected.json", expected(record))


def is_there(folder: Path) -> bool:
    """Whether a folder holds a fixture."""
    return (folder / "expected.json").exists()


def load(folder: Path) -> tuple[Page, dict[str, Any]]:
    """The page and what is expected of it."""
    about = json.loads((folder / "page.json").read_text(encoding="utf-8"))
    wanted = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return Page(body=(folder / "page.html").read_bytes(), **about), wanted


def _write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
