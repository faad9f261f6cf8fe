r"""The engine: pure functions from a page to its record. No network, clock, settings or state.

>>> from crawler import engine
>>> engine.process(Page(url="https://news.example/1", body=b"<p></p>")).reason  # Page -> Article | Rejection
<Reason.NO_CONTENT: 'NO_CONTENT'>
>>> engine.clean_text("The bridge is open again.\n\nRead also: The market").text  # the same for text without markup
'The bridge is open again.'
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from ..items import Article, Image, Page, Reason, Rejection
from ..sites.site import Site
from . import content, dates, decode, fingerprint, markup, metadata, quality, structured
from .blocks import Outline, count_words
from .consent import name_consent
from .draft import Draft
from .edits import apply
from .harvest import harvest
from .headlines import title_block
from .interstitials import interstitial
from .language import phrases_for
from .options import DEFAULT, Options
from .parts import joined
from .rules import run
from .text import CleanText, clean_texts
from .told import told_page
from .walk import outline

__all__ = [
    "DEFAULT",
    "VERSION",
    "CleanText",
    "Draft",
    "Options",
    "clean",
    "clean_text",
    "clean_texts",
    "extract",
    "finish",
    "judge",
    "process",
    "reject",
]

#: Changes whenever the same page could give another record.
VERSION = "26"


def process(
    page: Page,
    site: Site | None = None,
    options: Options = DEFAULT,
    site_lines: frozenset[str] = frozenset(),
    *,
    audit: bool = True,
) -> Article | Rejection:
    """One page in, exactly one record out: ``extract``, ``clean``, ``judge``. Never raises.

    ``site_lines`` are the keys of the lines that the page's site repeats (corpora/boilerplate.py). Without ``audit``
    an article has no AUDIT_FIELDS, which are most of its size and a tenth of its cost.
    """
    draft = extract(page, site, options, site_lines, audit=audit)
    return draft if isinstance(draft, Rejection) else judge(clean(draft))


def extract(
    page: Page,
    site: Site | None = None,
    options: Options = DEFAULT,
    site_lines: frozenset[str] = frozenset(),
    *,
    audit: bool = True,
) -> Draft | Rejection:
    """Bytes -> tokens -> raw text, blocks, main content and metadata; or why there are none."""
    if len(page.body) > options.max_bytes:
        return reject(page, Reason.TOO_LARGE, f"{len(page.body)} bytes, {options.max_bytes} are allowed")
    utf8 = decode.to_utf8(page.body, page.content_type, site.encoding if site else None)
    if not decode.is_html(utf8, page.content_type):
        return reject(page, Reason.NOT_HTML, f"no HTML: {page.content_type or 'no content type'}")
    read = markup.read(site.prepared(utf8) if site else utf8, site.mark if site else None)
    shown = _shown(read, options)
    data = structured.read(shown.elements, read.json_ld)
    shown.title_at = title_block(data, shown)
    told = None if read.marked else told_page(data, shown)
    found = outline(markup.read(told).tokens) if told else shown
    name_consent(found)
    scores = content.Scores(found, options)
    chosen = content.choose(found, scores, options)
    if chosen is None:
        return reject(page, Reason.NO_CONTENT, "no text at all")
    first = 0 if told else next((at for at in sorted(chosen.inside) if scores.clean[at]), chosen.first)
    about = metadata.read(data, shown, page, first, read.facts, site.language if site else None)
    return Draft(
        outline=found,
        content=replace(chosen, found_by="articleBody") if told else chosen,
        kinds=scores.kinds,
        prose=scores.clean,
        phrases=phrases_for(),
        options=options,
        title=data.title,
        headline=about.headline,
        description=about.description,
        article_body=structured.text_of(data.article.get("articleBody")),
        site=site,
        site_lines=site_lines,
        page=page,
        audit=audit,
        article=_unfinished(page, about, site.timezone if site else None),
        page_type=data.page_type,
        is_free=data.is_free,
    )


def _shown(read: markup.Markup, options: Options) -> Outline:
    """What a reader sees of the page: all of it, where a story is hidden and next to nothing is not."""
    found = outline(read.tokens, read.marked)
    if any(seen >= options.story_length / 2 for seen in accumulate(content.prose(p, options) for p in found.pieces)):
        return found
    whole = outline(markup.unhidden(read.tokens), read.marked)
    return whole if content.Scores(whole, options).sums[-1] >= options.story_length else found


def _unfinished(page: Page, about: metadata.Metadata, timezone: str | None) -> Article:
    """The record with its metadata; what comes from the text is still empty."""
    return Article(
        url=page.url,
        requested_url=page.requested_url,
        canonical_url=about.canonical_url,
        site=page.site,
        language=about.language,
        headline=about.headline,
        description=about.description,
        authors=about.authors,
        date_published=dates.placed(about.date_published, timezone),
        date_modified=dates.placed(about.date_modified, timezone),
        section=about.section,
        keywords=about.keywords,
        source=None,
        images=(Image(url=about.image),) if about.image else (),
        related=(),
        body="",
        raw_text="",
        blocks=(),
        edits=(),
        removed=(),
        fingerprint="",
        duplicate_of=None,
        revision=1,
        changes=(),
        field_sources=about.sources,
        fetched_at=page.fetched_at,
        engine_version=VERSION,
    )


def clean(draft: Draft) -> Draft:
    """Run every rule; the draft's article gets its body, its edits and what they were worth, and the texts of the
    page's further parts.
    """
    run(draft)
    finish(draft)
    for part in draft.page.parts if draft.page else ():
        assert draft.article is not None
        more = extract(part, draft.site, draft.options, draft.site_lines, audit=draft.audit)
        if isinstance(more, Draft):
            more.said = frozenset(draft.article.body.split("\n\n"))
            record = clean(more).article
            assert record is not None
            draft.unread_part = draft.unread_part or interstitial(more, count_words(record.body))
            draft.article = joined(draft.article, record) if record.body else draft.article
    return draft


def finish(draft: Draft) -> Draft:
    """Body, edits and what was cut, from a draft whose rules have run."""
    assert draft.article is not None
    edits = draft.edits()
    body = apply(draft.outline.raw_text, edits)
    got = harvest(draft)
    article = draft.article
    sources = {**article.field_sources, "body": draft.content.found_by}
    for name in ("keywords", "source", "related"):
        if getattr(got, name):
            sources[name] = "page"
    if got.authors and not article.authors:
        sources["authors"] = "page"
    agency = draft.site.agency if draft.site else None
    if agency and not got.source:
        sources["source"] = "site"
    draft.article = replace(
        article,
        keywords=got.keywords or article.keywords,
        source=got.source or agency,
        related=got.related,
        authors=article.authors or got.authors,
        images=got.images,
        body=body,
        raw_text=draft.outline.raw_text if draft.audit else "",
        blocks=tuple(map(draft.outline.block, draft.pieces)) if draft.audit else (),
        edits=edits if draft.audit else (),
        removed=got.removed,
        fingerprint=fingerprint.exact(body),
        field_sources=sources,
    )
    return draft


def judge(draft: Draft) -> Article | Rejection:
    """Article or Rejection: the last word on a draft."""
    assert draft.article is not None
    assert draft.page is not None
    refused = quality.refusal(draft, draft.article.body)
    return reject(draft.page, *refused) if refused else draft.article


def reject(page: Page | Article, reason: Reason, detail: str) -> Rejection:
    """The record of a page that gave no article, or that takes an article's place."""
    return Rejection(
        url=page.url,
        requested_url=page.requested_url,
        site=page.site,
        fetched_at=page.fetched_at,
        reason=reason,
        detail=detail,
    )


def clean_text(
    text: str, *, language: str | None = None, headline: str | None = None, options: Options = DEFAULT
) -> CleanText:
    """Clean a document whose markup is gone. Phrases of all languages apply unless ``language`` names one.

    Each line is a paragraph; blank lines between two become one. ``options.mode`` says which error is worse:
    ``precision`` (the default) never loses a sentence of the article knowingly, ``recall`` leaves no boilerplate.
    """
    return clean_texts([text], language=language, headline=headline, options=options)[0]
