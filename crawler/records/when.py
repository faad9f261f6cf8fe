"""Dates of records as points in time."""

from __future__ import annotations

from datetime import datetime, timezone


def instant(date: str | None) -> datetime | None:
    """An ISO 8601 date in UTC. A day is its first moment, a time without an offset is taken for UTC.

    ValueError where it is no such date.
    """
    if date is None:
        return None
    found = datetime.fromisoformat(date.replace("Z", "+00:00"))
    return found.astimezone(timezone.utc) if found.tzinfo else found.replace(tzinfo=timezone.utc)
