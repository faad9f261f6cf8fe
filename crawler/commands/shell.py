"""``scrapy shell``: Scrapy's, with what the engine makes of the page at hand."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from typing import Any

from rich.console import Console
from scrapy.commands import shell
from scrapy.http import Response

from crawler import engine
from crawler.explain import terminal
from crawler.explain.pieces import Explanation, Part, explained
from crawler.fetching import with_site
from crawler.items import Page, Removed
from crawler.sites.definitions import Definitions
from crawler.spiders.answers import content_type

BANNER = """\
[s] Of the page:
[s]   article    its record: an Article, or a Rejection with a reason
[s]   site       the definition of its site, or None
[s]   blocks     all of its blocks, with what became of each
[s]   removed()  what was taken out of the article; removed("related") of one kind
[s]   explain()  the page with what was taken and why; explain("label") of one rule
[s]   clean(text)  a text without markup, cleaned
"""


class Command(shell.Command):
    """The helpers follow every fetch(). A file that a person names may be read."""

    def process_options(self, args: list[str], opts: Namespace) -> None:
        """Files too; and quiet, unless a log level is given: the banner is what is to be read."""
        opts.loglevel = opts.loglevel or "WARNING"
        super().process_options(args, opts)
        assert self.settings is not None
        self.settings.set("ALLOWED_SCHEMES", [*self.settings.getlist("ALLOWED_SCHEMES"), "file"], priority="cmdline")

    def update_vars(self, vars: dict[str, Any]) -> None:  # noqa: A002 (Scrapy's name)
        """What is at hand."""
        vars["clean"] = clean
        assert self.settings is not None
        known = Definitions.of_settings(self.settings)
        if isinstance(vars.get("response"), Response):
            vars.update(helpers(vars["response"], known))
        print(BANNER)


def helpers(response: Response, known: Definitions) -> dict[str, Any]:
    """A page's record and its reasons, by the names that the banner says."""
    page = with_site(Page(url=response.url, body=response.body, content_type=content_type(response)))
    site = known.of(page.site, page.url)
    explanation = explained(page, site)
    return {
        "article": explanation.record,
        "site": site,
        "blocks": explanation.parts,
        "removed": partial(removed, explanation),
        "explain": partial(explain, explanation),
    }


def clean(text: str) -> str:
    """A text without markup, cleaned; ``engine.clean_text`` says what was taken."""
    return engine.clean_text(text).text


def removed(explanation: Explanation, kind: str | None = None) -> list[Removed | Part]:
    """What was taken out of the article, or of one kind."""
    pieces = getattr(explanation.record, "removed", ())
    return [piece for piece in pieces if kind in (None, piece.kind)]


def explain(explanation: Explanation, rule: str | None = None) -> None:
    """Print the page with what was taken and why."""
    terminal.show(Console(highlight=False, soft_wrap=True), explanation, rule=rule)
