"""Documents without markup: the rules and the labeller of lines, and what they decide together.

Nothing but text says less than a page does, so every decision carries how sure it is, and ``Options.mode``
says how sure is enough. Documents are cleaned by the batch; each comes out as it would alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..items import RELATED_KINDS, Edit, Link, Removed
from . import edits as editing
from . import labels, line_features
from .harvest import BULLETS
from .identification import primary
from .language import LABEL_END, phrases_for
from .line_hints import HEADING, LABEL
from .line_reader import read
from .line_rules import LINE_RULES
from .lines import Decision, Document, raw_offset
from .metadata import split_keywords
from .options import DEFAULT, MODES, Options
from .phrase_table import Match, in_text

MODEL = "lines.json"  # in engine/model
LABELLER = "labeller"


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanText:
    """A cleaned document without markup. ``text`` is ``raw_text`` with its ``edits`` applied."""

    text: str
    raw_text: str
    edits: tuple[Edit, ...]
    removed: tuple[Removed, ...]
    keywords: tuple[str, ...]
    source: str | None
    related: tuple[Link, ...]


def clean_texts(
    texts: Sequence[str],
    *,
    language: str | None = None,
    headline: str | None = None,
    options: Options = DEFAULT,
    site_lines: Sequence[frozenset[str] | None] | None = None,
) -> list[CleanText]:
    """Clean documents whose markup is gone, a few hundred at a time at most: they share one table of features.

    ``site_lines`` are, for each document, the keys of the lines that its site repeats.
    """
    told = primary(language) or None
    documents = read(texts, phrases_for(told), options, headline)
    for document, known in zip(documents, site_lines or [None] * len(texts), strict=True):
        document.site_lines, document.language = known or document.site_lines, told
        run_rules(document)
    sure = probabilities(documents)
    return [finish(document, opinion) for document, opinion in zip(documents, sure, strict=True)]


def run_rules(document: Document) -> None:
    """Every rule, once, in order."""
    for rule in LINE_RULES:
        document.take(rule.find(document), rule.name, rule.kind, rule.confidence)


def probabilities(documents: Sequence[Document], trees: labels.Trees | None = None) -> list[dict[int, float]]:
    """For each document the lines that the labeller judged, with the probability that each is the article's. A line
    that is sure to go is not judged.
    """
    options = documents[0].options if documents else DEFAULT
    where, table = line_features.table(documents, max(options.sure_from, MODES[options.mode].rules))
    found: list[dict[int, float]] = [{} for _ in documents]
    if where:
        judged = (trees or labels.trees(MODEL)).probabilities(table)
        for (number, at), probability in zip(where, judged.tolist(), strict=True):
            found[number][at] = probability
    return found


def finish(document: Document, opinion: dict[int, float]) -> CleanText:
    """What is decided, as text, edits and data."""
    gone = decide(document, opinion)
    if not gone and not document.parts and not document.character_edits and _is_tidy(document):
        raw_text = document.raw_text
        return CleanText(text=raw_text, raw_text=raw_text, edits=(), removed=(), keywords=(), source=None, related=())
    least = MODES[document.options.mode].rules
    made = [(at, cut) for at, parts in document.parts.items() for cut in parts if cut.confidence >= least]
    parts = [(at, cut) for at, cut in made if cut.start or at not in gone]  # the whole line tells of its beginning
    cuts = sorted([*gone.items(), *parts], key=lambda cut: (cut[0], cut[1].start))
    edits = _edits(document, cuts, gone)
    removed = [(at, cut, document.texts[at][cut.start : cut.stop].strip()) for at, cut in cuts]
    return CleanText(
        text=editing.apply(document.raw_text, edits),
        raw_text=document.raw_text,
        edits=edits,
        removed=tuple(Removed(kind=cut.kind, rule=cut.rule, text=text) for _, cut, text in removed),
        keywords=_keywords(document, removed),
        source=_source(document, removed),
        related=_related(document, removed),
    )


def _is_tidy(document: Document) -> bool:
    """Whether there is nothing but lines and line breaks between them; most documents of most corpora."""
    return document.raw_text in ("\n\n".join(document.texts), "\n".join(document.texts))


def decide(document: Document, opinion: dict[int, float]) -> dict[int, Decision]:
    """The lines that go: what is sure enough for the document's mode. A doubtful line goes where others are boilerplate
    for sure; in a document that is clean elsewhere it stays.
    """
    least = MODES[document.options.mode]
    sure_from = document.options.sure_from
    decisions = document.decisions
    if not decisions and min(opinion.values(), default=1.0) >= 1 - min(least.labeller):
        return {}
    sure = {at for at, cut in decisions.items() if cut.confidence >= sure_from}
    sure |= {at for at, probability in opinion.items() if 1 - probability >= sure_from}
    gone = {at: cut for at, cut in decisions.items() if cut.confidence >= least.rules}
    learned = {}
    for at, probability in opinion.items():
        confidence = 1 - probability
        others = min(len(sure) - (at in sure), len(least.labeller) - 1)
        if confidence > least.labeller[others] and at not in gone and at not in document.parts:
            learned[at] = Decision(LABELLER, "chrome", round(confidence, 3))
    if len(gone.keys() | learned.keys() | document.parts.keys()) < len(document):  # none is nothing but guesses
        gone |= learned
    last = max((at for at in range(len(document)) if at not in gone), default=-1)
    return {at: _named(gone[at], "inline_related" if at < last else "related") for at in sorted(gone)}


def _named(cut: Decision, related: str) -> Decision:
    """A related line is ``inline_related`` where lines of the article follow it."""
    return cut._replace(kind=related) if cut.kind in RELATED_KINDS else cut


def _edits(document: Document, cuts: list[tuple[int, Decision]], gone: dict[int, Decision]) -> tuple[Edit, ...]:
    kept = [at not in gone for at in range(len(document))]
    found = []
    for at, cut in cuts:
        start = raw_offset(document, at, cut.start) if cut.start else document.starts[at]
        end = document.ends[at] if cut.stop is None else raw_offset(document, at, cut.stop)
        found.append(Edit(start=start, end=end, text="", rule=cut.rule, kind=cut.kind, confidence=cut.confidence))
    characters = [edit for at, made in document.character_edits.items() if kept[at] for edit in made]
    gaps = editing.gap_edits(document.raw_text, list(zip(document.starts, document.ends, strict=True)), kept)
    return editing.merge([*found, *characters, *gaps])


_Removed = list[tuple[int, Decision, str]]  # the line, why it went, what it said


def _values(document: Document, removed: _Removed, kinds: tuple[str, ...]) -> Iterator[str]:
    """The texts behind their labels; headings have none."""
    phrases = document.phrases
    for at, cut, text in removed:
        if cut.kind in kinds:
            hint = document.hints[at]
            found = _label(document, at, cut, text)
            value = text[found.end :] if found else text
            if value.strip(BULLETS) and not (hint & HEADING and phrases.heading(value)):
                yield value.strip(BULLETS)


def _label(document: Document, at: int, cut: Decision, text: str) -> Match | None:
    """The label that a removed line or end of a line begins with."""
    if cut.start:
        return document.phrases.label(text)
    may_be = document.hints[at] & LABEL
    return in_text(document.phrases.labels.match(document.spelled[at][:LABEL_END]), text) if may_be else None


def _keywords(document: Document, removed: _Removed) -> tuple[str, ...]:
    words = [word for value in _values(document, removed, ("tags",)) for word in split_keywords(value)]
    return tuple(dict.fromkeys(word.strip(BULLETS) for word in words if word.strip(BULLETS)))


def _source(document: Document, removed: _Removed) -> str | None:
    return ", ".join(dict.fromkeys(_values(document, removed, ("source",)))) or None


def _related(document: Document, removed: _Removed) -> tuple[Link, ...]:
    most = document.options.headline_words[1]
    values = dict.fromkeys(_values(document, removed, RELATED_KINDS))
    return tuple(Link(headline=v, url=None) for v in values if 3 <= len(v.split()) <= most and not v.endswith("."))
