"""TOML files of the engine: phrases and names."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from ..errors import PhraseError

if sys.version_info >= (3, 11):
    import tomllib
else:  # the same parser, as it was before it joined the standard library
    import tomli as tomllib


def read_toml(path: Path) -> dict[str, Any]:
    """The file's data. Raises PhraseError with its name and line where it is no TOML."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PhraseError(f"{path}: {error}") from None
    return data
