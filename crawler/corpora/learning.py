"""``--learn``: a corpus read once, its sites' repeated lines counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from crawler import batch
from crawler.corpora import boilerplate
from crawler.corpora.cleaning import documents_of
from crawler.corpora.reading import Chunk, chunks, size_of
from crawler.corpora.running import Pool, Progress
from crawler.corpora.task import Fault, Task

Counted = tuple[list[tuple[str, str, dict[str, str]]], list[Fault]]


def learn(
    names: list[str], task: Task, pool: Pool, told: Callable[[Progress], None]
) -> tuple[boilerplate.Counter, Progress]:
    """Count the lines of all documents that have an address. A file that breaks gives what it has."""
    counter = boilerplate.Counter()
    progress = Progress(sum(map(size_of, names)))
    before = 0
    for name in names:
        tasks = batch.in_order(chunks(name), partial(count, task=task), workers=pool.workers, seconds=pool.seconds)
        for chunk, found in tasks:
            if isinstance(found, Exception):
                progress.counts["errors"] += 1
                continue
            documents, faults = found
            for site, fingerprint, lines in documents:
                counter.add(site, fingerprint, lines)
            progress.counts["documents"] += len(documents)
            progress.counts["errors"] += len(faults)
            progress.at, progress.size = before + chunk.at, progress.size + chunk.size
            told(progress)
        before += size_of(name)
    return counter, progress


def count(chunk: Chunk, task: Task) -> Counted:
    """A worker's share: the documents of a chunk as ``Counter.add`` takes them."""
    documents, faults = documents_of(chunk, task)
    return boilerplate.counted(documents), faults
