"""An explanation as one HTML file: the article on one side, the page with what was taken marked in place on the other.

The template is Jinja2's (kept; escapes what pages say). Nothing is loaded from anywhere.
"""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from urllib.parse import unquote

from jinja2 import Environment, StrictUndefined

from crawler.explain.pieces import Explanation
from crawler.items import KINDS, Article

_TEMPLATES = files("crawler") / "templates"


def template(name: str, **more: object) -> str:
    """A template of crawler/templates, filled."""
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["readable"] = unquote  # an address as its readers know it, in their letters
    style = (_TEMPLATES / "page.css").read_text(encoding="utf-8")
    return made.from_string((_TEMPLATES / name).read_text(encoding="utf-8")).render(style=style, **more)


def html(explanation: Explanation) -> str:
    """The page."""
    record = explanation.record
    counts = Counter(part.kind for part in explanation.parts if part.rule)
    return template(
        "explain.html",
        record=record,
        is_article=isinstance(record, Article),
        parts=explanation.parts,
        found_by=explanation.found_by,
        kinds=[(kind, counts[kind]) for kind in KINDS if counts[kind]],
        rules=explanation.rules,
    )
