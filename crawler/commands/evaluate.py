"""``scrapy evaluate DATA…``: the engine beside gold, and the floors that it must not fall under."""

from __future__ import annotations

import hashlib
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import bars, batch, scores
from crawler.errors import RecordError
from crawler.items import Article, Page, Rejection
from crawler.records import pages

COLUMNS = ("f1", "precision", "recall", "exact", "leaked", "title", "date", "authors")
Floors: TypeAlias = "dict[str, dict[str, Any]]"  # set -> digest, floors; Scrapy takes a bare one for a class (3.10)


class Command(ScrapyCommand):
    """Offline: no request is made, no site definition used."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[options] DATA [DATA …]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Measure the engine on pages with gold texts (.jsonl[.gz]); exit 1 under a floor"

    def add_options(self, parser: ArgumentParser) -> None:
        """--floors, --raise and --workers."""
        super().add_options(parser)
        parser.add_argument("--floors", type=Path, metavar="FILE", help="JSON: a set's name -> digest and floors")
        parser.add_argument("--raise", dest="lift", action="store_true", help="write what is better into --floors")
        parser.add_argument("--workers", type=int, default=0, metavar="N", help="processes (default: this one)")

    def run(self, args: list[str], opts: Namespace) -> None:
        """A line for each set and for each language in it; then what is under its floor."""
        if not args or (opts.lift and not opts.floors):
            raise UsageError("name at least one file with pages; --raise needs --floors")
        try:
            floors = read_floors(opts.floors) if opts.floors else {}
            faults = [fault for path in map(Path, args) for fault in self._measure(path, floors, opts)]
        except RecordError as error:
            faults = [str(error)]
        if opts.lift and not faults:
            opts.floors.parent.mkdir(parents=True, exist_ok=True)
            opts.floors.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
        for fault in faults:
            print(f"scrapy evaluate: {fault}", file=sys.stderr)
        self.exitcode = int(bool(faults))

    def _measure(self, path: Path, floors: Floors, opts: Namespace) -> list[str]:
        name = path.name.split(".")[0]
        found = scores.grouped(measured(path, name, opts.workers))
        for group, score in found.items():
            print(line(group, score), flush=True)
        if not opts.floors:
            return []
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        figures = found[name].figures() if found else {}
        if opts.lift:
            floors[name] = lifted(floors.get(name, {}), digest, figures)
        known = floors.get(name)
        if known is None or known["sha256"] != digest:
            return [f"{path}: {opts.floors} has no floors for these pages (sha256 {digest[:16]}…)"]
        return [f"{path}: {fault}" for fault in scores.below(known["floors"], figures)]


def measured(
    path: Path, name: str, workers: int = 0
) -> Iterator[tuple[tuple[str, ...], dict[str, Any], Article | Rejection]]:
    """Every page of a set with its groups (the set, its language), gold and record."""
    golds: list[dict[str, Any]] = []

    def noted() -> Iterator[Page]:
        for page, gold in pages.read_gold(path):
            golds.append(gold)
            yield page

    found = bars.counted(name, batch.process_all(noted(), workers=workers), unit=" pages")
    for at, record in enumerate(found):
        language = (record.language if isinstance(record, Article) else None) or "unknown"
        yield (name, f"{name} {language}"), golds[at], record


def line(group: str, score: scores.Score) -> str:
    """One row of the table; ``-`` where there is no gold."""
    figures = score.figures()
    cells = [f"{column} {figures[column]:.4g}" if column in figures else f"{column} -" for column in COLUMNS]
    indent = "  " if " " in group else ""
    return f"{indent}{group}: {score.pages} pages  " + "  ".join(cells)


def read_floors(path: Path) -> Floors:
    """A file of floors. Raises RecordError with its name where it is none."""
    try:
        data: Floors = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        for entry in data.values():
            entry["sha256"], entry["floors"].items()
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise RecordError(f"{path}: no file of floors: {error!r}") from None
    return data


def lifted(known: dict[str, Any], digest: str, figures: dict[str, float]) -> dict[str, Any]:
    """Floors that only go up, cut off after three digits; new pages start anew."""
    old: dict[str, float] = known.get("floors", {}) if known.get("sha256") == digest else {}
    new = {name: int(figures[name] * 1000) / 1000 for name in scores.FIGURES if name in figures}
    for name, floor in old.items():
        better = min if name == "leaked" else max
        new[name] = better(floor, new.get(name, floor))
    return {"sha256": digest, "floors": new}
