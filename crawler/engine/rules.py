"""RULES: every cleaning rule in the order in which they run. Read it top to bottom.

A block rule looks at the draft and yields the cuts it wants. What one rule has taken the next ones
no longer see. A text rule gives a block's character edits. docs/cleaning.md is made from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..items import RELATED_KINDS
from . import (
    block_rules,
    byline_rules,
    company_rules,
    headline_rules,
    labels,
    notice_rules,
    phrase_rules,
    players,
    shape_rules,
    teaser_rules,
    text_rules,
    thread_rules,
)
from .draft import Cut, Draft


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name in every ``Edit``, the kind of what it removes, and its function."""

    name: str
    kind: str
    find: Callable[[Draft], Iterable[Cut]]

    @property
    def about(self) -> str:
        """What it does: the first paragraph of its docstring."""
        return " ".join((self.find.__doc__ or "").split("\n\n")[0].split())


RULES = (
    Rule("site_drop", "chrome", block_rules.site_drop),
    Rule("site_drop_text", "chrome", block_rules.site_drop_text),
    Rule("site_boilerplate", "chrome", block_rules.site_boilerplate),
    Rule("earlier_page", "chrome", block_rules.earlier_page),
    Rule("teasers", "related", teaser_rules.teasers),
    Rule("headline_repeat", "chrome", shape_rules.headline_repeat),
    Rule("tag_links", "tags", block_rules.tag_links),
    Rule("thread", "comments", thread_rules.thread),
    Rule("section", "related", phrase_rules.section),
    Rule("label", "related", phrase_rules.label),
    Rule("byline", "byline", byline_rules.byline),
    Rule("author", "byline", byline_rules.author),
    Rule("dateline", "byline", byline_rules.dateline),
    Rule("line", "cta", phrase_rules.line),
    Rule("named_box", "chrome", block_rules.named_box),
    Rule("form_box", "cta", block_rules.form_box),
    Rule("credit", "caption", phrase_rules.credit),
    Rule("under_picture", "caption", block_rules.under_picture),
    Rule("source_tail", "source", phrase_rules.source_tail),
    Rule("ending", "cta", phrase_rules.ending),
    Rule("left_over", "chrome", block_rules.left_over),
    Rule("link_note", "chrome", phrase_rules.link_note),
    Rule("read_also", "inline_related", phrase_rules.read_also),
    Rule("edge", "chrome", shape_rules.edge),
    Rule("other_articles", "related", shape_rules.other_articles),
    Rule("next_story", "related", shape_rules.next_story),
    Rule("article_over", "related", shape_rules.article_over),
    Rule("link_list", "related", headline_rules.link_list),
    Rule("link_line", "related", headline_rules.link_line),
    Rule("linked_headline", "related", headline_rules.linked_headline),
    Rule("inline_headline", "related", headline_rules.inline_headline),
    Rule("repeated_block", "chrome", shape_rules.repeated_block),
    Rule("pull_quote", "chrome", shape_rules.pull_quote),
    Rule("dangling_heading", "chrome", shape_rules.dangling_heading),
    Rule("company", "chrome", company_rules.company),
    Rule("sign_off", "chrome", shape_rules.sign_off),
    Rule("outside_content", "chrome", shape_rules.outside_content),
    Rule("player", "chrome", players.player),
)
#: Runs last, on what the rules have left and with their verdicts.
LABELLER = Rule("labeller", "chrome", labels.labeller)
#: Run after it, so that the labeller sees what it has learned from.
LAST = (
    Rule("date", "date", byline_rules.date),
    Rule("interface", "chrome", phrase_rules.interface),
    Rule("notice", "legal", notice_rules.notice),
    Rule("separator", "chrome", block_rules.separator),
)
ALL_RULES = (*RULES, LABELLER, *LAST)
TEXT_RULES = text_rules.TEXT_RULES


def run(draft: Draft) -> None:
    """Run every rule over a draft, once, in order; then the labeller, where there is prose to judge."""
    run_rules(draft)
    if labels.is_judged(draft):
        draft.labels = labels.probabilities(draft)
        apply_labels(draft)
    _run_each(draft, LAST)
    for index in draft.standing():
        draft.character_edits += text_rules.character_edits(draft.outline.raw_text, *draft.pieces[index].span)
    _name_inline(draft)


def run_rules(draft: Draft) -> None:
    """The rules alone: what the labeller learns from."""
    _run_each(draft, RULES)


def apply_labels(draft: Draft) -> None:
    """What the labeller's probabilities bring back, and what they take."""
    draft.restore(labels.restored(draft))
    _run_each(draft, (LABELLER,))


def _run_each(draft: Draft, rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        draft.take(rule.find(draft), rule.name, rule.kind)


def _name_inline(draft: Draft) -> None:
    """A related block is ``inline_related`` where paragraphs of the article follow it."""
    last = max(draft.standing(), default=-1)
    for at, taken in enumerate(draft.taken):
        if taken.kind in RELATED_KINDS:
            kind = "inline_related" if draft.content.first <= taken.piece < last else "related"
            draft.taken[at] = taken._replace(kind=kind)
