"""One chunk of records through the engine: pure, and all that a worker does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from crawler import batch, engine
from crawler.archives.record import Skipped
from crawler.corpora import boilerplate, tables
from crawler.corpora.fields import additions, as_line, audited, free, restore, url_of
from crawler.corpora.reading import Chunk
from crawler.corpora.task import Cleaned, Fault, Key, Task, key_of
from crawler.engine.text import CleanText, clean_texts
from crawler.items import ARTICLE_FIELDS, REJECTION_FIELDS, Article, Page
from crawler.records.plain import fields_of
from crawler.urls import host

BATCH = 100  # documents that share one table of features


class _Text(NamedTuple):
    """A document on its way: its record, text and place."""

    number: int
    record: dict[str, Any]
    text: str | None


def clean_chunk(chunk: Chunk, task: Task) -> Cleaned:
    """A chunk's records, cleaned, in their order."""
    if chunk.kind == "broken":
        return Cleaned([], None, [], _broken(chunk), [], 0)
    if chunk.kind == "page":
        return _pages(chunk, task)
    if chunk.kind == "table" and task.as_table:
        return _table(chunk, tables.from_bytes(chunk.items[0]), task)
    texts, faults = _texts(chunk, task)
    done = _cleaned(texts, task)
    lines, removed = [], 0
    for text, (fields, count) in zip(texts, done, strict=True):
        text.record.update(fields)
        lines.append(as_line(text.record))
        removed += count
    return Cleaned(lines, None, _keys(texts, done, chunk, task), faults, [], removed)


def _broken(chunk: Chunk) -> list[Fault]:
    return [Fault(chunk.file, chunk.first, reason) for reason in chunk.items]


def documents_of(chunk: Chunk, task: Task) -> tuple[list[tuple[str, str]], list[Fault]]:
    """A chunk's documents as (host, text), for learning. Of a page it is all visible text, one block a line."""
    if chunk.kind == "broken":
        return [], _broken(chunk)
    if chunk.kind == "page":
        found = []
        for page in chunk.items:
            record = engine.extract(page) if isinstance(page, Page) else None
            if isinstance(record, engine.Draft):
                found.append((host(page.url), "\n".join(piece.text for piece in record.pieces)))
        return found, _skipped(chunk)
    texts, faults = _texts(chunk, task)
    return [(host(url_of(text.record, task.url_field)), text.text or "") for text in texts], faults


def _texts(chunk: Chunk, task: Task) -> tuple[list[_Text], list[Fault]]:
    """A chunk's records with their texts, and what is wrong with the others."""
    records: Sequence[Any] = chunk.items
    if chunk.kind == "table":
        records = tables.from_bytes(chunk.items[0]).to_pylist()
    elif chunk.kind == "text":
        records = [{task.id_field: chunk.file, task.text_field: chunk.items[0]}]
    faults: list[Fault] = []
    texts = [_text(at, record, chunk, task, faults) for at, record in enumerate(records, chunk.first)]
    return [text for text in texts if text], faults


def _text(number: int, given: Any, chunk: Chunk, task: Task, faults: list[Fault]) -> _Text | None:
    """A record with its text; or a fault that says what is wrong with it."""
    try:
        record = json.loads(given) if isinstance(given, bytes) else given
        if not isinstance(record, dict):
            raise TypeError(f"no JSON object but a {type(record).__name__}")
        if task.text_field not in record:
            raise TypeError(f"no field {task.text_field!r}; there are: {', '.join(map(str, record)) or 'none'}")
        text = record[task.text_field]
        if isinstance(text, bytes):
            text = record[task.text_field] = text.decode("utf-8-sig")
        if text is not None and not isinstance(text, str):
            raise TypeError(f"{task.text_field!r} is no text but a {type(text).__name__}")
    except (ValueError, TypeError, RecursionError) as error:
        if isinstance(given, bytes) and not given.strip():
            return None  # a blank line between records
        faults.append(Fault(chunk.file, number, str(error)))
        return None
    return _Text(number, record, text)


