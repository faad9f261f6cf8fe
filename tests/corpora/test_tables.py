"""What comes out is read by what people use: pandas, DuckDB, datasets, pyarrow."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.commands.test_commands import scrapy
from tests.corpora.test_clean import DIRTY, OTHER, RECORD, lines, write
from tests.engine.test_text import STORY

WHEN = datetime(2026, 11, 24, 12, 30, tzinfo=timezone.utc)


def parquet(path: Path, texts: list[str | None]) -> pa.Table:
    """A file with columns of many types, and more rows than are read at once."""
    table = pa.table(
        {
            "id": pa.array(range(len(texts)), type=pa.int64()),
            "content": pa.array(texts),
            "seen": pa.array([WHEN] * len(texts), type=pa.timestamp("us", tz="UTC")),
            "raw": pa.array([b"\xff\x00"] * len(texts)),
            "source": pa.array(["كتاب"] * len(texts)),
            "price": pa.array([None, *[1.5] * (len(texts) - 1)], type=pa.float32()),
        }
    )
    pq.write_table(table, path, row_group_size=700)
    return table


def test_every_column_of_a_parquet_file_keeps_its_type(tmp_path: Path) -> None:
    given = parquet(tmp_path / "in.parquet", [DIRTY, None, *[STORY] * 1_400])
    args = ["clean", str(tmp_path / "in.parquet"), "-o", str(tmp_path / "out.parquet"), "--text-field", "content"]
    done = scrapy(*args, "--dedup", "exact", "--audit")
    assert done.returncode == 0, done.stderr
    got = pq.read_table(tmp_path / "out.parquet")
    assert got.num_rows == given.num_rows
    for name in ("id", "seen", "raw", "source", "price"):
        assert got[name].combine_chunks() == given[name].combine_chunks()
        assert got.schema.field(name).type == given.schema.field(name).type
    first = got.slice(0, 1).to_pylist()[0]
    assert first["content"] == STORY
    assert first["clean_source"] == "وكالات"
    assert got["content"][1].as_py() is None
    assert [value.as_py() for value in got["duplicate_of"].slice(0, 3)] == [None, None, "0"]
    done = scrapy(
        "clean",
        str(tmp_path / "out.parquet"),
        "-o",
        str(tmp_path / "back.parquet"),
        "--text-field",
        "content",
        "--restore",
    )
    assert done.returncode == 0, done.stderr
    assert pq.read_table(tmp_path / "back.parquet")["content"].combine_chunks() == given["content"].combine_chunks()


def test_tables_become_json_lines_and_the_other_way_round(tmp_path: Path) -> None:
    parquet(tmp_path / "in.parquet", [DIRTY, STORY])
    done = scrapy("clean", str(tmp_path / "in.parquet"), "-o", str(tmp_path / "out.jsonl"), "--text-field", "content")
    assert done.returncode == 0, done.stderr
    first = lines(tmp_path / "out.jsonl")[0]
    assert (first["content"], first["seen"], first["raw"]) == (STORY, WHEN.isoformat(), "/wA=")
    mixed = [{"text": OTHER, "only_here": 1.5, "mixed": [1]}, {"text": OTHER, "only_here": 2, "mixed": "x"}]
    given = write(tmp_path / "in.jsonl", [RECORD, *mixed])
    done = scrapy("clean", str(given), "-o", str(tmp_path / "out.parquet"))
    assert done.returncode == 0, done.stderr
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert rows[0]["text"] == STORY
    assert [row["only_here"] for row in rows] == [None, 1.5, 2.0]
    assert [row["mixed"] for row in rows] == [None, "[1]", "x"]
    assert rows[0]["views"] == str(RECORD["views"])  # no integer of 64 bits


def test_a_file_that_is_no_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "in.parquet").write_bytes(b"PAR1 but not really")
    done = scrapy("clean", str(tmp_path / "in.parquet"), "-o", str(tmp_path / "out.parquet"))
    assert done.returncode == 1
    [error] = lines(tmp_path / "out.parquet.errors.jsonl")
    assert error["file"] == str(tmp_path / "in.parquet")
    parquet(tmp_path / "good.parquet", [DIRTY])
    done = scrapy("clean", str(tmp_path / "good.parquet"), "-o", str(tmp_path / "out.parquet"))
    assert done.returncode == 1
    [error] = lines(tmp_path / "out.parquet.errors.jsonl")
    assert error["reason"].startswith("no column 'text'; there are: id, content")


@pytest.mark.parametrize("out", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet"])
def test_pandas_duckdb_and_datasets_read_what_comes_out(
    tmp_path: Path, out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    given = write(tmp_path / "in.jsonl", [{"id": str(n), "text": DIRTY} for n in range(1_200)])
    path = tmp_path / out
    done = scrapy("clean", str(given), "-o", str(path))
    assert done.returncode == 0, done.stderr
    frame = pd.read_parquet(path) if out.endswith(".parquet") else pd.read_json(path, lines=True)
    assert (len(frame), frame["text"].iloc[0], frame["source"].iloc[0]) == (1_200, STORY, "وكالات")
    with duckdb.connect() as database:
        query = "select count(*), min(text), min(source), min(keywords[1]) from "
        table = f"'{path}'" if out.endswith(".parquet") else f"read_json('{path}')"
        assert database.execute(query + table).fetchone() == (1_200, STORY, "وكالات", "الواحة")
    import datasets  # noqa: PLC0415 (it reads its settings when it is imported)

    kind = "parquet" if out.endswith(".parquet") else "json"
    loaded: Any = datasets.load_dataset(kind, data_files=str(path), cache_dir=str(tmp_path / "cache"))["train"]
    assert (len(loaded), loaded[0]["text"], loaded[0]["keywords"]) == (1_200, STORY, ["الواحة", "بيئة"])
