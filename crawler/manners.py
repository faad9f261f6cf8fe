"""What a site asks of its visitors, as values: how long to stay away (RFC 9110, 10.2.3 and 15.6.4; RFC 6585)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

BUSY = (429, 503)
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 60.0


def retry_after(value: str | None, now: float) -> float | None:
    """A Retry-After header in seconds from now: a number, or an HTTP date. None where it says nothing."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except ValueError:
        return None


def pause(asked: float | None, times: int) -> float:
    """How long to leave a busy host alone, in seconds: as long as it asks, else twice as long each time."""
    return asked if asked is not None else min(FIRST_PAUSE * 2 ** (times - 1), LONGEST_PAUSE)
