"""A whole run: files in, one file out, every record in its order, whatever happens on the way."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout  # another class than the built-in one in 3.10
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from backports import zstd

from crawler import batch
from crawler.corpora import tables
from crawler.corpora.cleaning import clean_chunk
from crawler.corpora.journal import COUNTS, Journal
from crawler.corpora.reading import Chunk, every, kind_of, singles, size_of
from crawler.corpora.task import Cleaned, Fault, Key, Task, key_of
from crawler.dedup import Index
from crawler.errors import RecordError

Write = Callable[[str, bytes], None]
SCHEMA_LINES = 5_000  # JSON lines that become one Arrow table at a time


@dataclass
class Progress:
    """How far a run is."""

    total: int  # bytes on the disk, of all inputs
    at: int = 0  # of these
    size: int = 0  # bytes read in this run, decompressed
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))


Told = Callable[[Progress], None]


@dataclass(frozen=True, kw_only=True)
class Pool:
    """How the work is done; changes nothing of what comes out."""

    workers: int = 0
    seconds: float = 30.0


def run(names: list[str], out: Path, task: Task, pool: Pool, *, resume: bool, told: Told) -> Progress:
    """Clean files into one. Raises RecordError where a run cannot be gone on with."""
    sizes = [size_of(name) for name in names]
    inputs = [list(pair) for pair in zip(names, sizes, strict=True)]
    asked = {"inputs": inputs, "format": suffix_of(out), **asdict(task)}
    journal = Journal(out, asked, resume=resume)
    progress = Progress(sum(sizes), counts=journal.counts)
    try:
        runner = _Runner(task, pool, suffix_of(out), journal.write, progress)
        if journal.resumed and task.dedup:
            runner.remember(_keys_of_part(journal, task, suffix_of(out)))
        for chunk in runner.chunks(names, journal.input, journal.records):
            told(progress)
            journal.done(chunk.input, chunk.first - 1 + chunk.records)
    except BaseException:
        journal.close()
        raise
    journal.finish(_converter(suffix_of(out), task))
    return progress


def stream(names: list[str], write: Write, task: Task, pool: Pool, told: Told) -> Progress:
    """The same without a file to go on with: ``write`` gets what it is (part, errors, rejections) and the bytes."""
    progress = Progress(sum(map(size_of, names)))
    runner = _Runner(task, pool, ".jsonl", write, progress)
    for _ in runner.chunks(names):
        told(progress)
    return progress


class _Runner:
    """What a run knows from one chunk to the next."""

    def __init__(self, task: Task, pool: Pool, suffix: str, write: Write, progress: Progress) -> None:
        self.task, self.pool, self.suffix = task, pool, suffix
        self.write, self.progress = write, progress
        self.index = Index()

    def chunks(self, names: list[str], first: int = 0, skip: int = 0) -> Iterator[Chunk]:
        """Clean all inputs, from some record of one of them on; yields each chunk once it is written."""
        before = list(accumulate(map(size_of, names), initial=0))
        work, pool = partial(clean_chunk, task=self.task), self.pool
        for chunk, found in batch.in_order(every(names, first, skip), work, workers=pool.workers, seconds=pool.seconds):
            for cleaned in self._one_by_one(chunk) if isinstance(found, Exception) else [found]:
                self._take(cleaned)
            self.progress.at = before[chunk.input] + chunk.at
            self.progress.size += chunk.size
            yield chunk

    def _one_by_one(self, chunk: Chunk) -> Iterator[Cleaned]:
        """A chunk that failed or took too long: only the record at fault is lost, and named."""
        work = partial(clean_chunk, task=self.task)
        for one, found in batch.in_order(singles(chunk), work, workers=1, seconds=self.pool.seconds):
            if isinstance(found, FutureTimeout):
                reason = f"took longer than {self.pool.seconds:g} s"
            elif isinstance(found, Exception):
                reason = f"{type(found).__name__}: {found}"
            else:
                yield found
                continue
            yield Cleaned([], None, [], [Fault(one.file, one.first, reason)], [], 0)

    def _take(self, cleaned: Cleaned) -> None:
        """Write what became of a chunk, and count."""
        counts = self.progress.counts
        lines, table = cleaned.lines, cleaned.table
        if self.task.dedup:
            originals = [self._original(key) for key in cleaned.keys]
            self.write("names", b"".join(json.dumps(key.name).encode() + b"\n" for key in cleaned.keys))
            counts["duplicates"] += sum(original is not None for original in originals)
            lines = [_naming(line, original) for line, original in zip(lines, originals, strict=table is None)]
            table = tables.naming(table, originals) if table is not None else None
        if table is not None:
            counts["documents"] += tables.from_bytes(table).num_rows
            self.write("part", table)
        elif lines:
            counts["documents"] += len(lines)
            self.write("part", packed(b"".join(lines), self.suffix))
        counts["removed"] += cleaned.removed
        counts["errors"] += len(cleaned.faults)
        counts["rejections"] += len(cleaned.refused)
        for fault in cleaned.faults:
            about = {"file": fault.file, "line": fault.number, "reason": fault.reason}
            self.write("errors", json.dumps(about, ensure_ascii=False).encode() + b"\n")
        self.write("rejections", b"".join(cleaned.refused))

    def _original(self, key: Key) -> str | None:
        """The document that this one repeats, if any; else it is remembered."""
        if not key.fingerprint:
            return None
        found = self.index.exact(key.fingerprint)
        if found is None and key.sketch is not None:
            found = self.index.near(key.sketch)
        if found is None:
            self.index.add(key.name, key.fingerprint, key.sketch)
        return found

    def remember(self, keys: Iterable[Key]) -> None:
        """What a run that goes on has already written."""
        for key in keys:
            self._original(key)


def _naming(line: bytes, original: str | None) -> bytes:
    """A line whose last field, ``duplicate_of``, is still null."""
    if original is None:
        return line
    return line.removesuffix(b"null}\n") + json.dumps(original, ensure_ascii=False).encode() + b"}\n"


def suffix_of(out: Path) -> str:
    """The part of the name that says how the output is written. Raises RecordError where it says nothing known."""
    for suffix in (".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".parquet"):
        if out.name.endswith(suffix):
            return suffix
    raise RecordError(f"{out}: its name ends in none of .jsonl, .jsonl.gz, .jsonl.zst, .ndjson, .parquet")


def as_tables(names: list[str], out: str) -> bool:
    """Whether tables stay tables all the way: Parquet in and out."""
    return out.endswith(".parquet") and all(kind_of(name) == "table" for name in names)


def packed(lines: bytes, suffix: str) -> bytes:
    """Lines as the growing file holds them: compressed by themselves, so that it can be cut after any chunk."""
    if suffix.endswith(".gz"):
        return gzip.compress(lines, compresslevel=6, mtime=0)
    return zstd.compress(lines) if suffix.endswith(".zst") else lines


def _converter(suffix: str, task: Task) -> Callable[[Path, Path], None] | None:
    """What makes the file that was asked for out of the one that could grow."""
    if suffix == ".parquet":
        return _tables_to_parquet if task.as_table else _lines_to_parquet
    return _to_one_frame if suffix.endswith(".zst") else None  # many readers stop after the first frame


def _to_one_frame(part: Path, target: Path) -> None:
    with zstd.open(part, "rb") as source, zstd.open(target, "wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)


def _tables_to_parquet(part: Path, target: Path) -> None:
    with part.open("rb") as file:
        tables.write(target, tables.parts(file))


def _lines_to_parquet(part: Path, target: Path) -> None:
    tables.write_lines(target, lambda: _grouped(part))


def _grouped(part: Path) -> Iterator[list[bytes]]:
    with part.open("rb") as file:
        while lines := file.readlines(SCHEMA_LINES * 1_000):
            yield lines


def _keys_of_part(journal: Journal, task: Task, suffix: str) -> Iterator[Key]:
    """The keys of the documents that an interrupted run has written, from its own output."""
    with journal.files["names"].open("rb") as names:
        for name, record in zip(names, _records_of_part(journal.part, task, suffix), strict=True):
            yield key_of(json.loads(name), record.get(task.text_field) or "", task)


def _records_of_part(part: Path, task: Task, suffix: str) -> Iterator[dict[str, Any]]:
    if task.as_table:
        with part.open("rb") as file:
            for table in tables.parts(file):
                yield from table.to_pylist()
        return
    opener = {".jsonl.gz": gzip.open, ".jsonl.zst": zstd.open}.get(suffix, open)
    with opener(part, "rb") as file:  # type: ignore[operator]
        yield from map(json.loads, file)
