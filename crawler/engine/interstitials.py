"""Pages that come in an article's place with HTTP 200: robot checks, consent and login forms, words to readers
of other countries, soft 404s.

What they say is in interstitials.toml. Delivered, each would be an article of the corpus, and the one whose address it
has would never be asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from ..errors import PhraseError
from ..items import Reason
from .draft import Draft
from .folding import fold
from .toml import DATA, read_toml

#: By the tables of the file: why such a page gives no article, and what it is.
KINDS = {
    "robot_check": (Reason.BLOCKED, "a robot check"),
    "consent": (Reason.BLOCKED, "a consent form"),
    "region": (Reason.BLOCKED, "a page for readers elsewhere"),
    "login": (Reason.BLOCKED, "a login form"),
    "not_found": (Reason.ERROR, "a page that says «not found»"),
    "unavailable": (Reason.ERROR, "a page of a site that is down"),
}
_PARTS = re.compile(r"\s+[-–—]\s+|[|»·•]")  # of a title: «404 – Seite nicht gefunden | Nabd»
_FIRST = 3  # blocks that say what a page is


class Sayings(NamedTuple):
    """What pages of one kind say: folded, and as the file has it."""

    titles: Mapping[str, str]
    texts: Mapping[str, str]


@cache
def sayings() -> dict[str, Sayings]:
    """By kind. Raises PhraseError where the file names another one."""
    found = {}
    for kind, said in read_toml(DATA / "interstitials.toml").items():
        if kind not in KINDS or said.keys() != set(Sayings._fields):
            raise PhraseError(f"interstitials.toml: [{kind}]: titles and texts of {', '.join(KINDS)}")
        found[kind] = Sayings(*({fold(text): text for text in said[name]} for name in Sayings._fields))
    return found


def interstitial(draft: Draft, words: int) -> tuple[Reason, str] | None:
    """Why a page with a body of so many words is none of an article, by its title, its headline and how it begins."""
    if words > draft.options.interstitial_words:
        return None
    heads = [head for head in (draft.title, draft.headline, _heading(draft)) if head]
    titles = {fold(part) for head in heads for part in (head, *_PARTS.split(head))}
    begins = [*map(fold, heads), *map(draft.folded, draft.standing()[:_FIRST])]
    for kind, known in sayings().items():
        said = next(_said(known, titles, begins), None)
        if said:
            reason, what = KINDS[kind]
            return reason, f"{what}: «{said}»"
    return None


def _heading(draft: Draft) -> str | None:
    """The h1 above the text; the one of a box for logging in stands farther up, or below."""
    above = draft.outline.headline_before(draft.first_paragraph() + 1)
    return None if above is None else draft.pieces[above].text


def _said(known: Sayings, titles: set[str], begins: list[str]) -> Iterator[str]:
    yield from (known.titles[title] for title in sorted(titles & known.titles.keys()))
    yield from (said for text, said in known.texts.items() if any(text in begin for begin in begins))
