"""Rules for headlines of other stories among the paragraphs, alone on their line, with a link and without."""

from __future__ import annotations

from collections.abc import Iterator

from .draft import Cut, Draft
from .folding import fold
from .wording import continues, is_listed, meaning

#: What points to another page («👉 …»); in a row they mark the items of a list.
_POINTERS = frozenset("►◄▶◀➡⬅👉👈⏩🔴🔵📌🔗⟶→←»›>")


def link_list(draft: Draft) -> Iterator[Cut]:
    """Two or more blocks in a row that are nothing but a link with a headline."""
    run: list[int] = []
    for at in [*draft.standing(), -1]:
        if at >= 0 and _is_link(draft, at) and (not run or at - run[-1] <= 2) and not draft.finished(at):
            run.append(at)
            continue
        if len(run) >= 2:
            yield from map(Cut, run)
        run = []


def _is_link(draft: Draft, at: int) -> bool:
    return draft.pieces[at].link_share >= draft.options.link_line_share


def link_line(draft: Draft) -> Iterator[Cut]:
    """A paragraph among finished ones that is nothing but a link with a headline."""
    standing = draft.standing()
    for before, at, after in zip(standing, standing[1:], standing[2:], strict=False):
        is_between = draft.is_prose(before) and draft.is_prose(after)
        if is_between and draft.pieces[at].kind == "paragraph" and _is_headline_link(draft, at):
            yield Cut(at)


def linked_headline(draft: Draft) -> Iterator[Cut]:
    """Any other block that is nothing but a link with a headline. What heads a part or lists offers comes back."""
    yield from (Cut(at) for at in draft.standing() if _is_headline_link(draft, at))


def _is_headline_link(draft: Draft, at: int) -> bool:
    links = draft.pieces[at].links
    if not _is_link(draft, at) or len(links) != 1 or links[0].href.startswith("#"):
        return False
    return draft.is_headline(at) or draft.asks(at)


def inline_headline(draft: Draft) -> Iterator[Cut]:
    """A headline of another story without link or label between two finished paragraphs, of which the second goes on
    where the first ended and shares no word with it, or that a sign points to («👉 …»), after the last one, too.
    """
    standing = [i for i in draft.standing() if draft.pieces[i].kind == "paragraph"]
    long = [i for i in standing if len(draft.pieces[i].text) >= draft.options.prose_length]
    if sum(map(draft.finished, long)) < draft.options.finished_share * max(1, len(long)):
        return
    for before, at, after in zip(standing, standing[1:], [*standing[2:], None], strict=False):
        if _interrupts(draft, before, at, after):
            yield Cut(at)


def _interrupts(draft: Draft, before: int, at: int, after: int | None) -> bool:
    text = draft.pieces[at].text
    if not draft.is_headline(at) or len(text.split()) < 5 or is_listed(text) or draft.pieces[at].inserted:
        return False
    beside = [before] if after is None else [before, after]
    if not all(map(draft.finished, beside)):
        return False
    if text[0] in _POINTERS:
        return text[0] not in [draft.pieces[one].text[0] for one in beside]
    if after is None:
        return False
    following = fold(draft.pieces[after].text)
    return continues(following) and not meaning(fold(text)) & meaning(following[:200])
