"""Rules that go by shape and place: what stands beside the article, below it, and twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import takewhile

from ..items import RELATED_KINDS
from .blocks import Piece
from .draft import Cut, Draft
from .folding import fold
from .line_hints import DIGITS
from .looks import Look
from .names import words_of
from .wording import signs_off

_STORY_NAMES = frozenset("post posts story stories teaser teasers article articles entry card cards news".split())
_QUOTE_NAMES = frozenset("quote pullquote blockquote zitat citation".split())
QUOTED = 4  # spaces: a shorter quotation stands in many sentences
QUOTES = 50  # more of them are the article
OTHERS = 3  # fewer <article> elements after the story can be parts of it
HEAD = 3  # the headline is repeated this early, or it is a sentence


def headline_repeat(draft: Draft) -> Iterator[Cut]:
    """The headline: the h1 above the article, or its words repeated at the head of the body. Further h1s head parts of
    the article, unless they are too long for that.
    """
    wanted = fold(draft.headline or "")
    prose = draft.paragraphs()
    for nth, at in enumerate(draft.standing()):
        text, is_h1 = draft.pieces[at].text, draft.pieces[at].tag == "h1"
        heads_no_part = not prose or at < prose[0] or len(text.split()) > draft.options.headline_words[1]
        repeats = (is_h1 or nth < HEAD) and wanted and draft.folded(at) == wanted
        if repeats or (is_h1 and heads_no_part):
            yield Cut(at)


def sign_off(draft: Draft) -> Iterator[Cut]:
    """A few words, and no number, after the last sentence of a text that is made of sentences: a name, a button,
    initials in brackets.
    """
    standing, prose = draft.standing(), [at for at in draft.all_prose if at not in draft.gone]
    after = [at for at in standing if prose and at > prose[-1]]
    tell = any(draft.reading[at].hints & DIGITS for at in after)  # prices, times, a telephone number
    if not after or tell:
        return
    loose = [at for at in standing if draft.pieces[at].kind == "paragraph" and _is_loose(draft.pieces[at])]
    words = [draft.pieces[at].text for at in after]
    if set(after) <= set(loose) and signs_off(words, len(loose) - len(after), len(prose)):
        yield from map(Cut, after)


def _is_loose(piece: Piece) -> bool:
    """Whether a block is no sentence, or stands in brackets («(bud/sit)»)."""
    return not piece.finished or (piece.text[0] in "([（" and piece.text[-1] in ")]）")


def edge(draft: Draft) -> Iterator[Cut]:
    """Short blocks before the first and after the last paragraph, in boxes of their own beside the article's:
    breadcrumbs, counters, names of sections. After the last one a box named as one with paragraphs is a part like it.
    """
    prose = draft.paragraphs()
    if not prose:
        return
    direct, around = _boxes_of(draft, prose)
    boxes = draft.outline.boxes
    parts = {boxes[box].look.short for box in direct if boxes[box].look.names}
    paths = {draft.outline.path(draft.pieces[at]) for at in prose}
    for at in draft.standing():
        if prose[0] <= at <= prose[-1] or draft.outline.path(draft.pieces[at]) in paths:
            continue
        chain = draft.outline.chain(draft.pieces[at].box)
        home = next((box for box in chain if box in around), None)
        is_part = at > prose[-1] and not parts.isdisjoint([boxes[box].look.short for box in chain])
        if home not in direct and not is_part:
            yield Cut(at)


def _boxes_of(draft: Draft, prose: list[int]) -> tuple[set[int], set[int]]:
    """The boxes that hold paragraphs directly, and all boxes around any paragraph but its own. One paragraph beside a
    box that holds more of them does not make the box around both the article's.
    """
    direct, around = Counter[int](), set()
    for at in prose:
        chain = draft.outline.chain(draft.pieces[at].box)
        own = draft.outline.boxes[chain[0]]
        holders = chain[1:] if own.last - own.first <= 1 else chain
        direct.update(holders[:1])
        around.update(holders)
    outer = {box for held in direct for box in draft.outline.chain(held)[1:]}
    return {box for box, held in direct.items() if held > 1 or box not in outer}, around


def article_over(draft: Draft) -> Iterator[Cut]:
    """All that follows a read-also heading once source or tag lines have closed the article: another
    article, its headline, its lists.
    """
    closed: int | None = None
    paragraphs = 0
    kinds = {taken.piece: taken.kind for taken in draft.taken if taken.whole}
    for at in sorted(draft.content.inside):
        kind = kinds.get(at)
        if kind in ("source", "tags") and paragraphs >= 2 and not _is_of_card(draft, at, kinds):
            closed = at
        elif kind in RELATED_KINDS and closed is not None:
            yield from (Cut(later) for later in draft.standing() if later > at)
            return
        elif kind is None:
            paragraphs += draft.finished(at)
            closed = None


def _is_of_card(draft: Draft, at: int, kinds: Mapping[int, str]) -> bool:
    """Whether a box around the piece begins with other stories and has nothing of the article: a card's own tags."""
    boxes = draft.outline.boxes
    for index in draft.outline.chain(draft.pieces[at].box):
        held = range(boxes[index].first, boxes[index].last)
        if kinds.get(held.start) in RELATED_KINDS and all(piece in kinds for piece in held):
            return True
    return False


