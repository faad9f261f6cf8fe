"""Rules for documents without markup that go by shape and by what stands around a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..items import RELATED_KINDS
from .line_hints import DIGITS
from .line_signs import MARKS
from .lines import Document, LineCut
from .wording import continues, is_listed, is_question, meaning, signs_off
from .wording import hashtags as tags_of

_TELLING = (*MARKS, "（", "【")  # items of a list; «（编辑：…）» is in gold texts
_UNSURE = 0.6  # some stories say a thing twice, or thrice as a list of recipes does


def article_over(document: Document) -> Iterator[LineCut]:
    """All that follows a read-also heading once source or tag lines have closed the article: another article, its
    headline, its lists.
    """
    after = _closed(document)
    opening = {at for at in after if document.decisions.get(at) and document.decisions[at].kind in RELATED_KINDS}
    if opening:
        yield from (LineCut(at) for at in after if at > min(opening))


def second_article(document: Document) -> Iterator[LineCut]:
    """All from a headline on that follows the source or tag lines of the article and has few words of it."""
    after = _closed(document)
    standing = [at for at in after if at not in document.decisions]
    if len(standing) < 2 or not document.is_headline(standing[0]) or not document.is_prose(standing[1]):
        return
    told = {word for at in range(after.start) for word in meaning(document.folded(at))}
    words = meaning(document.folded(standing[0]))
    if words and 2 * len(words & told) <= len(words):
        yield from (LineCut(at) for at in standing)


def _closed(document: Document) -> range:
    """The lines after the source or tag lines that close the article; two paragraphs or more come before them."""
    paragraphs = 0
    for at in range(len(document) if document.decisions else 0):
        decision = document.decisions.get(at)
        if decision is None:
            paragraphs += document.finished[at]
        elif decision.kind in ("source", "tags") and paragraphs >= 2:
            return range(at + 1, len(document))
    return range(0)


def inline_headline(document: Document) -> Iterator[LineCut]:
    """A headline of another story without a label between two finished paragraphs, of which the second goes on
    where the first ended and shares no word with it.
    """
    if all(document.finished):
        return
    standing = [at for at in document.open() if not document.is_item(at)]
    long = [at for at in standing if document.sizes[at] >= document.options.prose_length]
    if sum(document.finished[at] for at in long) < document.options.finished_share * max(1, len(long)):
        return
    for before, at, after in zip(standing, standing[1:], standing[2:], strict=False):
        if document.finished[before] and document.finished[after] and not document.finished[at]:
            text = document.texts[at]
            is_other = document.is_headline(at) and text.count(" ") >= 4 and not is_listed(text)
            following = document.folded(after) if is_other else ""
            if continues(following) and not meaning(document.folded(at)) & meaning(following[:200]):
                yield LineCut(at)


def repeated(document: Document) -> Iterator[LineCut]:
    """What a paragraph says that one before it said word for word, but a question, which an interview may ask again.
    One that stands three times or more is a notice: what it says the second time goes for sure, and less sure the
    first time, too.
    """
    if not document.has_repeats():
        return
    said = (document.texts[at] for at in document.open() if document.is_prose(at))
    times = Counter(text for text in said if not is_question(text))
    seen: set[str] = set()
    for at in document.open():
        text = document.texts[at]
        again, notice = text in seen, times[text] > 2
        if notice or (again and times[text] == 2):
            yield LineCut(at, confidence=None if again and notice else _UNSURE)
        seen.add(text)


def sign_off(document: Document) -> Iterator[LineCut]:
    """A few words, and no number, after the last sentence of a text that is made of sentences: a name, a button."""
    standing = list(document.open())
    prose = [at for at in standing if document.is_prose(at)]
    after = [at for at in standing if prose and at > prose[-1]]
    if not after or any(document.hints[at] & DIGITS or document.texts[at][0] in _TELLING for at in after):
        return
    loose = [at for at in standing if not document.finished[at]]
    words = [document.texts[at] for at in after]
    if set(after) <= set(loose) and signs_off(words, len(loose) - len(after), len(prose)):
        yield from map(LineCut, after)


def hashtags(document: Document) -> Iterator[LineCut]:
    """A line of hashtags alone («#الواحة #بيئة»)."""
    for at in document.open():
        if document.texts[at].startswith("#") and tags_of(document.texts[at]):  # few lines are worth a call
            yield LineCut(at)
