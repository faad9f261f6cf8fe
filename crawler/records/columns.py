"""Records as Arrow columns. Types come from the record classes, so that a new field of an item is a new column.

A text is a string, a tuple a list, a record inside a record a struct, a mapping a list of key and value (readers of
Hugging Face know no map), a date of DATE_FIELDS a timestamp in UTC, in microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from crawler.items import DATE_FIELDS, SCHEMA_VERSION
from crawler.records.plain import plain
from crawler.records.when import instant

_SCALARS: dict[Any, str] = {str: "string", int: "int64", float: "float64", bytes: "binary"}


def schema(kind: type, names: Iterable[str]) -> Any:
    """The Arrow schema of some fields of a record class."""
    import pyarrow as pa  # noqa: PLC0415 (40 MiB, which most crawls have no use for)

    hints = get_type_hints(kind)
    columns = [
        pa.field(name, pa.timestamp("us", tz="UTC") if name in DATE_FIELDS else _type(hints[name])) for name in names
    ]
    return pa.schema(columns, metadata={"crawler.schema_version": str(SCHEMA_VERSION)})


def row(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """A record's row. ValueError where a field holds what its column cannot: no date, half a character."""
    found = {name: _value(name, getattr(record, name)) for name in names}
    for value in found.values():
        if isinstance(value, str) and not value.isascii():
            value.encode()
    return found


def _value(name: str, value: Any) -> Any:
    if name in DATE_FIELDS:
        return instant(value)
    if isinstance(value, Mapping):
        return [{"key": key, "value": entry} for key, entry in value.items()]
    return value.value if isinstance(value, Enum) else plain(value)


def _type(hint: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    if hint in _SCALARS:
        return pa.type_for_alias(_SCALARS[hint])
    if get_origin(hint) in (Union, UnionType):
        [known] = [part for part in get_args(hint) if part is not type(None)]
        return _type(known)
    if get_origin(hint) is tuple:
        return pa.list_(_type(get_args(hint)[0]))
    if get_origin(hint) is Mapping:
        key, value = get_args(hint)
        return pa.list_(pa.struct([("key", _type(key)), ("value", _type(value))]))
    if is_dataclass(hint):
        return pa.struct([(name, _type(inner)) for name, inner in get_type_hints(hint).items()])
    assert issubclass(hint, str), hint  # Reason
    return pa.string()
