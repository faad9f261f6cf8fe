"""The learned labeller: body or not, for every block around the article, once the rules have spoken.

Its verdict is made by oblivious decision trees (every node of a level asks the same question: Lou and
Obukhov, BDT, KDD 2017; Prokhorenkova et al., CatBoost, NeurIPS 2018), which numpy evaluates for a whole
page at once. ``make train`` writes model/labeller.json; its head says from what, and how well it did.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from . import features
from .draft import Cut, Draft
from .toml import DATA

#: Blocks that are compared at once: what is known of them fits the processor's cache.
PART = 64
LINKED = 0.3  # a paragraph of the article has less of its text in links
MODELS = DATA / "model"
#: Rules that know what they see. What the others took out may come back.
FINAL = frozenset(
    "site_drop site_drop_text site_boilerplate earlier_page headline_repeat tag_links thread section label byline "
    "author line credit source_tail ending article_over inline_headline link_line next_story other_articles "
    "pull_quote teasers left_over link_note read_also company player".split()
)


@dataclass(frozen=True)
class Trees:
    """The trees as arrays: ``depth`` questions a tree, and a leaf for every answer to them."""

    names: tuple[str, ...]  # the features, in the order in which the questions number them
    rules: dict[str, int]
    asked: Any  # (questions) numbers of features: each question once, many trees ask the same
    borders: Any  # (questions, 1)
    questions: Any  # (depth, trees) which question, level by level
    leaves: Any  # (trees * 2 ** depth)
    begins: Any  # (trees, 1) where each tree's leaves do
    bias: float

    def probabilities(self, table: Any) -> Any:
        """For each column of a table, which has a row for each of ``names``, the probability, from 0 to 1, that a
        reader takes it for the article.
        """
        parts = [self._of(table[:, at : at + PART]) for at in range(0, table.shape[1], PART)]
        return np.concatenate(parts)

    def _of(self, table: Any) -> Any:
        answers = (table.take(self.asked, axis=0) > self.borders).view(np.uint8)
        leaf = answers.take(self.questions[-1], axis=0)  # a byte: no tree is deeper than eight
        for questions in self.questions[-2::-1]:  # all trees answer a level's question at once
            leaf += leaf
            leaf |= answers.take(questions, axis=0)
        return 1 / (1 + np.exp(-self.bias - self.leaves.take(self.begins + leaf).sum(axis=0)))


def from_data(data: dict[str, Any]) -> Trees:
    """A model file's content as arrays."""
    depth = max(len(tree["questions"]) for tree in data["trees"])
    asked, leaves = [], []
    for tree in data["trees"]:
        padding = depth - len(tree["questions"])
        asked += [*map(tuple, tree["questions"]), *[(0, np.inf)] * padding]  # its answer is always no
        leaves += tree["leaves"] + [0.0] * (2**depth - len(tree["leaves"]))
    questions = {question: number for number, question in enumerate(sorted(set(asked)))}
    return Trees(
        names=tuple(data["features"]),
        rules={name: number for number, name in enumerate(data["rules"])},
        asked=np.array([number for number, _ in questions]),
        borders=np.array([[border] for _, border in questions], dtype=np.float32),
        questions=np.array([questions[question] for question in asked]).reshape(-1, depth).T.copy(),
        leaves=np.array(leaves),
        begins=np.arange(0, len(leaves), 2**depth)[:, None],
        bias=data["bias"],
    )


@cache
def trees(name: str = "labeller.json") -> Trees:
    """A model that ships with the engine."""
    return from_data(json.loads((MODELS / name).read_text(encoding="utf-8")))


def is_judged(draft: Draft) -> bool:
    """Whether there is something to judge: prose, and no site selector, which would be believed."""
    return any(draft.prose) and draft.content.found_by != "selector"


def probabilities(draft: Draft) -> dict[int, float]:
    """The labeller's opinion of each block around the article."""
    first, rows = features.rows(draft, trees().rules)
    table = np.stack([rows[name] for name in trees().names])
    return dict(enumerate(trees().probabilities(table).tolist(), first))


def restored(draft: Draft) -> Iterator[int]:
    """Blocks that a rule which goes by shape took out, and that the labeller is sure of or that are called a lead."""
    final = {taken.piece for taken in draft.taken if taken.whole and taken.rule in FINAL}
    for at, probability in draft.labels.items():
        is_text = probability >= draft.options.restore_from or at in draft.leads
        if at in draft.gone and at not in final and is_text:
            yield at


def labeller(draft: Draft) -> Iterator[Cut]:
    """Blocks that no rule knows and that the learned labeller takes for something else than the article. Of a paragraph
    or an item of a list between two of the article that look like it, of a heading over one, and of a first one that is
    called a lead or stands right under the headline, it must be surer than of other blocks.
    """
    standing, labels, options = draft.standing(), draft.labels, draft.options
    kept = {at for at in standing if labels.get(at, 1.0) >= options.keep_from or at in draft.leads}
    first = draft.first_paragraph()
    if labels.get(first, 0.0) >= options.lead_from and _is_opening(draft, first):
        kept.add(first)
    for before, at, after in zip([-1, *standing], standing, [*standing[1:], -1], strict=False):
        if at in kept:
            continue
        is_between = before in kept and after in kept and labels[at] >= options.between_from
        if not (is_between and (_are_alike(draft, (before, at, after)) or _is_over(draft, before, at, after))):
            yield Cut(at, kind=draft.kind_around(at))


def _is_opening(draft: Draft, at: int) -> bool:
    """Whether a block is called a lead, or is a sentence right under the headline."""
    return draft.is_lead(at) or (draft.is_prose(at) and draft.outline.headline_before(at) == at - 1)


def _is_over(draft: Draft, before: int, at: int, after: int) -> bool:
    """Whether a block is the heading of the paragraph that follows it, and in the same element."""
    boxes, pieces = draft.outline.boxes, draft.pieces
    beside = boxes[pieces[at].box].parent == boxes[pieces[after].box].parent
    return beside and pieces[at].kind == "heading" and draft.is_prose(before) and draft.is_prose(after)


def _are_alike(draft: Draft, beside: tuple[int, ...]) -> bool:
    """Whether blocks are finished paragraphs, or the items of one list, in elements that are called the same."""
    pieces = [draft.pieces[at] for at in beside]
    is_prose = all(piece.finished and piece.kind == "paragraph" and piece.link_share < LINKED for piece in pieces)
    is_list = all(piece.kind == "item" for piece in pieces)
    return (is_prose or is_list) and len({draft.outline.path(piece) for piece in pieces}) == 1
