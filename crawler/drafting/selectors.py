"""Selectors for a site's pages: of the element that holds the article, and of boxes in it that never belong to it.

The engine finds the article without any. A selector is worth having where it gives the same words: it goes on
finding them on pages where little else would help.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from crawler import engine
from crawler.engine import Draft, decode
from crawler.engine.blocks import Box
from crawler.engine.names import said_by
from crawler.items import Article, Page, Rejection
from crawler.sites import Site

LEVELS = 4  # elements around the article that are tried, the innermost first
CONTENTS, DROPS = 2, 6  # selectors, at most
SAME = 0.8  # of the pages with the selector give the same words with and without it
#: Kinds of removed pieces that no field is made of.
_DROPPED = ("related", "inline_related", "cta", "share", "chrome")
_NAME = re.compile(r"[A-Za-z_][\w-]*")
#: What a build makes up or a page's number is in: gone with the next layout, or the next page.
_PASSING = re.compile(r"\d{3,}|(?:^|[-_])(?=[A-Za-z]*\d)[A-Za-z\d]{5,}$")


@dataclass(frozen=True)
class Sample:
    """A page that is an article."""

    page: Page

    def under(self, site: Site | None) -> Article | Rejection:
        """The record by a definition."""
        return engine.process(self.page, site)

    @cached_property
    def plain(self) -> Article | Rejection:
        """The record without one."""
        return self.under(None)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The page as selectors see it."""
        return LexborHTMLParser(decode.to_utf8(self.page.body, self.page.content_type, None))

    def draft(self, site: Site | None) -> Draft:
        """The page with what the rules have taken."""
        found = engine.extract(self.page, site)
        assert isinstance(found, Draft)
        return engine.clean(found)

    def has(self, selector: str, most: int = 10**6) -> bool:
        """Whether it names anything, no more than so often."""
        return 1 <= len(self.tree.css(selector)) <= most

    def same(self, site: Site) -> bool:
        """Whether the definition gives the words and facts that the engine finds by itself."""
        found = self.under(site)
        return isinstance(found, Article) and isinstance(self.plain, Article) and _facts(found) == _facts(self.plain)


def content(site: Site, samples: Sequence[Sample]) -> tuple[str, ...]:
    """Selectors of the main content, one for each layout; empty where none gives the engine's words."""
    found: list[str] = []
    rest = list(samples)
    while rest and len(found) < CONTENTS:
        choice = _best(site, rest)
        if choice is None:
            break
        found.append(choice)
        left = [sample for sample in rest if not sample.has(choice)]
        if len(left) == len(rest):
            break
        rest = left
    return tuple(found)


def _best(site: Site, samples: Sequence[Sample]) -> str | None:
    levels: dict[str, int] = {}
    for sample in samples:
        for level, box in enumerate(_around(sample.draft(None))):
            for selector in _selectors(box):
                levels[selector] = min(level, levels.get(selector, LEVELS))
    fine = []
    for selector, level in levels.items():
        having = [sample for sample in samples if sample.has(selector, most=1)]
        same = sum(sample.same(replace(site, content=(selector,))) for sample in having)
        if having and same >= SAME * len(having):
            says_so = said_by(selector.split(".")[-1].split("#")[-1], "div").content
            fine.append((-len(having), level, not says_so, -len(selector), selector))
    return min(fine)[-1] if fine else None


def _around(draft: Draft) -> Iterator[Box]:
    """The elements that hold the whole article, the innermost first."""
    standing, boxes = draft.standing(), draft.outline.boxes
    if not standing:
        return
    first, last = standing[0], standing[-1]
    around = [boxes[number] for number in draft.outline.chain(draft.pieces[first].box)]
    yield from [box for box in around if box.first <= first and box.last > last and box.parent > 0][:LEVELS]


def drop(site: Site, samples: Sequence[Sample]) -> tuple[str, ...]:
    """Selectors of boxes in the article that rules have taken, on two pages where there are so many."""
    seen: Counter[str] = Counter()
    for sample in samples:
        seen.update(_taken_boxes(sample.draft(site)))
    found: tuple[str, ...] = ()
    for selector, count in seen.most_common():
        having = [sample for sample in samples if sample.has(selector)]
        is_habit = count > 1 or len(samples) == 1
        tried = replace(site, drop=(*found, selector))
        if is_habit and len(found) < DROPS and all(sample.same(tried) for sample in having):
            found = tried.drop
    return found


def _taken_boxes(draft: Draft) -> list[str]:
    """Selectors of the outermost elements between the article's paragraphs of which nothing is left."""
    first, last = draft.content.first, draft.content.last
    found: dict[str, None] = {}
    for cut in draft.taken:
        if cut.whole and cut.kind in _DROPPED and first < cut.piece < last:
            boxes = [draft.outline.boxes[number] for number in draft.outline.chain(draft.pieces[cut.piece].box)]
            empty = [box for box in boxes if all(at in draft.gone for at in range(box.first, box.last))]
            found |= dict.fromkeys(next(([one[0]] for box in reversed(empty) if (one := _selectors(box))), []))
    return list(found)


def _selectors(box: Box) -> list[str]:
    """Ways to name an element: by its classes or id, one at a time, and what it says that it is."""
    names = [name for name in box.look.names.split() if _NAME.fullmatch(name) and not _PASSING.search(name)]
    found = [selector for name in names for selector in (f"{box.look.tag}.{name}", f"{box.look.tag}#{name}")]
    found += ["[itemprop=articleBody]"] if box.look.itemprop == "articlebody" else []
    return found + ([box.look.tag] if box.look.tag in ("article", "main") else [])


def _facts(article: Article) -> tuple[object, ...]:
    return article.body, article.keywords, article.source, article.authors, article.date_published


def counted(selector: str, samples: Iterable[Sample]) -> str:
    """``on 4 of 5 pages``."""
    pages = list(samples)
    return f"on {sum(sample.has(selector) for sample in pages)} of {len(pages)} pages"
