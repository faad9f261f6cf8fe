"""CSV and JSON by -O."""

from __future__ import annotations

import csv
import json
from pathlib import Path


def test_csv_and_json_hold_the_articles_alone_with_readable_cells(crawl, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = crawl("rt_arabic", "-O", str(tmp_path / "a.csv"), "-O", str(tmp_path / "a.json"))
    assert done.code == 0, done.output
    whole = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(whole) == len(done.records("rt_arabic"))
    by_url = {record["url"]: record for record in whole}
    for row in rows:
        record = by_url[row["url"]]
        assert row["body"] == record["body"]
        assert row["keywords"] == "; ".join(record["keywords"])
        assert json.loads(row["removed"]) == record["removed"]
    assert "\\u06" not in (tmp_path / "a.json").read_text(encoding="utf-8")
