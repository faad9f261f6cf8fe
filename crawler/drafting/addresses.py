"""What the addresses of a site's articles have in common, as a pattern; a name for the site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from crawler.urls import host

#: Words of a path that are the same for all articles, unlike a section's name.
_FIXED = frozenset(
    "article articles story stories news post posts detail details content archive archives read ar en fa ur fr".split()
)
#: Parts of a domain that do not name the site.
_SUFFIXES = frozenset("www com net org gov edu co ac info news".split())
SHAPES = 3  # of addresses, at most
_ENDING = re.compile(r"\.(?:html?|aspx?|php)$")
#: Forms of a step, whether they are looked for in the last one alone, and what may stand in their place.
_FORMS = (
    (r"\d+", False, r"\d+"),
    (r"\d{3,}([-_.]).*", False, r"\d+{0}[^/?#]+"),
    (r".*\d{3,}", False, r"[^/?#]*\d+"),
    (r"(?:[A-Za-z0-9]*[^A-Za-z0-9]){3}.*", True, r"(?:[A-Za-z0-9]*[^A-Za-z0-9/?#]){{3}}[^/?#]*"),
    (r".*[^A-Za-z0-9].*", True, r"[^/?#]*[^A-Za-z0-9/?#][^/?#]*"),
    (r".*\d.*", True, r"[^/?#]*\d[^/?#]*"),
)


def pattern(addresses: Iterable[str]) -> str:
    r"""A regular expression over whole addresses: the most frequent shapes of these.

    ``…/world/1234-some-words/`` -> ``^https?://(?:www\.)?news\.example/[^/?#]+/\d+-[^/?#]+/?(?:[?#]|$)``. Numbers
    and words that change are left open, words as «article» stand. Raises ValueError without an address.
    """
    found = list(addresses)
    shapes = Counter(_shape(address) for address in found).most_common(SHAPES)
    if not shapes:
        raise ValueError("no address")
    paths = [shape for shape, count in shapes if count > 1 or len(found) == 1] or [shapes[0][0]]
    hosts = sorted({_escaped(host(address).removeprefix("www.")) for address in found})
    port = r"(?::\d+)?" if any(urlsplit(address).port for address in found) else ""
    return rf"^https?://(?:www\.)?{_one_of(hosts)}{port}/{_one_of(paths)}"


def _one_of(patterns: list[str]) -> str:
    return patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})"


def _escaped(text: str) -> str:
    return re.escape(text).replace("\\-", "-")


def _shape(address: str) -> str:
    parts = urlsplit(address)
    steps = [step for step in parts.path.split("/") if step]
    path = "/".join(_open(step, last=at == len(steps) - 1) for at, step in enumerate(steps))
    named = [name for name, value in parse_qsl(parts.query) if re.fullmatch(r"[\w-]*\d{2,}[\w-]*", value)]
    if not named:
        return rf"{path}/?(?:[?#]|$)"
    return rf"{path}\?(?:.*&)?{_escaped(named[0])}=[\w-]*\d"


def _open(step: str, *, last: bool) -> str:
    """A step of a path, with what changes from article to article left open."""
    ending = _ENDING.search(step)
    base, tail = (step[: ending.start()], _escaped(ending[0])) if ending else (step, "")
    for form, is_for_last, opened in _FORMS:
        found = re.fullmatch(form, base, re.DOTALL | re.ASCII)
        if found and (last or not is_for_last):
            return opened.format(*map(_escaped, found.groups())) + tail
    return (_escaped(base) if base.lower() in _FIXED and not last else "[^/?#]+") + tail


def site_name(address: str) -> str:
    """``https://www.bbc.com/arabic`` -> ``bbc``, ``https://arabic.rt.com/`` -> ``arabic_rt``: a module's name."""
    labels = host(address).split(".")
    kept = [label for label in labels[:-1] if label not in _SUFFIXES] or labels[:-1] or labels
    name = re.sub(r"\W+", "_", "_".join(kept).lower())
    return name if re.fullmatch(r"[a-z][a-z0-9_]*", name) else f"site_{name}"
