"""Rules that go by markup: a site's selectors, the names of boxes, rel=tag; and signs without words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from .blocks import Anchor
from .debris import debris
from .draft import Cut, Draft
from .wording import hashtags, line_key

_TAG_HREF = re.compile(
    r"/(?:tags?|topics?|keywords?|labels?|hashtags?|etiquetas?|themes?|focuses)/|[?&](?:tag|keyword)=", re.IGNORECASE
)
_LONGEST_TAG = 40
_ASKED = 4  # blocks beside a form, at most
_NEAR = 3  # elements around a picture
_LONGEST_COUNTER = 30
_LONE_MARKS = frozenset(".,:;|•·×✕")
_COUNTER = re.compile(r"(?:[^\W\d]+ )?\d{1,3} ?(?:/|\b[^\W\d]{1,3}\b) ?\d{1,3}|\d?\d:\d\d ?/ ?\d?\d:\d\d|0?0:00")
#: Boxes with these kinds hold short things only: a long block in one is prose in a strange place.
_SHORT_KINDS = ("date", "byline")


def site_drop(draft: Draft) -> Iterator[Cut]:
    """Blocks inside an element that the site's ``drop`` selectors name."""
    for box in draft.outline.boxes:
        if box.look.mark == "drop":
            for at in range(box.first, box.last):
                yield Cut(at, kind=draft.kind_around(at))


def site_drop_text(draft: Draft) -> Iterator[Cut]:
    """Blocks whose text matches one of the site's ``drop_text`` patterns."""
    patterns = [re.compile(pattern) for pattern in draft.site.drop_text] if draft.site else []
    for at in draft.open():
        if any(pattern.search(draft.pieces[at].text) for pattern in patterns):
            yield Cut(at)


def site_boilerplate(draft: Draft) -> Iterator[Cut]:
    """Blocks that many pages of the same site have, by the file that `scrapy clean --learn` writes."""
    if draft.site_lines:
        yield from (Cut(at) for at in draft.open() if line_key(draft.pieces[at].text) in draft.site_lines)


def earlier_page(draft: Draft) -> Iterator[Cut]:
    """On the further pages of an article, paragraphs that an earlier page has word for word: a lead, often."""
    if draft.said:
        yield from (Cut(at) for at in draft.open() if draft.pieces[at].text in draft.said)


def named_box(draft: Draft) -> Iterator[Cut]:
    """Blocks inside an element whose tag, role, class or id says what it is: a related list, tags,
    a share bar, a caption, a byline, comments, navigation, an advertisement, a newsletter form.

    It counts only where the element holds less than half of the page's prose.
    """
    for at in draft.open():
        kind = draft.kind_around(at)
        if kind in _SHORT_KINDS and len(draft.pieces[at].text) > draft.options.line_length:
            kind = _kind_inside(draft, at)
        if kind is not None:
            yield Cut(at, kind=kind)


def _kind_inside(draft: Draft, at: int) -> str | None:
    """What a nearer element says of a block that is too long for its box: a caption under a date."""
    around = draft.outline.chain(draft.pieces[at].box)
    return "caption" if any(draft.outline.boxes[box].look.kind == "caption" for box in around) else None


def form_box(draft: Draft) -> Iterator[Cut]:
    """A few short blocks in an element with a form of their own: what readers are asked for, and why."""
    boxes, headline = draft.outline.boxes, draft.outline.first_headline()
    for form in (box for box in boxes if box.look.tag == "form" and box.parent >= 0):
        around = boxes[form.parent]
        if around.last - around.first > _ASKED or around.holds(headline):
            continue
        if sum(len(piece.text) for piece in draft.pieces[around.first : around.last]) <= draft.options.value_length:
            yield from (Cut(at) for at in range(around.first, around.last))


def under_picture(draft: Draft) -> Iterator[Cut]:
    """A short block, no sentence, that is all that stands in an element with a picture."""
    headline = draft.outline.first_headline()
    for picture in draft.outline.pictures:
        for index in draft.outline.chain(picture.box, _NEAR):
            box = draft.outline.boxes[index]
            at = box.first
            if box.last - at != 1 or at == headline or draft.finished(at):
                continue
            piece = draft.pieces[at]
            if (
                piece.kind in ("paragraph", "cell")
                and not piece.links
                and len(piece.text) <= draft.options.value_length
            ):
                yield Cut(at)


def tag_links(draft: Draft) -> Iterator[Cut]:
    """Blocks that are links with rel=tag, links to tag pages, or hashtags («#الواحة #بيئة»)."""
    for at in draft.open():
        piece = draft.pieces[at]
        is_linked = piece.links and piece.link_share >= 0.5
        if (is_linked and _lead_to_tags(piece.links)) or hashtags(piece.text):
            yield Cut(at)


def _lead_to_tags(links: tuple[Anchor, ...]) -> bool:
    if all(len(link.text) <= _LONGEST_TAG and _is_of_tag(link.written) for link in links):
        return True
    return any("tag" in link.rel.split() for link in links if "tag" in link.written)


@lru_cache(maxsize=4096)
def _is_of_tag(written: str) -> bool:
    """Whether a link with these attributes leads to a tag's page. Pure: the cache holds no page's state."""
    return _TAG_HREF.search(Anchor("", written).href) is not None


def left_over(draft: Draft) -> Iterator[Cut]:
    """What a template, a plug-in or a script has left («[ad_1]», «[gallery ids="1,2"]», «undefined», «👍 35», the
    address of a film), outside of <pre>.
    """
    for at in draft.standing():
        if draft.pieces[at].tag != "pre":
            yield from (Cut(at, start, stop) for start, stop in debris(draft.pieces[at].text))


def separator(draft: Draft) -> Iterator[Cut]:
    """What has no word in it («***», «___») after the last paragraph, where it parts nothing; a lone mark («•»); and
    what a gallery or a player counts («Photo 3 of 12», «00:00 / 04:12»).
    """
    standing = draft.standing()
    yield from map(Cut, takewhile(lambda at: not draft.folded(at), reversed(standing)))
    for at in standing:
        piece = draft.pieces[at]
        is_counter = len(piece.text) <= _LONGEST_COUNTER and _COUNTER.fullmatch(piece.text)
        if piece.text in _LONE_MARKS or (piece.kind == "paragraph" and is_counter):
            yield Cut(at)
