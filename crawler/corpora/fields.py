"""The fields that cleaning gives a record, and the way back from them."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from typing import Any

from crawler.corpora import tables
from crawler.engine.text import CleanText
from crawler.items import Edit
from crawler.records.plain import plain

#: Where the address of a document's page may stand, if nobody says.
URL_FIELDS = ("url", "URL", "source_url", "canonical_url", "link")


def additions(result: CleanText, record: Container[str], *, audit: bool = False) -> dict[str, Any]:
    """What a record gets beside its clean text, under names that it does not have yet."""
    found = {
        free("removed", record): [{"kind": cut.kind, "rule": cut.rule, "text": cut.text} for cut in result.removed],
        free("keywords", record): list(result.keywords),
        free("source", record): result.source,
        free("related", record): [{"headline": link.headline, "url": link.url} for link in result.related],
    }
    if audit:
        found[free("edits", record)] = audited(result.raw_text, result.edits)
    return found


def audited(raw_text: str, edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """Edits with what stood in their place: enough to restore the raw text from the clean one."""
    return [{**plain(edit), "original": raw_text[edit.start : edit.end]} for edit in edits]


def free(name: str, taken: Container[str]) -> str:
    """The name of a field of ours: what a record had before us is never overwritten."""
    return f"clean_{name}" if name in taken else name


def url_of(record: Mapping[str, Any], field: str | None = None) -> str:
    """The address of a document's page, where its record has one; else an empty text."""
    names = (field,) if field else URL_FIELDS
    return next((record[name] for name in names if isinstance(record.get(name), str)), "")


def restore(clean: str, edits: Sequence[Mapping[str, Any]]) -> str:
    """The text as it was: the clean one with every edit of an audit taken back. Exact."""
    parts: list[str] = []
    raw = at = 0
    for edit in edits:
        kept = edit["start"] - raw
        parts += (clean[at : at + kept], edit["original"])
        at += kept + len(edit["text"])
        raw = edit["end"]
    parts.append(clean[at:])
    return "".join(parts)


def as_line(record: Mapping[str, Any]) -> bytes:
    """A record as a JSON line."""
    try:
        return json.dumps(record, ensure_ascii=False, default=tables.plain).encode() + b"\n"
    except UnicodeEncodeError:  # half a character, as broken exports have them
        return json.dumps(record, default=tables.plain).encode() + b"\n"
