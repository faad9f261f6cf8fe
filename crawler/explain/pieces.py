"""A page -> its blocks in order, each with what became of it: kept, taken by a rule, or outside of the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from crawler import engine
from crawler.engine import DEFAULT, Draft, Options
from crawler.engine.draft import Taken
from crawler.engine.rules import ALL_RULES, LABELLER
from crawler.items import Article, Page, Rejection
from crawler.sites import Site

OUTSIDE = "outside"  # the name of what no rule has looked at, because it is far from the article
_ABOUT = {rule.name: rule.about for rule in ALL_RULES}
_ABOUT[OUTSIDE] = "Not part of the main content, and too far from it for any rule to look at."


@dataclass(frozen=True, slots=True)
class Part:
    """A block, or where a rule took a part of one that part. ``rule`` is None for what is kept."""

    text: str
    block: str  # paragraph | heading | item | quote | cell | caption
    path: str  # a short CSS path
    rule: str | None
    kind: str | None
    evidence: str | None

    @property
    def about(self) -> str | None:
        """What the rule does."""
        return _ABOUT.get(self.rule or "")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A page's record, and how it came about."""

    page: Page
    record: Article | Rejection
    parts: tuple[Part, ...]
    found_by: str | None  # how the main content was found: by the site's selector, or the scorer
    characters: dict[str, int]  # text rule -> how many characters or runs it changed

    @property
    def rules(self) -> list[tuple[str, int]]:
        """The rules that took anything, with how often."""
        return Counter(part.rule for part in self.parts if part.rule).most_common()


def explained(
    page: Page,
    site: Site | None = None,
    options: Options = DEFAULT,
    site_lines: frozenset[str] = frozenset(),
) -> Explanation:
    """The same as ``engine.process``, with its reasons. A page that is no HTML has no parts."""
    draft = engine.extract(page, site, options, site_lines)
    if isinstance(draft, Rejection):
        return Explanation(page, draft, (), None, {})
    draft = engine.clean(draft)
    changed = Counter(edit.rule for edit in draft.character_edits)
    return Explanation(page, engine.judge(draft), tuple(_parts(draft)), draft.content.found_by, dict(changed))


def _parts(draft: Draft) -> Iterator[Part]:
    taken = {at: list(cuts) for at, cuts in groupby(sorted(draft.taken), key=lambda cut: cut.piece)}
    standing = set(draft.standing())
    for at, piece in enumerate(draft.pieces):
        path, cuts = draft.outline.path(piece), taken.get(at, [])
        if not cuts and at not in standing:
            yield Part(piece.text, piece.kind, path, OUTSIDE, "chrome", None)
            continue
        done = piece.start
        for cut in sorted(cuts, key=lambda cut: (cut.start, cut.end)):
            if cut.start < done:
                continue  # of two that overlap the first one stands (engine/edits.py)
            if before := draft.outline.raw_text[done : cut.start].strip():
                yield Part(before, piece.kind, path, None, None, None)
            text = draft.outline.raw_text[cut.start : cut.end]
            yield Part(text, piece.kind, path, cut.rule, cut.kind, _evidence(draft, cut, text))
            done = cut.end
        if rest := draft.outline.raw_text[done : piece.end].strip():
            yield Part(rest, piece.kind, path, None, None, None)


def _evidence(draft: Draft, cut: Taken, text: str) -> str:
    """What the rule saw: a phrase, the name of a box, how much is links, a probability."""
    piece, facts = draft.pieces[cut.piece], []
    if cut.rule in ("section", "label", "line", "byline", "ending", "source_tail"):
        match = draft.phrases.label(text) or draft.phrases.line(text)
        said = text[match.start : match.end].strip() if match else text if draft.phrases.heading(text) else ""
        facts += [f"says «{said}»"] if said else []
    box = draft.kinds[cut.piece]
    if box is not None:
        facts.append(f"inside {draft.outline.boxes[box].look.short}")
    if cut.rule == LABELLER.name:
        facts.append(f"a probability of {draft.labels.get(cut.piece, 0):.2f} that it is body")
    if piece.link_share >= 0.3:
        facts.append(f"{piece.link_share:.0%} of it is links")
    return ", ".join(facts) or f"{len(text)} characters in {draft.outline.path(piece)}"
