"""Lists of other stories that say how each begins: a card's paragraph reads like one of the article's own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from urllib.parse import urljoin

from .. import urls
from .blocks import Anchor, Box
from .draft import Cut, Draft

_CARDS = 2  # alike, one after the other, are a list
_PIECES = 6  # a card has no more
_TEASER = 400  # characters of what it tells
_FILES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")


def teasers(draft: Draft) -> Iterator[Cut]:
    """Cards in a row beside the story, each a link to a page of the same site and how that one begins, or one whose
    headline is the link. Where the page tells no more than its cards do, they are what it is about.
    """
    cards = list(_lists(draft))
    told = sum(draft.prose[at] for at in draft.content.inside)
    carded = {at for box in cards for at in range(box.first, box.last)} & draft.content.inside
    if told - sum(draft.prose[at] for at in carded) >= draft.options.story_length:
        yield from (Cut(at) for at in sorted(carded))


def _lists(draft: Draft) -> Iterator[Box]:
    first, last = draft.content.first - _CARDS * _PIECES, draft.content.last + _CARDS * _PIECES  # rows may begin before
    headline = draft.outline.first_headline()
    small = {
        index: box
        for index, box in enumerate(draft.outline.boxes)
        if 2 <= box.last - box.first <= _PIECES and first < box.last and box.first < last and not box.holds(headline)
    }
    pictures: dict[int, set[str]] = {index: set() for index in small}
    for picture in draft.outline.pictures:
        if picture.written and first <= picture.at <= last:
            for index in small.keys() & draft.outline.chain(picture.box, _PIECES):
                pictures[index].add(Anchor("", picture.written).href)
    found = ((box, _leads_to(draft, box, pictures[index])) for index, box in small.items())
    cards = sorted(((box, href) for box, href in found if href), key=lambda card: (card[0].parent, card[0].first))
    for _, alike in groupby(cards, key=lambda card: (card[0].parent, card[0].look.short)):
        row = list(alike)
        if len({href for _, href in row}) >= _CARDS or _has_headline(draft, row[0][0], draft.options.link_line_share):
            yield from (box for box, _ in row)


def _leads_to(draft: Draft, box: Box, pictured: set[str]) -> str | None:
    """The page of the same site that a card is about: all its links lead there, one of which is a whole block or a
    picture, and it tells little. An item of a list that is an article has more than one paragraph, often.
    """
    told = [at for at in range(box.first, box.last) if draft.prose[at] or draft.finished(at)]
    if len(told) != 1 or draft.prose[told[0]] > _TEASER or draft.page is None:
        return None
    pieces = draft.pieces[box.first : box.last]
    whole = any(piece.link_share >= draft.options.link_line_share for piece in pieces)
    whole = whole or (bool(pictured) and _has_headline(draft, box, 0))
    found = pictured.union(link.href for piece in pieces for link in piece.links)
    href = next(iter(found)) if whole and len(found) == 1 else ""
    if href.lower().endswith(_FILES):  # the picture itself, larger
        return None
    try:
        address = urljoin(draft.outline.base(draft.page.url), href)
        is_other = address.partition("#")[0] != draft.page.url and href[:1] not in ("", "#")
        return address if is_other and urls.same_site(address, draft.page.url) else None
    except ValueError:  # no address: «http://[»
        return None


def _has_headline(draft: Draft, box: Box, linked: float) -> bool:
    """Whether a heading of a card is a headline, of which at least this share stands in links."""
    headings = [at for at in range(box.first, box.last) if draft.pieces[at].kind == "heading"]
    return any(draft.pieces[at].link_share >= linked and draft.is_headline(at) for at in headings)
