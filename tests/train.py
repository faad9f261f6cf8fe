"""``make train``: learn the block labeller from pages with gold texts, and write crawler/engine/model/labeller.json.

    python -m tests.train [PAGES.jsonl.gz …]

Without PAGES the development sets beside the project (../shared/data) are used. The same pages give the same
file. Each page counts a second time, at a lower weight, without the names of its elements: other sites have other names
or none that say anything. First a cross-validation: five parts by site, each labelled by trees that saw none of its
sites; then the trees that ship, from all pages. The file's head names the script, the data and the scores.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

from crawler import engine, scores
from crawler.engine import features, labels
from crawler.engine.box_features import FAR
from crawler.engine.rules import RULES, apply_labels, run_rules
from crawler.items import Article, Page
from crawler.records.pages import read_gold
from tests.conftest import SHARED

MODELS = Path(str(labels.MODELS))
PARTS = 5
RULE_NAMES = [rule.name for rule in RULES]
SETTINGS = {
    "iterations": 1000,
    "depth": 6,
    "learning_rate": 0.06,
    "l2_leaf_reg": 12,
    "rsm": 0.3,
    "border_count": 32,
    "random_seed": 17,
    "thread_count": 2,
    "verbose": 0,
    "allow_writing_files": False,
}
NAMELESS = 0.3  # the weight of a page without names
_NAMES = re.compile(rb"""\s(?:class|id)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
#: Sets whose gold leaves out what this project keeps: tables and embedded posts; list items.
_NO_TABLES, _NO_LISTS = ("atf", "fundus"), ("fundus",)


@dataclass
class Example:
    """A page as the labeller sees it. ``gold``: 1 body, 0 not, -1 unknown."""

    row: dict[str, Any]
    draft: engine.Draft
    first: int
    names: list[str]
    table: Any  # blocks x features
    gold: Any
    weights: Any


def main() -> None:
    """Cross-validate, train, write."""
    paths = paths_asked_for(__doc__)
    pages = [entry for path in paths for entry in read_gold(path)]
    with ProcessPoolExecutor() as pool:
        named = [example for example in pool.map(example_of, pages, chunksize=8) if example]
        nameless = [example for example in pool.map(example_of, map(without_names, pages), chunksize=8) if example]
    for example in nameless:
        example.weights *= NAMELESS
    held_out = cross_validated(named, nameless)
    for name, score in held_out.items():
        print(f"{name}: {score}", file=sys.stderr)
    write(MODELS / "labeller.json", grown([*named, *nameless]), head("tests.train", paths, held_out))


def paths_asked_for(description: str | None) -> list[Path]:
    """The files of pages that the command line names; without any the development sets."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path)
    return parser.parse_args().pages or development_sets()


def development_sets() -> list[Path]:
    """The pages beside the project."""
    return sorted((SHARED / "data").glob("dev-*.jsonl.gz"))


def head(script: str, paths: list[Path], held_out: dict[str, str]) -> dict[str, Any]:
    """What a model file says of itself."""
    return {
        "script": f"python -m {script}",
        "data": {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in paths},
        "cross-validation by site": held_out,
    }


def without_names(entry: tuple[Page, dict[str, Any]]) -> tuple[Page, dict[str, Any]]:
    """The page as if no element had a class or an id."""
    page, row = entry
    return replace(page, body=_NAMES.sub(b"", page.body)), row


def example_of(entry: tuple[Page, dict[str, Any]]) -> Example | None:
    """A page with its features and gold labels; nothing where the engine finds no prose to judge."""
    page, row = entry
    draft = engine.extract(page)
    if isinstance(draft, engine.Draft):
        run_rules(draft)
        if labels.is_judged(draft):
            first, found = features.rows(draft, {name: number for number, name in enumerate(RULE_NAMES)})
            table = np.stack(list(found.values()), axis=1)
            texts = [piece.text for piece in draft.pieces]
            known = phrase_labels(texts, row, draft) if "with" in row else aligned(texts, row["body"])
            gold = np.array(known[first : first + len(table)])
            weights = weights_of(row, texts[first : first + len(table)], gold, found)
            return Example(row, draft, first, list(found), table, gold, weights)
    return None


def aligned(texts: list[str], gold: str) -> list[int]:
    """Blocks of which half the words or more stand in the gold text, in the same order."""
    words = [text.split() for text in texts]
    flat = [word for block in words for word in block]
    owner = [at for at, block in enumerate(words) for _ in block]
    hits = [0] * len(texts)
    for start, _, size in SequenceMatcher(None, flat, gold.split(), autojunk=False).get_matching_blocks():
        for at in range(start, start + size):
            hits[owner[at]] += 1
    return [int(2 * hit >= max(1, len(block))) for hit, block in zip(hits, words, strict=True)]


def phrase_labels(texts: list[str], row: dict[str, Any], draft: engine.Draft) -> list[int]:
    """Labels from phrases that must and must not appear; most blocks stay unknown."""
    found = [-1] * len(texts)
    squeezed = [" ".join(text.split()) for text in texts]
    for phrase in row["without"]:
        for at, text in enumerate(squeezed):
            if " ".join(phrase.split()) in text:
                found[at] = 0
    for phrase in row["with"]:
        hits = [at for at, text in enumerate(squeezed) if " ".join(phrase.split()) in text]
        for at in hits:
            if len(hits) == 1 or draft.content.first <= at < draft.content.last:
                found[at] = 1
    return found


def weights_of(row: dict[str, Any], texts: list[str], gold: Any, found: dict[str, Any]) -> Any:
    """Long blocks weigh more, each page about the same; what a set's gold decides by its own custom, nothing."""
    words = np.array([len(text.split()) for text in texts], dtype=float)
    body = max(300.0, words.sum() / 3) if "with" in row else max(30.0, words[gold == 1].sum())
    weights = np.sqrt(np.minimum(words, 60) + 1) / np.sqrt(body)
    weights[gold < 0] = 0
    if row["set"] in _NO_TABLES:
        weights[(found["to_table"] < FAR) | (found["to_embed"] < 3)] = 0
    if row["set"] in _NO_LISTS:
        item = (found["block_kind"] == 3) & (found["inside"] > 0) & (found["link_share"] < 0.3)
        weights[item & (gold == 0)] = 0
    return weights


