"""Arrow tables: Parquet in and out, a batch at a time, every column that is not ours kept with its type.

pyarrow is imported where it is used: who cleans JSON Lines does not wait for it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import Any

ROWS = 500  # rows that are read at once; a row group of what is written has GROUP times as many
GROUP = 32


def batches(name: str, skip: int = 0) -> Iterator[tuple[bytes, int, float]]:
    """The rows of a Parquet file after the first ``skip``: the bytes of small tables, their number of rows, and which
    share of the file they end at.

    Raises ValueError (ArrowInvalid is one) or OSError where it is no Parquet file.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    with pq.ParquetFile(name) as file:
        done, total = 0, max(1, file.metadata.num_rows)
        for batch in file.iter_batches(batch_size=ROWS):
            done += batch.num_rows
            if skip >= batch.num_rows:
                skip -= batch.num_rows
                continue
            table = pa.Table.from_batches([batch.slice(skip)])
            skip = 0
            yield to_bytes(table), table.num_rows, done / total


def to_bytes(table: Any) -> bytes:
    """A table as an Arrow stream."""
    import pyarrow as pa  # noqa: PLC0415

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def from_bytes(content: bytes) -> Any:
    """The way back."""
    import pyarrow as pa  # noqa: PLC0415

    return pa.ipc.open_stream(content).read_all()


def rows(content: bytes) -> Iterator[bytes]:
    """Every row of a table as a table of its own."""
    table = from_bytes(content)
    return (to_bytes(table.slice(at, 1)) for at in range(table.num_rows))


def with_columns(table: Any, rows: Sequence[dict[str, Any]], names: Sequence[str]) -> Any:
    """The table with our columns: in the place of one with the same name, else at its end."""
    import pyarrow as pa  # noqa: PLC0415

    kinds = types()
    for name in names:
        kind = kinds.get(name.removeprefix("clean_"), pa.string())
        column = pa.array([row[name] for row in rows], type=kind)
        at = table.schema.get_field_index(name)
        if at < 0:
            table = table.append_column(pa.field(name, kind), column)
        else:
            kind = table.schema.field(at).type
            table = table.set_column(at, table.schema.field(at), column.cast(kind))
    return table


def types() -> dict[str, Any]:
    """Our columns' types; all others are strings."""
    import pyarrow as pa  # noqa: PLC0415

    text = pa.string()
    edit = [("start", pa.int64()), ("end", pa.int64()), ("text", text), ("original", text)]
    return {
        "removed": pa.list_(pa.struct([("kind", text), ("rule", text), ("text", text)])),
        "keywords": pa.list_(text),
        "related": pa.list_(pa.struct([("headline", text), ("url", text)])),
        "edits": pa.list_(pa.struct([*edit, ("rule", text), ("kind", text), ("confidence", pa.float64())])),
    }


def parts(file: BufferedReader) -> Iterator[Any]:
    """The tables of a file that holds one Arrow stream after the other."""
    import pyarrow as pa  # noqa: PLC0415

    while file.peek(1):
        yield pa.ipc.open_stream(file).read_all()


def write(target: Path, found: Iterator[Any], schema: Any = None) -> None:
    """Tables -> one Parquet file, zstd, a row group at a time. Without tables it has the schema alone."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    first = next(found, None)
    schema = schema or (pa.schema([("text", pa.string())]) if first is None else first.schema)
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        waiting: list[Any] = []
        for table in chain([first] if first is not None else [], found):
            waiting.append(table.cast(schema))
            if sum(part.num_rows for part in waiting) >= ROWS * GROUP:
                writer.write_table(pa.concat_tables(waiting))
                waiting = []
        if waiting:
            writer.write_table(pa.concat_tables(waiting))


def write_lines(target: Path, read: Callable[[], Iterator[Sequence[bytes]]]) -> None:
    """JSON lines -> one Parquet file. Read twice: the columns and their types are known after the last line only.

    A column whose values have no common type is text: what is no text in it is JSON.
    """
    import pyarrow as pa  # noqa: PLC0415

    kinds: dict[str, Any] = {}
    for lines in read():
        rows = [json.loads(line) for line in lines]
        for name in dict.fromkeys(name for row in rows for name in row):
            kinds[name] = _common(kinds.get(name, pa.null()), _kind(name, [row.get(name) for row in rows]))
    schema = pa.schema(list(kinds.items()))
    texts = [name for name, kind in kinds.items() if kind == pa.string()]
    write(target, (_table(lines, texts, schema) for lines in read()), schema)


def _kind(name: str, values: Sequence[Any]) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    try:
        return types().get(name.removeprefix("clean_")) or pa.array(values).type
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return pa.string()


def _common(one: Any, other: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    try:
        both = [pa.schema([("x", one)]), pa.schema([("x", other)])]
        return pa.unify_schemas(both, promote_options="permissive").field("x").type
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.string()


def _table(lines: Sequence[bytes], texts: Sequence[str], schema: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    rows = [json.loads(line) for line in lines]
    for row in rows:
        for name in texts:
            value = row.get(name)
            if value is not None and not isinstance(value, str):
                row[name] = json.dumps(value, ensure_ascii=False)
    return pa.Table.from_pylist(rows, schema=schema)


def naming(content: bytes, originals: Sequence[str | None]) -> bytes:
    """A table with the documents that its own repeat."""
    table = from_bytes(content)
    name = "clean_duplicate_of" if "clean_duplicate_of" in table.column_names else "duplicate_of"
    return to_bytes(with_columns(table, [{name: original} for original in originals], [name]))


def plain(value: Any) -> Any:
    """A value of a column as JSON has it: dates in ISO 8601, bytes in base64."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else str(value)
