"""An article as a Markdown document (CommonMark) with YAML front matter, as site generators and note takers read it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml

from crawler.items import Article
from crawler.records.plain import fields_of

_INLINE = re.compile(r"[\\`*_\[\]<>&~|$]")
_LINE = re.compile(r"^(?:#{1,6}(?=\s|$)|[-+=](?=\s|$|[-+=])|\d{1,9}[.)](?=\s|$))")


def document(article: Article, names: Iterable[str]) -> str:
    """Front matter (``title``, ``date``, the other fields by their names) and the body, which renders as it reads."""
    rest = fields_of(article, [name for name in names if name not in ("headline", "date_published", "body")])
    front = {"title": article.headline, "date": article.date_published, **rest}
    return (
        f"---\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10**6)}---\n\n{_body(article.body)}\n"
    )


def _body(body: str) -> str:
    return "\n\n".join("\\\n".join(map(_escaped, paragraph.split("\n"))) for paragraph in body.split("\n\n"))


def _escaped(line: str) -> str:
    """A line whose characters mean themselves."""
    line = _INLINE.sub(r"\\\g<0>", line.strip())
    found = _LINE.match(line)
    return line if found is None else f"{line[: found.end() - 1]}\\{line[found.end() - 1 :]}"
