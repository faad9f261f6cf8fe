"""The engine's data files: phrases, names, months, models. They may lie in an egg (scrapyd), so they are no paths."""

from __future__ import annotations

import sys
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..errors import PhraseError

if TYPE_CHECKING:
    from importlib.abc import Traversable  # of importlib.resources.abc from Python 3.11 on

if sys.version_info >= (3, 11):
    import tomllib
else:  # the same parser, as it was before it joined the standard library
    import tomli as tomllib


DATA: Traversable = files(__package__ or "crawler.engine")


def read_toml(path: Traversable) -> dict[str, Any]:
    """The file's data. Raises PhraseError with its name and line where it is no TOML."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PhraseError(f"{path}: {error}") from None
    return data
