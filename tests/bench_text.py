"""``make bench-text``: what cleaning makes of text that trafilatura has extracted, beside gold.

    python -m tests.bench_text [PAGES.jsonl.gz …]

Without PAGES the development sets beside the project (../shared/data) are used. For each set: F1 and recall of
trafilatura's default output, what `engine.clean_text` changes of them in each mode, and how many words of the gold
texts themselves stay when they are cleaned. The labeller has learned from these very pages: `make train` prints the
same by cross-validation.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from crawler import engine, scores
from crawler.engine.options import MODES
from crawler.items import Page
from crawler.records.pages import read_gold
from tests.train import development_sets
from tests.train_lines import dirty

Compared = tuple[dict[str, Any], str, dict[str, str], dict[str, str]]  # row, dirty text; cleaned and gold, by mode


def main() -> None:
    """All sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path)
    for path in parser.parse_args().pages or development_sets():
        report(path.name, compared_all(path))


def compared_all(path: Path) -> list[Compared]:
    """The pages of a set that have a gold text."""
    pages = [entry for entry in read_gold(path) if isinstance(entry[1].get("body"), str)]
    with ProcessPoolExecutor() as pool:
        return list(pool.map(compared, pages, chunksize=4))


def compared(entry: tuple[Page, dict[str, Any]]) -> Compared:
    """One page's texts."""
    page, row = entry
    options = {mode: engine.Options(mode=mode) for mode in MODES}
    given = dirty(page)
    return (
        row,
        given,
        {mode: engine.clean_text(given, options=chosen).text for mode, chosen in options.items()},
        {mode: engine.clean_text(row["body"], options=chosen).text for mode, chosen in options.items()},
    )


def report(name: str, found: list[Compared]) -> None:
    """A line for the set, and one for each mode."""
    if found:
        before = scores.Score()
        for row, given, _, _ in found:
            before.add_text(row, given)
        figures = before.figures()
        print(f"{name}: {len(found)} texts, f1 {figures['f1']:.4f}, recall {figures['recall']:.4f}")
    for mode in MODES if found else ():
        print(
            f"  {mode}: " + ", ".join(f"{what} {figure:+.4f}" for what, figure in changes(found, mode).items()),
            flush=True,
        )


def changes(found: list[Compared], mode: str) -> dict[str, float]:
    """How much F1, precision and recall change, and which share of the gold texts' words stays."""
    before, after = scores.Score(), scores.Score()
    for row, given, cleaned, _ in found:
        before.add_text(row, given)
        after.add_text(row, cleaned[mode])
    old, new = before.figures(), after.figures()
    words = sum(len(row["body"].split()) for row, *_ in found)
    kept = sum(len(gold[mode].split()) for *_, gold in found)
    return {what: new[what] - old[what] for what in ("f1", "precision", "recall")} | {"gold kept": kept / words}


if __name__ == "__main__":
    main()
