"""The form of the records that feeds hold."""

from __future__ import annotations

from dataclasses import fields
from hashlib import sha256

import pytest

from crawler.items import SCHEMA_VERSION, Article, Rejection
from crawler.records import columns
from crawler.records.when import instant

#: Of each version the digest of its columns. A change of a record is a new line here and in docs/records.md.
DIGESTS = {1: "db7b757136654dd5"}


def test_a_change_of_the_records_is_a_new_schema_version() -> None:
    made = [
        str(columns.schema(kind, [f.name for f in fields(kind)]).remove_metadata()) for kind in (Article, Rejection)
    ]
    assert DIGESTS[SCHEMA_VERSION] == sha256("\n".join(made).encode()).hexdigest()[:16]
    assert max(DIGESTS) == SCHEMA_VERSION


@pytest.mark.parametrize(
    ("date", "utc"),
    [
        ("2026-11-25", "2026-11-25T00:00:00+00:00"),
        ("2026-11-25T09:00:00", "2026-11-25T09:00:00+00:00"),
        ("2026-11-25T09:00:00Z", "2026-11-25T09:00:00+00:00"),
        ("2026-11-25T01:00:00+03:00", "2026-11-24T22:00:00+00:00"),
    ],
)
def test_a_date_is_a_point_in_time(date: str, utc: str) -> None:
    found = instant(date)
    assert found is not None
    assert found.isoformat() == utc
