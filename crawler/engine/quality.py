"""Is it an article? What was kept of a page -> ``None`` (yes) or the reason why not."""

from __future__ import annotations

from .. import urls
from ..items import Article, Reason
from .blocks import count_words
from .draft import Draft
from .interstitials import interstitial


def refusal(draft: Draft, body: str) -> tuple[Reason, str] | None:
    """The reason to refuse a cleaned page, with figures that a person can check."""
    words = count_words(body)
    other = draft.unread_part or interstitial(draft, words)
    if other:
        return other
    if words == 0:
        return Reason.NO_CONTENT, "no text that belongs to an article"
    least = draft.options.min_body_words
    if words < least:
        kind = f", the page says it is a {draft.page_type}" if draft.page_type else ""
        reason = Reason.TOO_SHORT if draft.is_free else Reason.PAYWALL
        return reason, f"{words} words, {least} are asked for{kind}"
    other_page = _other_page(draft)
    return (Reason.NOT_ARTICLE, other_page) if other_page else None


def _other_page(draft: Draft) -> str | None:
    """What says that a page with enough words is a page of another sort."""
    if _is_front(draft.article):
        return "the page says that it is the front page of its site"
    standing = draft.standing()
    kept = [draft.pieces[at] for at in standing]
    links = sum(piece.linked for piece in kept) / max(1, sum(len(piece.text) for piece in kept))
    prose = sum(draft.prose[at] for at in standing)
    if links > draft.options.listing_link_share and prose < draft.options.listing_prose:
        return f"{links:.0%} of the text stands inside links: a listing"
    sure = any(draft.labels.get(at, 0.0) >= draft.options.restore_from for at in standing)
    return None if sure or draft.paragraphs() else f"{len(kept)} blocks, no paragraph among them"


def _is_front(article: Article | None) -> bool:
    """Whether the page calls itself by the site's own address, at which it was fetched."""
    if article is None or not urls.is_root(article.canonical_url):
        return False
    return article.field_sources["canonical_url"] != "url"
