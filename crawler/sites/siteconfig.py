"""FiveFilters site configs: rules by host for sites without a definition, in the format that wallabag and Full-Text RSS
share. https://help.fivefilters.org/full-text-rss/site-patterns.html

A file is called after its host, ``news.example.txt``, or ``.news.example.txt`` for all hosts below it; a line is
``directive: value``. XPath is evaluated by parsel (kept; Lexbor has none), over the tree that the engine reads.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lxml import etree
from parsel import Selector
from selectolax.lexbor import LexborHTMLParser

from ..errors import SiteError
from .site import MARK, Site

log = logging.getLogger(__name__)

XPATHS = ("title", "body", "author", "date", "strip", "single_page_link", "next_page_link")
#: Of the format, but of no use here: the engine decides alone, fetches nothing besides, keeps no markup.
IGNORED = frozenset(
    "autodetect_on_failure convert_double_br_tags dissolve footnotes http_header if_page_contains "
    "insert_detected_image login_extra_fields login_password_field login_uri login_username_field move_into "
    "native_ad_clue not_logged_in_xpath parser prune requires_login single_page_link_in_feed skip_json_ld "
    "src_lazy_load_attr strip_attr strip_comments strip_image_src test_contains test_url tidy wrap_in".split()
)
_LINE = re.compile(r"^(\w+)(?:\((.*?)\))?\s*:\s*(.*?)\s*$")
_AT = "crawler-at"  # where an element stands, while XPath looks for it
_EMPTY = Selector(text="<html></html>").root


@dataclass(frozen=True)
class SiteConfig(Site):
    """A site by its config. ``rules`` are XPath expressions by directive, in the file's order."""

    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    replacements: tuple[tuple[str, str], ...] = ()

    def prepared(self, page: bytes) -> bytes:
        """The page (UTF-8) with the config's replacements made."""
        for old, new in self.replacements:
            page = page.replace(old.encode(), new.encode())
        return page

    def mark(self, tree: LexborHTMLParser) -> dict[str, str]:
        """Mark what ``body`` and ``strip`` name; headline, author and date as the config finds them."""
        nodes = tree.css("*")
        for at, node in enumerate(nodes):
            node.attrs[_AT] = str(at)
        root = Selector(text=tree.html or "").root
        named = next((found for rule in self.rules.get("body", ()) if (found := _elements(root, rule))), [])
        stripped = [at for rule in self.rules.get("strip", ()) for at in _elements(root, rule)]
        facts = {name: self.first(root, name) for name in ("title", "author", "date")}
        for node in nodes:
            del node.attrs[_AT]
        for kind, found in (("content", named), ("drop", stripped)):
            for at in found:
                nodes[at].attrs[MARK] = kind
        return {name: value for name, value in facts.items() if value}

    def first(self, root: etree._Element, directive: str) -> str | None:
        """The text that the first rule of a directive to find any finds."""
        texts = (_text(found) for rule in self.rules.get(directive, ()) for found in _found(root, rule))
        return next((text for text in texts if text), None)

    def link(self, root: etree._Element, directive: str) -> str | None:
        """What ``next_page_link`` or ``single_page_link`` finds on a page, as it is written there."""
        for rule in self.rules.get(directive, ()):
            for found in _found(root, rule):
                href = found.get("href") if isinstance(found, etree._Element) else str(found)
                if href:
                    return href.strip()
        return None


def _found(root: etree._Element, rule: str) -> list[object]:
    try:
        found: object = root.xpath(rule)
    except etree.XPathError:  # a rule may be right and yet fail on a page
        return []
    return found if isinstance(found, list) else [found]


def _elements(root: etree._Element, rule: str) -> list[int]:
    """The numbers of the elements that an expression finds."""
    elements = (found for found in _found(root, rule) if isinstance(found, etree._Element))
    return [int(at) for element in elements if (at := element.get(_AT)) is not None]


def _text(found: object) -> str:
    text = "".join(map(str, found.itertext())) if isinstance(found, etree._Element) else str(found)
    return " ".join(text.split())


def read(path: Path) -> SiteConfig | None:
    """A config file, ``None`` where it has nothing that the engine uses. What it cannot use is a warning with the
    file's name and the line.
    """
    rules: dict[str, list[str]] = {}
    finds: list[str] = []
    replacements: list[tuple[str, str]] = []
    for number, directive, argument, value in _directives(path):
        where = f"{path}, line {number}"
        if directive == "find_string":
            finds.append(value)
        elif directive == "replace_string":
            replacements.append((argument or (finds.pop(0) if finds else ""), value))
        elif directive in XPATHS or directive == "strip_id_or_class":
            kind, rule = (directive, value) if directive in XPATHS else ("strip", _named(value.strip("\"'")))
            if problem := _problem(rule):
                log.warning("%s: %s: %r: %s", where, directive, value, problem)
            else:
                rules.setdefault(kind, []).append(rule)
        elif directive not in IGNORED:
            log.warning("%s: %s is no directive that is known", where, directive)
    if not rules and not replacements:
        return None
    host = path.name.removesuffix(".txt").strip(".").removeprefix("www.")
    return SiteConfig(
        name=re.sub(r"\W", "_", f"config_{host}".lower(), flags=re.ASCII),
        domains=(host,),
        language="",
        seeds=(),
        article_url="",
        rules={directive: tuple(found) for directive, found in rules.items()},
        replacements=tuple((old, new) for old, new in replacements if old),
    )


def _named(part: str) -> str:
    return f'//*[contains(@class, "{part}") or contains(@id, "{part}")]'


def _directives(path: Path) -> Iterator[tuple[int, str, str | None, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        log.warning("%s: %s", path, error)
        return
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.match(line.strip())
        if found is None:
            log.warning("%s, line %d: neither a comment nor «directive: value»: %r", path, number, line.strip())
            continue
        if found.group(3) or found.group(1) == "replace_string":
            yield number, found.group(1), found.group(2), found.group(3)


def _problem(rule: str) -> str | None:
    """What is wrong with an expression; functions of other programs count as wrong."""
    try:
        etree.XPath(rule)(_EMPTY)
    except etree.XPathError as error:
        return str(error)
    return None


@lru_cache(maxsize=1)  # spider and pipelines ask for it: its warnings are said once
def read_folder(folder: str | Path) -> dict[str, SiteConfig]:
    """The configs of SITE_CONFIG_DIR by host (``.news.example`` for all hosts below one). SiteError where there is no
    such folder.
    """
    if not Path(folder).is_dir():
        raise SiteError(f"SITE_CONFIG_DIR: {folder}: no such folder")
    found = {path.name.removesuffix(".txt"): read(path) for path in sorted(Path(folder).glob("*.txt"))}
    return {host.removeprefix("www."): config for host, config in found.items() if config is not None}


def config_for(configs: Mapping[str, SiteConfig], host: str) -> SiteConfig | None:
    """The config of a host (without ``www.``): its own, or that of the nearest host above it that is for all below."""
    labels = host.split(".")
    names = [host, *("." + ".".join(labels[at:]) for at in range(1, len(labels)))]
    return next((configs[name] for name in names if name in configs), None)
