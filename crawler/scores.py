"""How good extraction is: bodies and metadata beside gold. The metric of the article-extraction-benchmark.

Shingles of four words, each page weighing the same; "exact" is the share of pages whose shingles all agree;
"leaked" counts samples of boilerplate that still stand in a body. Where the gold is phrases that must and
must not appear, every phrase counts once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .items import Article, Rejection

_WORD = re.compile(r"\w+")
_AUTHORS = re.compile(r",| and ")
SHINGLE = 4
FIELDS = ("title", "date", "authors")
#: What floors are set for; "leaked" is a ceiling.
FIGURES = ("f1", "exact", *FIELDS, "leaked")


@dataclass
class Score:
    """The sums of one group of pages."""

    pages: int = 0
    right: float = 0.0  # true positives; each page's three sums are 1 where the gold is a text
    extra: float = 0.0
    lost: float = 0.0
    exact_pages: int = 0
    leaked: int = 0
    tried: int = 0  # samples of boilerplate looked for
    fields: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))

    def figures(self) -> dict[str, float]:
        """F1, precision, recall, exact, and leaked and the fields where there is gold for them."""
        precision = self.right / (self.right + self.extra) if self.right + self.extra else 0.0
        recall = self.right / (self.right + self.lost) if self.right + self.lost else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        found = {"f1": f1, "precision": precision, "recall": recall, "exact": self.exact_pages / max(1, self.pages)}
        found |= {name: sum(self.fields[name]) / len(self.fields[name]) for name in FIELDS if self.fields.get(name)}
        return found | ({"leaked": self.leaked} if self.tried else {})

    def add(self, gold: Mapping[str, Any], record: Article | Rejection) -> None:
        """Count one page."""
        self.add_text(gold, record.body if isinstance(record, Article) else "")
        for name, is_right in _fields(gold, record):
            self.fields[name].append(is_right)

    def add_text(self, gold: Mapping[str, Any], body: str) -> None:
        """Count one text; nothing is known of its fields."""
        for text in gold.get("optional") or ():  # right either way
            body = body.replace(text, " ")
        right, extra, lost = _phrases(gold, body) if "with" in gold else _shingled(gold["body"], body)
        self.pages += 1
        self.right, self.extra, self.lost = self.right + right, self.extra + extra, self.lost + lost
        self.exact_pages += not extra and not lost
        leaked, tried = _leaks(gold, body)
        self.leaked, self.tried = self.leaked + leaked, self.tried + tried


def grouped(scored: Iterable[tuple[tuple[str, ...], Mapping[str, Any], Article | Rejection]]) -> dict[str, Score]:
    """Pages with the names of the groups that each belongs to -> a score for each group, in order of appearance."""
    found: dict[str, Score] = {}
    for names, gold, record in scored:
        for name in names:
            found.setdefault(name, Score()).add(gold, record)
    return found


def below(floors: Mapping[str, float], figures: Mapping[str, float]) -> list[str]:
    """What is worse than its floor, in words."""
    found = []
    for name, floor in floors.items():
        got = figures.get(name)
        worse = got is None or (got > floor if name == "leaked" else got < floor)
        if worse:
            found.append(f"{name} {'missing' if got is None else f'{got:.4f}'}, the floor is {floor}")
    return found


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    size = max(1, len(words) - SHINGLE + 1)
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(size)) if words else Counter()


def _shingled(gold: str, body: str) -> tuple[float, float, float]:
    wanted, got = _shingles(gold), _shingles(body)
    right = sum((wanted & got).values())
    extra, lost = sum(got.values()) - right, sum(wanted.values()) - right
    total = right + extra + lost
    return (right / total, extra / total, lost / total) if total else (1.0, 0.0, 0.0)


def _phrases(gold: Mapping[str, Any], body: str) -> tuple[float, float, float]:
    text = _squeezed(body)
    right = sum(_squeezed(phrase) in text for phrase in gold["with"])
    extra = sum(_squeezed(phrase) in text for phrase in gold["without"])
    return right, extra, len(gold["with"]) - right


def _leaks(gold: Mapping[str, Any], body: str) -> tuple[int, int]:
    wanted, text = _squeezed(gold.get("body") or ""), _squeezed(body)
    samples = [_squeezed(sample["text"]) for sample in gold.get("removed") or ()]
    tried = [sample for sample in samples if len(sample) > 5 and sample not in wanted]
    return sum(sample in text for sample in tried), len(tried)


def _fields(gold: Mapping[str, Any], record: Article | Rejection) -> Iterable[tuple[str, bool]]:
    article = record if isinstance(record, Article) else None
    if gold.get("title"):
        yield "title", article is not None and _squeezed(gold["title"]) == _squeezed(article.headline or "")
    if gold.get("date"):
        yield "date", article is not None and gold["date"][:10] == (article.date_published or "")[:10]
    if gold.get("authors"):
        wanted = gold["authors"] if isinstance(gold["authors"], list) else _AUTHORS.split(gold["authors"])
        names = {name.strip().lower() for name in wanted if name.strip()}
        yield "authors", article is not None and names == {name.strip().lower() for name in article.authors}


def _squeezed(text: str) -> str:
    return " ".join(text.split())
