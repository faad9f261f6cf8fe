"""What a run is asked for, and what becomes of a chunk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from crawler.dedup import sketch
from crawler.engine.fingerprint import exact, shingles


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a run does with every document."""

    text_field: str = "text"
    url_field: str | None = None
    id_field: str = "id"
    language: str | None = None
    mode: str = "precision"
    audit: bool = False
    restore: bool = False
    site_boilerplate: str | None = None
    dedup: str | None = None  # exact | near
    as_table: bool = False  # whether table chunks stay tables


class Fault(NamedTuple):
    """A record that could not be cleaned, or a page that is no article."""

    file: str
    number: int  # line or record, from 1
    reason: str


class Key(NamedTuple):
    """What duplicates are found by."""

    name: str  # the document's id, or where it stands
    fingerprint: str
    sketch: Any


class Cleaned(NamedTuple):
    """What became of a chunk. ``lines``: a JSON object each; ``table`` in their place for a table."""

    lines: list[bytes]
    table: bytes | None
    keys: list[Key]
    faults: list[Fault]
    refused: list[bytes]  # rejections of pages, a JSON object each
    removed: int  # pieces


def key_of(name: str, text: str, task: Task) -> Key:
    """What a document is compared by; an empty one is no duplicate of another."""
    fingerprint = exact(text) if text.strip() else ""
    is_near = task.dedup == "near" and bool(fingerprint)
    return Key(name, fingerprint, sketch(shingles(text)) if is_near else None)
