"""``make docs``: write the generated tables of docs/ from the code. tests/test_docs.py holds that they are current."""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path

from scrapy.utils.misc import load_object

from crawler.engine.language import PHRASES, read_phrases
from crawler.engine.line_rules import LINE_RULES
from crawler.engine.rules import ALL_RULES, TEXT_RULES
from crawler.formats import FORMATS
from crawler.items import Reason
from crawler.reports.monitors import MONITORS
from crawler.retries import NEVER, RETRIES
from crawler.sites import Site, all_sites

DOCS = Path(__file__).parents[1] / "docs"


def tables() -> dict[tuple[str, str], str]:
    """(file, name of the marked place) -> the table."""
    block_rules = [f"| `{rule.name}` | {rule.kind} | {rule.about} |" for rule in ALL_RULES]
    line_rules = [f"| `{rule.name}` | {rule.kind} | {rule.confidence} | {rule.about} |" for rule in LINE_RULES]
    text_rules = [f"| `{rule.name}` | {rule.about} |" for rule in TEXT_RULES]
    phrases = [_phrase_row(language, found) for language, found in _seen_phrases().items()]
    sites = [_site_row(site) for site in all_sites().values()]
    return {
        ("cleaning.md", "block rules"): "\n".join(["| rule | kind | what it removes |", "|---|---|---|", *block_rules]),
        ("cleaning.md", "line rules"): "\n".join(
            ["| rule | kind | confidence | what it removes |", "|---|---|---|---|", *line_rules]
        ),
        ("cleaning.md", "text rules"): "\n".join(["| rule | what it does |", "|---|---|", *text_rules]),
        ("cleaning.md", "phrases"): "\n".join(["| language | phrases | kinds |", "|---|---|---|", *phrases]),
        ("operations.md", "formats"): "\n".join(
            ["| name ends in | what it is | `-o` appends |", "|---|---|---|", *_format_rows()]
        ),
        ("operations.md", "monitors"): "\n".join(
            ["| monitor | says that |", "|---|---|", *(f"| `{m.__name__}` | {m.__doc__} |" for m in MONITORS)]
        ),
        ("operations.md", "retries"): "\n".join(["| reason | asked again |", "|---|---|", *map(_retry_row, RETRIES)]),
        ("sites.md", "sites"): "\n".join(
            [
                "| site | country | language | seeds | content | evidence | fixture |",
                "|---|---|---|---|---|---|---|",
                *sites,
            ]
        ),
        ("sites.md", "facts"): "\n".join(
            [
                "| site | times | agency | opens related blocks with | other phrases of its pages |",
                "|---|---|---|---|---|",
                *(_facts_row(site) for site in all_sites().values()),
            ]
        ),
    }


def _site_row(site: Site) -> str:
    seeds = ", ".join(f"{n} {kind}" for kind, n in Counter(type(seed).__name__ for seed in site.seeds).items())
    content = ", ".join(f"`{selector}`" for selector in site.content) or "generic"
    said = (sys.modules[f"crawler.sites.{site.name}"].__doc__ or "").partition("Evidence: ")[2]
    clause = re.match(r"(?:\([^)]*\)|[^.:;,(])+", " ".join(said.split()))  # the docstring has the rest
    evidence = clause.group().strip().replace("``", "`") if clause else ""
    fixtures = sorted(path.parent.name for path in (DOCS.parent / "tests/sites" / site.name).glob("*/expected.json"))
    linked = ", ".join(f"[{name}](../tests/sites/{site.name}/{name}/page.html)" for name in fixtures)
    name = f"[`{site.name}`](../crawler/sites/{site.name}.py)"
    return f"| {name} | {site.country or '–'} | {site.language} | {seeds} | {content} | {evidence} | {linked} |"


def _facts_row(site: Site) -> str:
    """What is known of a site beside its addresses; the phrase files say where each phrase was seen."""
    own: dict[bool, list[str]] = {True: [], False: []}
    for (kind, use), phrases in chain.from_iterable(found.items() for found in _seen_phrases().values()):
        here = [phrase for phrase, seen in phrases.items() if any(_is_of(site, place) for place in seen.split(", "))]
        own[kind in ("related", "inline_related") and use != "line"] += here
    related, others = (", ".join(f"«{phrase}»" for phrase in dict.fromkeys(own[at])) for at in (True, False))
    return f"| `{site.name}` | {site.timezone or '–'} | {site.agency or ''} | {related} | {others} |"


@cache
def _seen_phrases() -> dict[str, dict[tuple[str, str], dict[str, str]]]:
    """The phrases of each language; every site is looked for in all of them."""
    return {path.stem: read_phrases(path) for path in sorted(PHRASES.glob("*.toml"))}


def _is_of(site: Site, place: str) -> bool:
    """Whether the place where a phrase was seen, a host with or without a path, is a site's."""
    return "." in place and site.owns(f"https://{place}")


def _format_rows() -> list[str]:
    found: dict[str, list[str]] = {}
    for name, form in FORMATS.items():
        found.setdefault(form.exporter, []).append(f"`.{name}`")
    rows = []
    for exporter, names in found.items():
        about = (load_object(exporter).__doc__ or "").split("\n\n")[0]
        form = FORMATS[names[0].strip("`.")]
        appends = "yes" if form.appends else "each article is a file" if form.alone else "no"
        rows.append(f"| {', '.join(names)} | {' '.join(about.split())} | {appends} |")
    return rows


def _retry_row(reason: Reason) -> str:
    rule = RETRIES[reason]
    hours = rule.after / 3600
    if reason is Reason.NOT_WANTED:
        return f"| `{reason}` | by a run that wants its date |"
    when = "in the next run" if not hours else f"after {hours:.0f} h, twice as late each time"
    return f"| `{reason}` | {'never' if rule is NEVER else f'{when}, {rule.times} times'} |"


def _phrase_row(language: str, found: dict[tuple[str, str], dict[str, str]]) -> str:
    return f"| {language} | {sum(map(len, found.values()))} | {', '.join(sorted({kind for kind, _ in found}))} |"


def filled(name: str) -> str:
    """A document with its marked places filled. Raises ValueError where a table has no place."""
    text = (DOCS / name).read_text(encoding="utf-8")
    for (document, place), table in tables().items():
        if document == name:
            begin, found, rest = text.partition(f"<!-- {place} -->\n")
            _, end, after = rest.partition("<!-- end -->")
            if not found or not end:
                raise ValueError(f"{name}: no place for {place}")
            text = f"{begin}{found}{table}\n{end}{after}"
    return text


def main() -> None:
    """Fill them all."""
    for name in sorted({document for document, _ in tables()}):
        (DOCS / name).write_text(filled(name), encoding="utf-8")


if __name__ == "__main__":
    main()
