"""What a record makes of its address, once the feeds that hold it are stored. Values in, values out."""

from __future__ import annotations

from typing import Any

from crawler import retries, revisions
from crawler.items import Article, Reason, Rejection
from crawler.state.addresses import Address
from crawler.state.feeds import Written


def delivered(article: Article, address: Address, common: dict[str, Any]) -> Written:
    """Done, at its next revision."""
    return Written(
        **common,
        status="done",
        revision=address.revision + 1,
        fingerprint=article.fingerprint,
        words=revisions.pack(article),
    )


def refused(rejection: Rejection, address: Address, common: dict[str, Any], date: int | None) -> Written:
    """Refusals are retried by their reason (crawler/retries.py)."""
    reason, tries = rejection.reason, address.tries + 1
    rest: dict[str, Any] = {"revision": address.revision, "reason": reason.value, "tries": tries}
    if reason is Reason.UNCHANGED:
        return Written(**common, **rest, status="done", unchanged=address.unchanged + 1)
    if reason is Reason.NOT_WANTED:
        return Written(**common, **rest, status="unwanted", rank=-date if date else None)
    again = retries.retry_at(reason, tries, common["fetched"])
    return Written(**common, **rest, status="refused" if again is None else "retry", retry_at=again)
