"""Ten thousand real pages, each broken in its own way: every one gives a record that keeps the laws."""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from crawler import engine
from crawler.items import Page
from crawler.records.pages import read_gold
from tests.test_laws import holds

PAGES, PROCESSES = 10_000, 2
LONGEST = 200_000  # of a longer page a part that begins anywhere
PIECES = [
    b"<", b">", b"</div>", b"<div>", b"<table>", b"<!--", b"-->", b'"', b"'", b"<script>", b"&", b"<p hidden>",
    b"<template>", b"<svg>", b"\x00", b"<a href=\"", b"<hr>", b"<h1>", b"&#x110000;", b"\xff", b"<plaintext>",
]  # fmt: skip


def mutated(page: bytes, chance: random.Random) -> bytes:
    """The page with some of its bytes cut, repeated, changed, or with markup put between them."""
    start = chance.randrange(max(1, len(page) - LONGEST))
    found = bytearray(page[start : start + LONGEST])
    for _ in range(chance.choice((3, 30, 300))):
        at, other = chance.randrange(len(found)), chance.randrange(len(found))
        kind = chance.randrange(5)
        if kind == 0 and len(found) > 100:
            del found[at : at + chance.randrange(40)]
        elif kind == 1:
            found[at:at] = chance.randbytes(chance.randrange(4))
        elif kind == 2:
            found[at:at] = chance.choice(PIECES)
        elif kind == 3:
            found[at:at] = found[other : other + chance.randrange(400)]
        else:
            found[at] = chance.randrange(256)
    return bytes(found)


def check(job: tuple[int, list[Path]]) -> list[str]:
    """One process's share; what went wrong."""
    seed, paths = job
    chance = random.Random(seed)
    pages = [page.body for path in paths for page, _ in read_gold(path)]
    faults = []
    for number in range(PAGES // PROCESSES):
        page = mutated(chance.choice(pages), chance)
        try:
            holds(engine.process(Page(url="https://x.example/1", body=page)))
        except Exception as error:  # noqa: BLE001, PERF203, RUF100 (all of them are wanted)
            faults.append(f"seed {seed}, page {number}: {error!r}")
    return faults


def test_ten_thousand_broken_pages_give_records(shared: Path) -> None:
    paths = sorted((shared / "data").glob("dev-*.jsonl.gz"))
    with ProcessPoolExecutor(PROCESSES) as pool:
        faults = [fault for found in pool.map(check, [(seed, paths) for seed in range(PROCESSES)]) for fault in found]
    assert faults == []
