"""Lists of other stories that say how each begins: a card's paragraph reads like one of the article's own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from urllib.parse import urljoin

from .. import urls
from .blocks import Box
from .draft import Cut, Draft

_CARDS = 2  # alike, one after the other, are a list
_PIECES = 6  # a card has no more
_TEASER = 400  # characters of what it tells


def teasers(draft: Draft) -> Iterator[Cut]:
    """Two or more cards in a row beside the story, each a link to a page of the same site and how that one begins.
    Where the page tells no more than its cards do, they are what it is about.
    """
    cards = list(_lists(draft))
    told = sum(draft.prose[at] for at in draft.content.inside)
    carded = {at for box, _ in cards for at in range(box.first, box.last)} & draft.content.inside
    if told - sum(draft.prose[at] for at in carded) >= draft.options.story_length:
        yield from (Cut(at) for at in sorted(carded))


def _lists(draft: Draft) -> Iterator[tuple[Box, str]]:
    found = ((box, _leads_to(draft, box)) for box in draft.outline.boxes if 2 <= box.last - box.first <= _PIECES)
    cards = sorted(((box, href) for box, href in found if href), key=lambda card: (card[0].parent, card[0].first))
    for _, alike in groupby(cards, key=lambda card: (card[0].parent, card[0].look.short)):
        row = list(alike)
        if len({href for _, href in row}) >= _CARDS:
            yield from row


def _leads_to(draft: Draft, box: Box) -> str | None:
    """The page of the same site that a card is about: all its links lead there, and it tells little: an item of a list
    that is an article has more than one paragraph, often.
    """
    told = [at for at in range(box.first, box.last) if draft.prose[at] or draft.finished(at)]
    if len(told) != 1 or draft.prose[told[0]] > _TEASER or draft.page is None:
        return None
    pieces = draft.pieces[box.first : box.last]
    whole = [piece for piece in pieces if piece.links and piece.link_share >= draft.options.link_line_share]
    found = {link.href for piece in pieces for link in piece.links}
    href = found.pop() if whole and len(found) == 1 else ""
    try:
        address = urljoin(draft.page.url, href)
        return address if href[:1] not in ("", "#") and urls.same_site(address, draft.page.url) else None
    except ValueError:  # no address: «http://[»
        return None
