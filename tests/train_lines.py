"""``make train``, second half: learn the labeller of lines, and write crawler/engine/model/lines.json.

    python -m tests.train_lines [PAGES.jsonl.gz …]

The dirty texts are what trafilatura (default options) makes of the pages; a line is the article's where half of its
words stand in the gold text, in order. The gold texts themselves are examples of documents with nothing to remove.
First a cross-validation by site, as in tests/train.py, then the trees that ship.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from crawler import engine, scores
from crawler.engine import labels, line_features, line_reader, lines, text
from crawler.engine.language import phrases_for
from crawler.engine.line_rules import LINE_RULES
from crawler.items import Article, Page
from crawler.records.pages import read_gold
from tests.train import MODELS, PARTS, SETTINGS, aligned, fitted, head, part_of, paths_asked_for, write

LINE_SETTINGS = {**SETTINGS, "iterations": 300, "learning_rate": 0.06, "l2_leaf_reg": 20}
GOLD_WEIGHT = 0.4  # of documents with nothing to remove
TRUNCATED = 0.12  # gold that lacks more of the long paragraphs ends in the middle of the story: no example
_LONG = 80


@dataclass
class Example:
    """A document as the labeller of lines sees it."""

    row: dict[str, Any]
    is_gold: bool
    document: lines.Document
    table: Any
    gold: Any
    weights: Any


def main() -> None:
    """Cross-validate, train, write."""
    paths = paths_asked_for(__doc__)
    pages = [entry for path in paths for entry in read_gold(path) if isinstance(entry[1].get("body"), str)]
    with ProcessPoolExecutor() as pool:
        examples = [example for found in pool.map(examples_of, pages, chunksize=8) for example in found]
    held_out = cross_validated(examples)
    for name, score in held_out.items():
        print(f"{name}: {score}", file=sys.stderr)
    write(MODELS / text.MODEL, grown(examples), head("tests.train_lines", paths, held_out))


def dirty(page: Page) -> str:
    """What trafilatura makes of a page."""
    import trafilatura  # noqa: PLC0415

    return trafilatura.extract(page.body.decode("utf-8"), url=page.url) or ""


def examples_of(entry: tuple[Page, dict[str, Any]]) -> list[Example]:
    """The dirty and the gold text of a page."""
    page, row = entry
    record = engine.process(page)
    body = record.body if isinstance(record, Article) else ""
    found = [example_of(row, given, body, is_gold=given == row["body"]) for given in (dirty(page), row["body"])]
    return [example for example in found if example]


def example_of(row: dict[str, Any], given: str, body: str, *, is_gold: bool) -> Example | None:
    """A text with its judged lines. What the gold lacks and the engine keeps of the page says nothing."""
    [document] = line_reader.read([given], phrases_for(), engine.DEFAULT)
    text.run_rules(document)
    where, table = line_features.table([document])
    if not document.texts:
        return None
    gold = np.array([1] * len(document) if is_gold else aligned(document.texts, row["body"]))
    words = np.array([text.count(" ") + 1 for text in document.texts], dtype=float)
    weights = (words + 1) / max(30.0, words[gold == 1].sum()) * (GOLD_WEIGHT if is_gold else 1)
    if not is_gold:
        sizes = np.array(document.sizes)
        long = (sizes >= _LONG) & np.array(document.finished)
        if sizes[long & (gold == 0)].sum() >= TRUNCATED * max(1, sizes[long].sum()):
            weights[:] = 0
        if body:
            weights[(gold == 0) & (np.array(aligned(document.texts, body)) == 1)] = 0
    judged = [at for _, at in where]
    return Example(row, is_gold, document, table.T, gold[judged], weights[judged])


def grown(examples: list[Example]) -> dict[str, Any]:
    """Trees from these documents, as a model file holds them."""
    parts = (np.concatenate([getattr(e, name) for e in examples]) for name in ("table", "gold", "weights"))
    rules = [rule.name for rule in LINE_RULES]
    return {"features": list(line_features.NAMES), "rules": rules, **fitted(*parts, LINE_SETTINGS)}


def cross_validated(examples: list[Example]) -> dict[str, str]:
    """For each set F1 and recall before and after, in the default mode, and the words of gold that stay."""
    before, after = defaultdict(scores.Score), defaultdict(scores.Score)
    words: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for part in range(PARTS):
        model = labels.from_data(grown([e for e in examples if part_of(e.row["site"]) != part]))
        for example in (e for e in examples if part_of(e.row["site"]) == part):
            name, given = example.row["set"], example.document.raw_text
            [opinion] = text.probabilities([example.document], model)
            cleaned = text.finish(example.document, opinion).text
            if example.is_gold:
                words[name][0] += len(given.split())
                words[name][1] += len(cleaned.split())
            else:
                before[name].add_text(example.row, given)
                after[name].add_text(example.row, cleaned)
    return {
        name: f"{gained(before[name], after[name])}, gold kept {words[name][1] / words[name][0]:.4f}, "
        f"{before[name].pages} texts"
        for name in sorted(before)
    }


def gained(before: scores.Score, after: scores.Score) -> str:
    """What cleaning changed."""
    old, new = before.figures(), after.figures()
    return ", ".join(f"{name} {new[name] - old[name]:+.4f}" for name in ("f1", "precision", "recall"))


if __name__ == "__main__":
    main()
