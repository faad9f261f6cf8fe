"""What is stripped becomes data: cuts -> keywords, source, related, authors, captions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from ..items import RELATED_KINDS, Image, Link, Removed
from . import date_lines
from .draft import Draft, Taken
from .metadata import split_keywords
from .people import people
from .wording import hashtags

BULLETS = " •▪●◦‣*·-–\t\u200f\u200e"
_NO_IMAGES = {"share", "related", "cta", "ad", "nav", "comments", "byline", "tags", "legal"}
_QUIET = ("chrome", "nav", "ad", "date")  # after the article these are the page's, not the story's


@dataclass(frozen=True, slots=True)
class Harvest:
    """The data in what the rules took out."""

    keywords: tuple[str, ...]
    source: str | None
    related: tuple[Link, ...]
    authors: tuple[str, ...]
    images: tuple[Image, ...]
    removed: tuple[Removed, ...]


def harvest(draft: Draft) -> Harvest:
    """Sort everything that was cut in and after the article."""
    near = draft.near()
    close = [t for t in draft.taken if t.rule != "outside_content" and t.piece in near]
    close.sort(key=lambda taken: taken.start)
    base = draft.outline.base(draft.page.url) if draft.page else None
    return Harvest(
        keywords=_keywords(draft, close),
        source=_source(draft, close),
        related=_related(draft, close, base),
        authors=_authors(draft, close),
        images=_images(draft, base),
        removed=tuple(Removed(kind=t.kind, rule=t.rule, text=_text(draft, t)) for t in close if _is_told(draft, t)),
    )


def _is_told(draft: Draft, taken: Taken) -> bool:
    """Blocks from inside the article all count; from after it those that belong to the story."""
    if taken.piece < draft.content.first:
        return False
    inner, outer = draft.story
    near = inner if taken.kind in RELATED_KINDS else outer
    return taken.piece < draft.content.last or (taken.piece in near and taken.kind not in _QUIET)


def _text(draft: Draft, taken: Taken) -> str:
    return draft.outline.raw_text[taken.start : taken.end].strip()


def _value(draft: Draft, taken: Taken) -> str:
    """The text behind its label, or all of it."""
    text = _text(draft, taken)
    found = draft.phrases.label(text)
    return text[found.end :].strip() if found else text


def _keywords(draft: Draft, close: list[Taken]) -> tuple[str, ...]:
    words: list[str] = []
    for taken in close:
        if taken.kind != "tags" or taken.piece not in draft.story[1]:  # topics of the page's head are no keywords
            continue
        links = draft.pieces[taken.piece].links
        tags = hashtags(_text(draft, taken))
        if tags:
            words += tags
        elif links:
            words += [link.text.lstrip("#") for link in links]
        elif not draft.phrases.heading(_text(draft, taken)):
            words += split_keywords(_value(draft, taken))
    return tuple(dict.fromkeys(word.strip(BULLETS) for word in words if word.strip(BULLETS)))


def _source(draft: Draft, close: list[Taken]) -> str | None:
    values = [_value(draft, t).strip(BULLETS) for t in close if t.kind == "source"]
    return ", ".join(dict.fromkeys(value for value in values if value)) or None


def _related(draft: Draft, close: list[Taken], base: str | None) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for taken in close:
        if taken.kind in RELATED_KINDS and _is_told(draft, taken):
            for link in _links(draft, taken):
                headline = _unlabelled(draft, (link.headline or "").strip(BULLETS))
                skips = (link.url or "").startswith("#")  # to a place on this page, to no story
                if _is_headline(draft, headline) and not skips:
                    found.setdefault(headline, Link(headline=headline, url=_absolute(base, link.url)))
    return tuple(found.values())


def _unlabelled(draft: Draft, headline: str) -> str:
    """A headline without the words that a card has before it, in the same link («اقرأ أيضاً <headline>»)."""
    words = headline.split()
    for count in (3, 2):
        if len(words) > count + 2 and draft.phrases.heading(" ".join(words[:count])) in RELATED_KINDS:
            return " ".join(words[count:]).strip(BULLETS)
    return headline


def _is_headline(draft: Draft, text: str) -> bool:
    """Whether it has words enough and is no date and no call."""
    return len(text.split()) >= 3 and not date_lines.is_moment(text) and not draft.phrases.line(text)


def _links(draft: Draft, taken: Taken) -> Iterator[Link]:
    links = draft.pieces[taken.piece].links
    if links:
        yield from (Link(headline=link.text, url=link.href or None) for link in links)
        return
    text = _value(draft, taken)
    words = len(text.split())
    if not draft.phrases.heading(text) and words <= draft.options.headline_words[1] and not text.endswith("."):
        yield Link(headline=text, url=None)


def _absolute(base: str | None, href: str | None) -> str | None:
    try:
        return urljoin(base, href) if base and href else href
    except ValueError:
        return None


def _authors(draft: Draft, close: list[Taken]) -> tuple[str, ...]:
    labelled = [t for t in close if t.kind == "byline" and draft.phrases.label(_text(draft, t))]
    return people([_value(draft, t) for t in labelled], set())


def _images(draft: Draft, base: str | None) -> tuple[Image, ...]:
    """The page's own main image, then those inside the article; each with the caption of its figure."""
    found: dict[str, Image] = {}
    captions = {t.piece: _value(draft, t) for t in draft.taken if t.kind == "caption"}
    for picture in draft.outline.pictures:
        kinds = {draft.outline.boxes[b].look.kind for b in draft.outline.chain(picture.box)}
        if picture.at not in draft.story[0] or kinds & _NO_IMAGES:
            continue
        url = _absolute(base, picture.url)
        caption = _caption(draft, picture.box, captions)
        if url and (caption or draft.content.first <= picture.at < draft.content.last):
            found.setdefault(url, Image(url=url, caption=caption))
    main = draft.article.images if draft.article else ()
    for image in main:
        if image.url not in found and found and _name(image.url) == _name(next(iter(found))):
            first = found.pop(next(iter(found)))  # the same picture in another size
            found = {image.url: Image(url=image.url, caption=first.caption), **found}
    return tuple({**{i.url: i for i in main}, **found}.values())


def _name(url: str) -> str:
    return url.rsplit("/", 1)[-1]


def _caption(draft: Draft, box: int, captions: dict[int, str]) -> str | None:
    for index in draft.outline.chain(box)[:3]:
        around = draft.outline.boxes[index]
        if around.last - around.first > 4:
            return None
        texts = [captions[at] for at in range(around.first, around.last) if at in captions]
        if texts:
            return re.sub(r"\s+", " ", " ".join(texts))
    return None