def part_of(site: str) -> int:
    """The part of the cross-validation that a site is in."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % PARTS


def grown(examples: list[Example]) -> dict[str, Any]:
    """Trees from these pages, as a model file holds them."""
    table = np.vstack([example.table for example in examples])
    gold = np.concatenate([example.gold for example in examples])
    weights = np.concatenate([example.weights for example in examples])
    return {"features": examples[0].names, "rules": RULE_NAMES, **fitted(table, gold, weights, SETTINGS)}


def fitted(table: Any, gold: Any, weights: Any, settings: dict[str, Any]) -> dict[str, Any]:
    """``bias`` and ``trees`` of a model file, learned from the rows that weigh something."""
    from catboost import CatBoostClassifier  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415 (for training only)

    counted = weights > 0
    model = CatBoostClassifier(**settings)
    model.fit(table[counted], gold[counted], sample_weight=weights[counted])
    exported = MODELS / "labeller.part"
    model.save_model(str(exported), format="json")
    data = json.loads(exported.read_text(encoding="utf-8"))
    exported.unlink()
    scale, (bias,) = data["scale_and_bias"]
    trees = [
        {
            "questions": [[split["float_feature_index"], float(f"{split['border']:.6g}")] for split in tree["splits"]],
            "leaves": [round(scale * value, 4) for value in tree["leaf_values"]],
        }
        for tree in data["oblivious_trees"]
    ]
    return {"bias": bias, "trees": trees}


def cross_validated(named: list[Example], nameless: list[Example]) -> dict[str, str]:
    """F1 and exact pages of each set, with the names of elements and without, every page labelled by trees that know
    no page of its site.
    """
    found: dict[str, scores.Score] = defaultdict(scores.Score)
    for part in range(PARTS):
        model = labels.from_data(grown([e for e in [*named, *nameless] if part_of(e.row["site"]) != part]))
        for examples, note in ((named, ""), (nameless, " without names")):
            for example in examples:
                if part_of(example.row["site"]) == part:
                    found[example.row["set"] + note].add(example.row, labelled(model, example))
    return {
        name: "F1 {f1:.4f}, exact {exact:.3f}, {pages} pages".format(pages=score.pages, **score.figures())
        for name, score in sorted(found.items())
    }


def labelled(model: labels.Trees, example: Example) -> Article:
    """What the engine would make of a page with these trees."""
    draft = example.draft
    draft.labels = dict(enumerate(model.probabilities(example.table.T).tolist(), example.first))
    apply_labels(draft)
    article = engine.finish(draft).article
    assert article is not None
    return article


def write(path: Path, model: dict[str, Any], head: dict[str, Any]) -> None:
    """The model as JSON, a line for each tree."""
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in model["trees"])
    rest = {"about": head, **{key: value for key, value in model.items() if key != "trees"}}
    path.write_text(json.dumps(rest, indent=1)[:-2] + ',\n "trees": [\n' + trees + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
