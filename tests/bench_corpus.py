"""``make bench``, second half: `scrapy clean` over a large JSON Lines file, by one process and by two.

    python -m tests.bench_corpus [--megabytes 1000]

The documents are made of the newsroom's stories, several to a document as long as news are, half of them with the lines
that sites wrap around a story. Prints MB/s of input and documents/s for each number of workers, the ratio, and the
largest peak memory of any one process.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import OUT
from tests.conftest import ROOT
from tests.newsroom.stories import all_stories

STORIES = 6  # to a document: about 9 paragraphs of 420 bytes, as the saved Arabic pages have in the mean
WORKERS = (1, 2)


def main() -> None:
    """Make the corpus, then clean it with each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=1000)
    megabytes = parser.parse_args().megabytes
    OUT.mkdir(parents=True, exist_ok=True)
    corpus = OUT / "corpus.jsonl"
    count = make(corpus, megabytes * 1_000_000)
    size = corpus.stat().st_size / 1e6
    print(f"corpus: {size:.0f} MB, {count} documents", flush=True)
    seconds = {}
    for workers in WORKERS:
        out = OUT / "corpus.clean.jsonl"
        began = time.perf_counter()
        command = ["-m", "scrapy", "clean", str(corpus), "-o", str(out), "--workers", str(workers)]
        subprocess.run([sys.executable, *command], cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        seconds[workers] = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        rate, documents = size / seconds[workers], count / seconds[workers]
        print(f"{workers} workers: {rate:.1f} MB/s, {documents:.0f} documents/s, peak {peak:.0f} MiB", flush=True)
        out.unlink()
    print(f"2 workers are {seconds[1] / seconds[2]:.2f} times as fast as 1")
    corpus.unlink()


def make(path: Path, size: int) -> int:
    """Write documents until the file has so many bytes; how many they are."""
    written = count = 0
    with path.open("wb") as file:
        for text in documents():
            record = {"id": count, "url": f"https://oasis.example/{count}", "text": text, "date": "2026-11-24"}
            written += file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            count += 1
            if written >= size:
                break
    return count


def documents() -> Iterator[str]:
    """Texts without end, always the same ones."""
    chance = random.Random(11)
    stories = all_stories()
    while True:
        told = chance.sample(stories, STORIES)
        sentences = [paragraph for story in told for paragraph in story.body]
        paragraphs = [" ".join(pair) for pair in zip(sentences[::2], sentences[1::2], strict=False)]
        if chance.random() < 0.5:
            other = chance.choice(stories).headline
            paragraphs.insert(2, f"إقرأ أيضاً: {other}")
            paragraphs += [f"المصدر: {told[0].source}", f"كلمات دلالية: {'، '.join(told[0].keywords)}", "مقالات مشابهة"]
            paragraphs += [f"• {story.headline}" for story in chance.sample(stories, 5)]
        yield "\n\n".join(paragraphs)


if __name__ == "__main__":
    main()
