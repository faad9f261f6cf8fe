"""What two records of a page say differently: of two engines, of two dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.items import ARTICLE_FIELDS, Article, Change, Rejection
from crawler.records.plain import fields_of
from crawler.revisions import changes

#: What differs between any two records, and what follows from the other fields.
_NOT_COMPARED = ("headline", "body", "fingerprint", "fetched_at", "engine_version", "changes", "revision")


def differences(other: Mapping[str, Any], record: Article | Rejection) -> list[Change]:
    """From another record, as a feed has it, to this one: field by field, the body by its paragraphs."""
    if isinstance(record, Rejection):
        return [Change(field="reason", before=other.get("reason"), after=record.reason.value)]
    if "body" not in other:
        return [Change(field="reason", before=f"{other.get('reason')}", after=None)]
    mine = fields_of(record, ARTICLE_FIELDS)
    found = list(changes(other.get("headline"), other["body"], record))
    compared = [name for name in ARTICLE_FIELDS if name not in _NOT_COMPARED and name in other]
    return found + [
        Change(field=name, before=_text(other[name]), after=_text(mine[name]))
        for name in compared
        if other[name] != mine[name]
    ]


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        return "\n".join(" | ".join(map(str, v.values())) if isinstance(v, Mapping) else str(v) for v in value)
    return None if value is None else str(value)
