"""What ``-a`` may say: ``since``, ``until``, …; ``url`` or ``file`` for ``urls``, ``path`` for ``archive``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from crawler.errors import ArgumentError
from crawler.urls import is_http

COMMON = ("max_articles", "since", "until", "sections", "mode", "again")
ADDRESSES = (*COMMON, "url", "file")
ARCHIVE = ("path", "since", "until")
MODES = ("news", "backfill")
_MONTH = re.compile(r"(?<!\d)(20\d\d|19\d\d)[-_/.]?(0[1-9]|1[0-2])(?!\d{3})")


@dataclass(frozen=True)
class Arguments:
    """A run's arguments, checked."""

    max_articles: int | None = None
    since: str | None = None  # ISO 8601 day, included
    until: str | None = None  # ISO 8601 day, included
    sections: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    path: str = ""  # of archives: a file, a folder, a pattern, s3://…
    mode: str = "news"
    again: bool = False  # deliver once more what earlier runs have delivered

    def wants(self, published: str | None) -> bool:
        """Whether a date (ISO 8601, or unknown) lies in the run's days. An unknown one does."""
        if published is None:
            return True
        day = published[:10]
        return (self.since or day) <= day <= (self.until or day)

    def may_hold(self, sitemap: str, lastmod: int | None) -> bool:
        """Whether a sitemap can name stories of the run's days: by the month in its address, and by its
        ``lastmod`` (seconds since 1970), before which everything in it was published.
        """
        month = _MONTH.search(sitemap)
        if month:
            named = f"{month[1]}-{month[2]}"
            if (self.since or named)[:7] > named or (self.until or named)[:7] < named:
                return False
        since, _ = self.bounds
        return lastmod is None or since is None or lastmod >= since

    @cached_property
    def bounds(self) -> tuple[int | None, int | None]:
        """``since`` and ``until`` in seconds since 1970, a day wider: offsets differ."""
        first, last = (date.fromisoformat(day) if day else None for day in (self.since, self.until))
        return _seconds(first, -1), _seconds(last, 2)


def parse(given: Mapping[str, str], allowed: tuple[str, ...] = COMMON) -> Arguments:
    """Check what was given against what a spider takes. ArgumentError says what is wrong and what is allowed."""
    for name in given:
        if name not in allowed and name != "_job":  # scrapyd adds its number of the run
            raise ArgumentError(f"unknown argument {name!r}: the arguments are {', '.join(allowed)}")
    arguments = Arguments(
        max_articles=_count(given.get("max_articles")),
        since=_day("since", given.get("since")),
        until=_day("until", given.get("until")),
        sections=tuple(part.strip() for part in given.get("sections", "").split(",") if part.strip()),
        urls=_addresses(given) if "url" in allowed else (),
        path=given.get("path", ""),
        mode=_one_of("mode", given.get("mode", "news"), MODES),
        again=_one_of("again", given.get("again", "no"), ("yes", "no")) == "yes",
    )
    if "path" in allowed and not arguments.path:
        raise ArgumentError("give path=…: WARC files (a file, a folder, a pattern with *, or s3://bucket/…)")
    if arguments.since and arguments.until and arguments.since > arguments.until:
        raise ArgumentError(f"since={arguments.since} is after until={arguments.until}")
    return arguments


def _seconds(day: date | None, more: int) -> int | None:
    return None if day is None else (day - date(1970, 1, 1)).days * 86400 + more * 86400


def _one_of(name: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise ArgumentError(f"{name}={text!r}: one of {', '.join(allowed)}")
    return text


def _count(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise ArgumentError(f"max_articles={text!r}: a number from 1")
    return int(text)


def _day(name: str, text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ArgumentError(f"{name}={text!r}: a day as YYYY-MM-DD") from None


def _addresses(given: Mapping[str, str]) -> tuple[str, ...]:
    if ("url" in given) == ("file" in given):
        raise ArgumentError("give one of url=… (addresses with commas between them) and file=… (one address a line)")
    if "url" in given:
        found = [part.strip() for part in given["url"].split(",http")]
        whole = [found[0], *("http" + rest for rest in found[1:])]
        for address in whole:
            if not is_http(address):
                raise ArgumentError(f"url={address!r}: a whole http or https address")
        return tuple(whole)
    return _read_addresses(Path(given["file"]))


def _read_addresses(path: Path) -> tuple[str, ...]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ArgumentError(f"file={path}: {error}") from None
    found = []
    for number, line in enumerate(lines, 1):
        address = line.strip()
        if address and not address.startswith("#"):
            if not is_http(address):
                raise ArgumentError(f"{path}, line {number}: {address!r} is no http or https address")
            found.append(address)
    if not found:
        raise ArgumentError(f"file={path}: no address in it")
    return tuple(found)
