"""``--learn``: a corpus read once, its sites' repeated lines counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import accumulate

from crawler import batch
from crawler.corpora import boilerplate
from crawler.corpora.cleaning import documents_of
from crawler.corpora.reading import Chunk, every, size_of
from crawler.corpora.running import Pool, Progress
from crawler.corpora.task import Fault, Task

Counted = tuple[list[tuple[str, str, dict[str, str]]], list[Fault]]


def learn(
    names: list[str], task: Task, pool: Pool, told: Callable[[Progress], None], fault: Callable[[Fault], None]
) -> tuple[boilerplate.Counter, Progress]:
    """Count the lines of all documents that have an address. ``fault`` is told of what cannot be read."""
    counter = boilerplate.Counter()
    before = list(accumulate(map(size_of, names), initial=0))
    progress = Progress(before[-1])
    work = partial(count, task=task)
    for chunk, found in batch.in_order(every(names), work, workers=pool.workers, seconds=pool.seconds):
        documents, faults = found if isinstance(found, tuple) else ([], [Fault(chunk.file, chunk.first, repr(found))])
        for site, fingerprint, lines in documents:
            counter.add(site, fingerprint, lines)
        for one in faults:
            fault(one)
        progress.counts["documents"] += len(documents)
        progress.counts["errors"] += len(faults)
        progress.at, progress.size = before[chunk.input] + chunk.at, progress.size + chunk.size
        told(progress)
    return counter, progress


def count(chunk: Chunk, task: Task) -> Counted:
    """A worker's share: the documents of a chunk as ``Counter.add`` takes them."""
    documents, faults = documents_of(chunk, task)
    return boilerplate.counted(documents), faults
