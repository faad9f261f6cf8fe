"""Archives -> the pages that a crawl of theirs would have had."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO

from crawler.archives.joining import Joining
from crawler.archives.reading import records
from crawler.archives.record import Record, Skipped
from crawler.items import Page

REMEMBERED = 100_000  # responses that a revisit can be resolved by: 20 MB of memory
OK = 200


def pages(
    file: IO[bytes],
    most: int,
    site_of: Callable[[str], str | None],
    counts: Counter[str],
    joining: Joining | None = None,
) -> Iterator[Page | Skipped]:
    """The article pages of an archive, in order, and what could not be read.

    An archive of ours says which answers are article pages; of another one all successful HTML answers are. ``counts``
    gets what was seen: ``records``, ``pages``, ``other`` (seeds, files, failures), ``not_modified``, ``skipped``. With
    ``joining`` the pages of an article in an archive of ours are one, and it has the rest when all files are read.
    """
    seen: OrderedDict[str, int] = OrderedDict()
    for found in records(file, most):
        record: Record | Skipped = found
        if isinstance(record, Record):
            counts["records"] += 1
            if record.kind == "response":
                seen[record.id] = record.at
                if len(seen) > REMEMBERED:
                    seen.popitem(last=False)
            elif record.kind == "revisit":
                record = _revisited(file, record, seen, most)
        if isinstance(record, Skipped):
            counts["skipped"] += 1
            yield record
        elif _is_page(record):
            counts["pages"] += 1
            yield from _joined(record, _page(record, site_of), joining)
        else:
            if joining and "of" in record.about:
                joining.fail(record.about["of"])
            counts["not_modified" if record.status == 304 else "other"] += record.kind in ("response", "revisit")


def _revisited(file: IO[bytes], revisit: Record, seen: OrderedDict[str, int], most: int) -> Record | Skipped:
    """A revisit with the body of the record that it refers to; «not modified» has none."""
    if revisit.status == 304:
        return revisit
    at = seen.get(revisit.refers_to or "")
    if at is None:
        return Skipped(revisit.at, revisit.at, f"{revisit.url} has the body of {revisit.refers_to}, not in this file")
    after = file.tell()
    file.seek(at)
    original = next(records(file, most))
    file.seek(after)
    return original if isinstance(original, Skipped) else revisit._replace(body=original.body)


def _is_page(record: Record) -> bool:
    if record.status != OK:
        return False
    if record.about:
        return record.about.get("kind") in ("article", "part")
    kind = record.content_type or ""
    return record.kind in ("response", "revisit") and ("html" in kind or not kind)


def _joined(record: Record, page: Page, joining: Joining | None) -> Iterator[Page | Skipped]:
    first = record.about.get("of")
    if joining is None or not record.about:
        yield page
    elif first is None:
        yield from joining.begin(page)
    elif joining.waits(first):
        yield from joining.go_on(first, page, whole=record.about["whole"])
    else:
        yield Skipped(record.at, record.at, f"{record.url} is a page of {first}, which did not wait for it")


def _page(record: Record, site_of: Callable[[str], str | None]) -> Page:
    about = record.about
    return Page(
        url=record.url,
        body=record.body,
        requested_url=about.get("requested_url", record.url),
        content_type=record.content_type,
        fetched_at=_seconds(record.date),
        site=about["site"] if "site" in about else site_of(record.url),
        hints=about.get("hints", {}),
    )


def _seconds(date: str) -> str | None:
    """WARC-Date as records have it. None where it is none."""
    try:
        return datetime.fromisoformat(date.replace("Z", "+00:00")).replace(microsecond=0).isoformat()
    except ValueError:
        return None
