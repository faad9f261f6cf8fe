"""The engine's data files: phrases, names, months, models. They may lie in an egg (scrapyd), so they are no paths."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import tomli  # the standard library's parser, compiled

from ..errors import PhraseError

if TYPE_CHECKING:
    from importlib.abc import Traversable  # of importlib.resources.abc from Python 3.11 on

DATA: Traversable = files(__package__ or "crawler.engine")


def read_toml(path: Traversable) -> dict[str, Any]:
    """The file's data. Raises PhraseError with its name and line where it is no TOML."""
    try:
        data: dict[str, Any] = tomli.loads(path.read_text(encoding="utf-8"))
    except tomli.TOMLDecodeError as error:
        raise PhraseError(f"{path}: {error}") from None
    return data
