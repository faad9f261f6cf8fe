"""Records -> plain data: dicts and lists of the fields that are asked for, and of no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

_SCALARS = (str, int, float)  # most values; a Reason is a str, too


def fields_of(record: Any, names: Iterable[str]) -> dict[str, Any]:
    """The named fields of a record. The others (raw text, blocks, edits: most of it) are not touched."""
    return {name: plain(getattr(record, name)) for name in names}


def plain(value: Any) -> Any:
    """A field's value as JSON knows it: tuples are lists, records and mappings dicts."""
    if value is None or isinstance(value, _SCALARS):
        return value
    if isinstance(value, tuple | list):
        return [plain(entry) for entry in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _names(type(value))}
    return dict(value) if isinstance(value, Mapping) else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a record class. (``dataclasses.asdict`` copies every value, which takes longer than cleaning.)"""
    return tuple(field.name for field in fields(kind))
