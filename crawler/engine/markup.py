"""HTML text -> tokens: the tree is built as browsers build it, and read back as one flat list.

selectolax (Lexbor) parses by the HTML standard and several times faster than libxml2. Its serialisation escapes ``<``
and ``>`` everywhere but in tags, so that one regular expression reads it: four strings a tag, far cheaper
than a Python object for every node. https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from ..sites.site import MARK

#: Elements whose text no reader sees.
SKIPPED = (
    "script style noscript template svg math iframe object select option textarea canvas audio video map embed "
    "datalist progress meter applet xmp noembed noframes plaintext"
).split()
VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr param frame basefont bgsound keygen".split()
)
#: "/" of an end tag, name, attributes, and the text up to the next tag.
_TOKEN = re.compile(r"<(/?)([^\s>]+)([^>]*)>([^<]*)")
_HIDING = re.compile(r' (?:hidden|style)="[^"]*"')
_ATTRIBUTE = re.compile(r'([^\s=]+)="([^"]*)"')

_IMAGE_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_TEMPLATE = re.compile(rb"<(/?)template(?=[\s/>])([^>]*)>", re.IGNORECASE)
_SHADOW_ROOT = b"shadowroot"

#: The standard's algorithm looks through all open elements at each start tag: time grows with depth times length.
_DEEPEST = 5_000
_FORMATTING_DEEPEST = 50
_MANY_TAGS, _MANY_OPEN = 20_000, 1_500
_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*)[^>]*>")
#: It compares each attribute of an element with all before it: shorter tags do no harm.
_LONG = 100_000
_ATTRIBUTE_RUN = rb"(?:\s+[^\s<>\"'=]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s<>\"']*))?){2000,}"
_LONG_TAG = re.compile(rb"<([a-zA-Z][^\s<>/]{0,40})" + _ATTRIBUTE_RUN + rb"[^<>]*>")
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_OPEN_ENDED = VOID | frozenset(
    "p li td th tr dt dd tbody thead tfoot option optgroup colgroup caption rt rp html head body".split()
)

#: Characters of a <noscript> with paragraphs that is the story, on a page that is built by scripts.
_STORY = 400

Token = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Markup:
    """A page as tokens, and the JSON-LD that stood in its scripts."""

    tokens: list[Token]
    json_ld: list[str]
    marked: frozenset[str]  # the tags of elements that a site's selectors name
    facts: Mapping[str, str]  # what a site's own rules read of the page


def read(page: bytes, mark: Callable[[LexborHTMLParser], Mapping[str, str]] | None = None) -> Markup:
    """A page in UTF-8 as tokens. ``mark`` may set attributes on the tree before."""
    page = page.replace(MARK.encode(), b"page-mark")  # a page cannot mark itself
    tree = LexborHTMLParser(_bounded(_with_shadow_roots(page) if _SHADOW_ROOT in page else page))
    facts = mark(tree) if mark else {}
    scripts = []
    for node in tree.css('script[type*="ld+json" i], noscript'):
        if node.tag == "script":
            scripts.append(node.text())
        elif len(node.text()) >= _STORY and len(node.css("p")) > 1:
            node.unwrap()
    tree.strip_tags(SKIPPED)
    tokens: list[Token] = _TOKEN.findall(_without_comments(tree.html or ""))
    marked = frozenset([token[1] for token in tokens if MARK in token[2]]) if mark else frozenset()
    return Markup(tokens, scripts, marked, facts)


def _with_shadow_roots(page: bytes) -> bytes:
    """The page with what its shadow roots hold where a reader sees it: a template that declares one is no template.
    https://html.spec.whatwg.org/multipage/scripting.html#attr-template-shadowrootmode
    """
    are_roots: list[bool] = []

    def shown(found: re.Match[bytes]) -> bytes:
        if not found.group(1):
            are_roots.append(_SHADOW_ROOT in found.group(2))
            return b"<span>" if are_roots[-1] else found.group()
        return b"</span>" if are_roots and are_roots.pop() else found.group()

    return _TEMPLATE.sub(shown, page)


def _without_comments(markup: str) -> str:
    kept, start, at = [], 0, 0
    while (begin := markup.find("<!--", at)) >= 0:
        at = begin + len("<!--")
        if markup.rfind("<", start, begin) > markup.rfind(">", start, begin):
            continue  # a tag is open, this is an attribute's name: <body <!-- header -->
        kept.append(markup[start:begin])
        end = markup.find("-->", at)
        start = at = len(markup) if end < 0 else end + len("-->")
    return "".join([*kept, markup[start:]])


def unhidden(tokens: list[Token]) -> list[Token]:
    """The tokens as if no element were hidden: a script may show all of the page when it has loaded."""
    return [(closing, tag, _HIDING.sub("", written), text) for closing, tag, written, text in tokens]


def after(rest: Iterator[Token], tag: str) -> str:
    """Leave an element's subtree out; the text that follows its end."""
    depth = 1
    for closing, name, _, following in rest:
        if name == tag:
            depth += -1 if closing else 1
            if not depth:
                return following
    return ""


def attributes(written: str) -> dict[str, str]:
    """The attributes of a token by name, the first of a name."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(written):
        found.setdefault(name, unescape(value))
    return found


def image_source(written: str) -> str | None:
    """The address of the picture that an element shows, its real one where it is loaded late."""
    found = attributes(written)
    sources = (found.get(name, "") for name in _IMAGE_SOURCES)
    return next((source.strip() for source in sources if source and not source.startswith("data:")), None)


def unescape(text: str) -> str:
    """What the serialisation escapes, and nothing else."""
    if "&" not in text:
        return text
    text = text.replace("&nbsp;", "\u00a0").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return text.replace("&amp;", "&")


def _bounded(page: bytes) -> bytes:
    """The page without what no page has and the parser takes hours for: tags that nest thousands deep, elements
    with thousands of attributes. Texts all stay.
    """
    if any(page.find(b">", at, at + _LONG) < 0 for at in range(0, len(page) - _LONG, _LONG)):
        page = _LONG_TAG.sub(rb"<\1>", page)
    signs = np.frombuffer(page, dtype=np.uint8)
    begins = np.flatnonzero(signs[:-1] == ord("<")) + 1
    closing = np.count_nonzero(signs[begins] == ord("/"))
    if len(begins) < _MANY_TAGS and len(begins) - 2 * closing < _MANY_OPEN:
        return page
    depth = formatting = 0

    def kept(found: re.Match[bytes]) -> bytes:
        nonlocal depth, formatting
        name = found.group(2).lower().decode("ascii", "replace")
        if name in _OPEN_ENDED:
            return found.group()
        step = -1 if found.group(1) else 1
        if name in _FORMATTING:
            too_deep = max(formatting, formatting + step) > _FORMATTING_DEEPEST
            formatting = max(0, formatting + step)
        else:
            too_deep = max(depth, depth + step) > _DEEPEST
            depth = max(0, depth + step)
        return b" " if too_deep else found.group()

    return _TAG.sub(kept, page)
