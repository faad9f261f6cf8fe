"""Is it an article? What was kept of a page -> ``None`` (yes) or the reason why not."""

from __future__ import annotations

from ..items import Reason
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
    standing = draft.standing()
    kept = [draft.pieces[at] for at in standing]
    links = sum(piece.linked for piece in kept) / max(1, sum(len(piece.text) for piece in kept))
    prose = sum(draft.prose[at] for at in standing)
    if links > draft.options.listing_link_share and prose < draft.options.listing_prose:
        return Reason.NOT_ARTICLE, f"{links:.0%} of the text stands inside links: a listing"
    sure = any(draft.labels.get(at, 0.0) >= draft.options.restore_from for at in standing)
    if not draft.paragraphs() and not sure:
        return Reason.NOT_ARTICLE, f"{len(kept)} blocks, no paragraph among them"
    return None
