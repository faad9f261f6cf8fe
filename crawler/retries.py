"""When a page that gave no article is asked for again: one table."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.items import Reason

HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Retry:
    """Ask again this many seconds later, twice as late each time, at most so often."""

    after: int
    times: int


NEVER = Retry(after=0, times=0)

RETRIES: dict[Reason, Retry] = {
    Reason.NOT_HTML: NEVER,
    Reason.NO_CONTENT: Retry(DAY, times=3),  # a video page may get its text later
    Reason.NOT_ARTICLE: NEVER,
    Reason.TOO_SHORT: Retry(6 * HOUR, times=4),  # breaking news begins as a line
    Reason.PAYWALL: NEVER,
    Reason.BLOCKED: Retry(HOUR, times=8),  # as an error: robot checks come and go
    Reason.DUPLICATE: NEVER,
    Reason.UNCHANGED: NEVER,  # it is delivered; a newer date in a seed asks again
    Reason.NOT_WANTED: NEVER,  # waits for a run that wants its date
    Reason.TIMEOUT: Retry(0, times=5),  # the next run
    Reason.TOO_LARGE: NEVER,
    Reason.ERROR: Retry(HOUR, times=8),  # the last one after five days
}


def retry_at(reason: Reason, tries: int, now: int) -> int | None:
    """When (seconds since 1970) to ask again after ``tries`` refusals, this one among them; None for never."""
    rule = RETRIES[reason]
    return now + rule.after * 2 ** (tries - 1) if tries <= rule.times else None