def next_story(draft: Draft) -> Iterator[Cut]:
    """All from the headline of the next story on, where a page goes on with another one below the first."""
    prose = draft.paragraphs()
    first = draft.outline.headline_before(prose[0]) if prose else None
    if first is None:
        return
    path = draft.outline.path(draft.pieces[first])
    paragraphs, told, last = set(prose), 0, 0
    for at in sorted(draft.content.inside):
        piece = draft.pieces[at]
        is_one = at > first and piece.tag == "h1" and draft.outline.path(piece) == path
        if is_one and told >= draft.options.story_length and _is_over(draft, first, last, at):
            yield from (Cut(later) for later in range(at, draft.content.last))
            return
        told += draft.prose[at]
        last = at if at in paragraphs else last


def _is_over(draft: Draft, headline: int, last: int, at: int) -> bool:
    """Whether a story ends before a block: a box holds its headline and its last paragraph, and not the block."""
    around = set(draft.outline.chain(draft.pieces[at].box))
    own = [box for box in draft.outline.chain(draft.pieces[headline].box) if box not in around]
    return bool(own) and draft.outline.boxes[own[-1]].holds(last)


def other_articles(draft: Draft) -> Iterator[Cut]:
    """What stands in other <article> elements than the story's own, where several follow it: a list of stories."""
    prose = draft.paragraphs()
    boxes = draft.outline.boxes
    around = draft.outline.chain(draft.pieces[prose[0]].box) if prose else []
    home = next((box for box in around if boxes[box].look.tag == "article"), None)
    if home is None:
        return
    own, last = boxes[home], draft.content.last
    later = [box for box in boxes if box.look.tag == "article" and own.last <= box.first < box.last <= last]
    others = [box for box in later if _is_story(box.look)]
    if len(others) >= OTHERS:
        yield from (Cut(at) for box in others for at in range(box.first, box.last))


def _is_story(look: Look) -> bool:
    """An <article> that is named as a story of its own: no part of a longer one, no message of a thread."""
    words = set(words_of(look.names))
    return not words.isdisjoint(_STORY_NAMES) and "message" not in words


def repeated_block(draft: Draft) -> Iterator[Cut]:
    """A long block that says word for word what one before it said."""
    seen = set()
    for at in draft.standing():
        text = draft.pieces[at].text
        if len(text) >= draft.options.prose_length and text in seen:
            yield Cut(at)
        seen.add(text)


def pull_quote(draft: Draft) -> Iterator[Cut]:
    """A quotation set apart from the text, of which a paragraph has every word."""
    standing = draft.standing()
    apart = [at for at in standing if _is_set_apart(draft, at)]
    if 0 < len(apart) <= QUOTES:
        told = "\n".join([fold(draft.pieces[at].text) for at in sorted({*standing} - {*apart})])
        for at in apart:
            quoted = fold(draft.pieces[at].text)
            if quoted.count(" ") >= QUOTED and quoted in told:
                yield Cut(at)


def _is_set_apart(draft: Draft, at: int) -> bool:
    """Whether a block stands in a <blockquote> or an element named after quotations, and in no embedded post."""
    looks = draft.outline.looks(draft.pieces[at].box, 2)
    names = set(words_of(" ".join(look.names for look in looks)))
    is_one = any(look.tag == "blockquote" for look in looks) or not names.isdisjoint(_QUOTE_NAMES)
    return is_one and not any(look.is_embed for look in looks)


def dangling_heading(draft: Draft) -> Iterator[Cut]:
    """Headings at the end of the article with nothing under them, and numbers that stand there alone."""

    def hangs(at: int) -> bool:
        piece = draft.pieces[at]
        return (piece.kind == "heading" and not draft.prose[at]) or piece.text.isdigit()

    yield from map(Cut, takewhile(hangs, reversed(draft.standing())))


def outside_content(draft: Draft) -> Iterator[Cut]:
    """All that stands outside the article's own part of the page."""
    inside = draft.content.inside
    return (Cut(at) for at in range(len(draft.pieces)) if at not in inside and at not in draft.gone)