def _cleaned(texts: Sequence[_Text], task: Task) -> list[tuple[dict[str, Any], int]]:
    """For each document the fields that change, and how many pieces were removed."""
    found: list[tuple[dict[str, Any], int]] = []
    options = engine.Options(mode=task.mode)
    known = boilerplate.load(task.site_boilerplate) if task.site_boilerplate else {}
    for at in range(0, len(texts), BATCH):
        part = texts[at : at + BATCH]
        if task.restore:
            found += [_restored(text, task) for text in part]
            continue
        sites = [known.get(host(url_of(text.record, task.url_field))) for text in part] if known else None
        results = clean_texts(
            [text.text or "" for text in part], language=task.language, options=options, site_lines=sites
        )
        found += [
            (_fields(text, result, task), len(result.removed)) for text, result in zip(part, results, strict=True)
        ]
    return found


def _fields(text: _Text, result: CleanText, task: Task) -> dict[str, Any]:
    fields: dict[str, Any] = {} if text.text is None else {task.text_field: result.text}
    fields |= additions(result, text.record, audit=task.audit)
    if task.dedup:
        fields[free("duplicate_of", text.record)] = None
    return fields


def _restored(text: _Text, task: Task) -> tuple[dict[str, Any], int]:
    edits = text.record.get("clean_edits") or text.record.get("edits") or []
    return {task.text_field: text.text and restore(text.text, edits)} if text.text or edits else {}, 0


def _table(chunk: Chunk, table: Any, task: Task) -> Cleaned:
    faults: list[Fault] = []
    if task.text_field not in table.column_names:
        reason = f"no column {task.text_field!r}; there are: {', '.join(table.column_names)}"
        return Cleaned([], None, [], [Fault(chunk.file, chunk.first, reason)], [], 0)
    records = table.to_pylist()
    texts = [_text(at, record, chunk, task, faults) for at, record in enumerate(records, chunk.first)]
    good = [text for text in texts if text]
    if len(good) < len(records):
        table = table.filter([text is not None for text in texts])
    done = _cleaned(good, task)
    names = list(dict.fromkeys(name for fields, _ in done for name in fields))
    table = tables.with_columns(table, [fields for fields, _ in done], names)
    removed = sum(count for _, count in done)
    return Cleaned([], tables.to_bytes(table), _keys(good, done, chunk, task), faults, [], removed)


def _pages(chunk: Chunk, task: Task) -> Cleaned:
    """Pages through the HTML engine; what is no article is refused, with the reason."""
    lines, keys, refused, removed = [], [], [], 0
    for number, page in enumerate(chunk.items, chunk.first):
        if not isinstance(page, Page):
            continue
        known = boilerplate.load(task.site_boilerplate).get(host(page.url)) if task.site_boilerplate else None
        record = batch.process(page, site_lines=known)
        if not isinstance(record, Article):
            refused.append(as_line({"file": chunk.file, "record": number, **fields_of(record, REJECTION_FIELDS)}))
            continue
        names = [name for name in ARTICLE_FIELDS if name not in ("body", "duplicate_of")]
        fields = {task.id_field: record.url, **fields_of(record, names), task.text_field: record.body}
        if task.audit:
            fields["edits"] = audited(record.raw_text, record.edits)
        if task.dedup:
            fields["duplicate_of"] = None
        lines.append(as_line(fields))
        removed += len(record.removed)
        if task.dedup:
            keys.append(key_of(record.url, record.body, task))
    return Cleaned(lines, None, keys, _skipped(chunk), refused, removed)


def _skipped(chunk: Chunk) -> list[Fault]:
    """The parts of an archive that cannot be read."""
    return [
        Fault(chunk.file, number, f"bytes {part.at} to {part.end}: {part.reason}")
        for number, part in enumerate(chunk.items, chunk.first)
        if isinstance(part, Skipped)
    ]


def _keys(texts: Sequence[_Text], done: Sequence[tuple[dict[str, Any], int]], chunk: Chunk, task: Task) -> list[Key]:
    if not task.dedup:
        return []
    found = []
    for text, (fields, _) in zip(texts, done, strict=True):
        name = text.record.get(task.id_field)
        place = f"{chunk.file}:{text.number}"
        found.append(key_of(place if name is None else str(name), fields.get(task.text_field) or "", task))
    return found
