"""``make train``, first part: how each language says how long ago something was, as crawler/engine/ago.toml.

    python -m tests.relative_times

The forms are those of the Unicode CLDR (https://cldr.unicode.org, Unicode License v3), in full, shortened and narrow,
read with Babel (kept).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError  # type: ignore[import-not-found,unused-ignore]

from crawler.engine.language import PHRASES
from crawler.engine.toml import DATA

UNITS = ("minute", "hour", "day", "week", "month", "year")
WIDTHS = ("", "-short", "-narrow")
ALONE = {"one": 1, "two": 2}  # a form without a number says so many
LOCALES = {"zh": ("zh", "zh_Hant"), "sr": ("sr", "sr_Latn"), "pt": ("pt", "pt_PT")}  # of a language with more than one
WRONG = re.compile(r"خلال |[-\u2212]\{0\}")  # "within" is a slip; «-5 min» says nothing of when
HEAD = """\
# How long ago something was, language by language: the forms of the Unicode CLDR (Unicode License v3).
# Made by `python -m tests.relative_times`; {0} is the number, and "1 hour" are the forms that say one without it.
"""


def main() -> None:
    """Write the file."""
    languages = sorted(path.name.removesuffix(".toml") for path in PHRASES.iterdir())
    parts = [f"\n[{language}]\n{table}" for language in languages if (table := forms(language))]
    Path(str(DATA / "ago.toml")).write_text(HEAD + "".join(parts), encoding="utf-8")


def forms(language: str) -> str:
    """A language's forms as lines of TOML: a unit and its forms; nothing for a language that CLDR does not have."""
    found: dict[str, list[str]] = {}
    for locale in LOCALES.get(language, (language,)):
        for name, form in told(locale):
            found.setdefault(name, []).append(form)
    lines = {name: ", ".join(f'"{form}"' for form in dict.fromkeys(of)) for name, of in found.items()}
    return "".join(f'"{name}" = [{line}]\n' for name, line in lines.items())


def told(locale: str) -> Iterator[tuple[str, str]]:
    """What a locale says of each unit: "hours", or "1 hour" where the form has no number, and the form."""
    try:
        fields: Any = Locale.parse(locale)._data["date_fields"]  # Babel has no other way to all forms
    except UnknownLocaleError:
        return
    for unit, width in product(UNITS, WIDTHS):
        for plural, form in sorted(dict(fields[unit + width]["past"]).items()):
            if "{0}" in form and not WRONG.match(form):
                yield f"{unit}s", form
            elif "{0}" not in form and plural in ALONE:
                yield f"{ALONE[plural]} {unit}", form


if __name__ == "__main__":
    main()
