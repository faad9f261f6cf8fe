"""An article of many pages: their records as one, whose text still remembers its edits."""

from __future__ import annotations

from dataclasses import replace

from ..items import Article
from . import fingerprint

_BREAK = "\n\n"


def joined(first: Article, more: Article) -> Article:
    """The first pages' record with the next page's text behind its own; metadata is the first page's."""
    by = len(first.raw_text) + len(_BREAK)
    body = first.body + _BREAK + more.body
    pictures = {image.url for image in first.images}
    headlines = {link.headline for link in first.related}
    return replace(
        first,
        keywords=first.keywords or more.keywords,
        source=first.source or more.source,
        authors=first.authors or more.authors,
        images=(*first.images, *(image for image in more.images if image.url not in pictures)),
        related=(*first.related, *(link for link in more.related if link.headline not in headlines)),
        body=body,
        raw_text=first.raw_text + _BREAK + more.raw_text if first.raw_text else "",
        blocks=(*first.blocks, *(replace(b, start=b.start + by, end=b.end + by) for b in more.blocks)),
        edits=(*first.edits, *(replace(e, start=e.start + by, end=e.end + by) for e in more.edits)),
        removed=(*first.removed, *more.removed),
        fingerprint=fingerprint.exact(body),
    )
