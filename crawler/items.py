"""The records: a ``Page`` goes in, exactly one ``Article`` or ``Rejection`` comes out.

Field names are those of schema.org NewsArticle where it has them (docs/records.md has the
table). Absent is ``None`` or an empty tuple. Dates are ISO 8601. Offsets are Python code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum


class Reason(str, Enum):
    """Why a page gave no article."""

    NOT_HTML = "NOT_HTML"
    NO_CONTENT = "NO_CONTENT"
    NOT_ARTICLE = "NOT_ARTICLE"
    TOO_SHORT = "TOO_SHORT"
    PAYWALL = "PAYWALL"
    BLOCKED = "BLOCKED"  # a robot check, a consent or login form, a word to its readers elsewhere came in its place
    DUPLICATE = "DUPLICATE"
    UNCHANGED = "UNCHANGED"  # fetched again, and it says what its stored record says
    NOT_WANTED = "NOT_WANTED"  # an article, outside what the run asked for
    TIMEOUT = "TIMEOUT"
    TOO_LARGE = "TOO_LARGE"
    ERROR = "ERROR"

    def __str__(self) -> str:
        return self.value


#: Every kind an ``Edit`` can have. ``characters`` is the only one that keeps the words.
KINDS = (
    "related",
    "inline_related",
    "tags",
    "source",
    "cta",
    "share",
    "caption",
    "byline",
    "date",
    "comments",
    "ad",
    "nav",
    "legal",
    "chrome",
    "characters",
)
RELATED_KINDS = ("related", "inline_related")  # other stories, after the article and inside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as it was fetched."""

    url: str
    body: bytes
    requested_url: str | None = None
    content_type: str | None = None  # the Content-Type header, charset included
    fetched_at: str | None = None
    site: str | None = None  # the name of the site definition
    hints: Mapping[str, str] = field(default_factory=dict)  # what the feed or sitemap said
    parts: tuple[Page, ...] = ()  # the article's further pages, in order

    def __str__(self) -> str:
        return f"<Page {self.url} {len(self.body)} bytes>"

    def continued(self, more: Page, *, whole: bool) -> Page:
        """The article with its next page, or as the ``whole`` that another page is."""
        if whole:
            return replace(self, body=more.body, content_type=more.content_type)
        return replace(self, parts=(*self.parts, more))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, list item, … of a page: a span of ``raw_text``."""

    kind: str  # paragraph | heading | item | quote | cell | caption
    start: int
    end: int
    links: int  # how many of its characters stand inside links
    path: str  # a short CSS path, for people


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Replace ``raw_text[start:end]`` by ``text`` ("" removes it), because ``rule`` said so."""

    start: int
    end: int
    text: str
    rule: str
    kind: str
    confidence: float = 1.0  # how sure the decision is, from 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A block that was taken out from inside or right after the article."""

    kind: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Another story that the page points to; either half may be missing."""

    headline: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image of the article."""

    url: str
    caption: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a revision changed: a headline, or paragraphs of the body. Absent ``before``: added; ``after``: gone."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A cleaned news article. ``body`` is ``raw_text`` with its ``edits`` applied."""

    url: str
    requested_url: str | None  # as it was asked for, before redirects
    canonical_url: str
    site: str | None
    language: str | None
    headline: str | None
    description: str | None
    authors: tuple[str, ...]
    date_published: str | None
    date_modified: str | None
    section: str | None
    keywords: tuple[str, ...]
    source: str | None
    images: tuple[Image, ...]
    related: tuple[Link, ...]
    body: str
    raw_text: str
    blocks: tuple[Block, ...]
    edits: tuple[Edit, ...]
    removed: tuple[Removed, ...]
    fingerprint: str
    duplicate_of: str | None
    revision: int
    changes: tuple[Change, ...]  # what this revision changed of the one before it
    field_sources: Mapping[str, str]
    fetched_at: str | None
    engine_version: str

    def __str__(self) -> str:
        return f"<Article {self.url} {self.headline!r}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A page that gave no article, and why."""

    url: str
    requested_url: str | None = None
    site: str | None
    fetched_at: str | None
    reason: Reason
    detail: str


#: The form of the records that feeds hold: one more whenever a field comes, goes or changes its meaning.
SCHEMA_VERSION = 1
#: ISO 8601 dates.
DATE_FIELDS = ("date_published", "date_modified", "fetched_at")
#: What proves the cleaning, and is most of a record.
AUDIT_FIELDS = ("raw_text", "blocks", "edits")
#: What the article feed holds. The audit fields stay out of it.
ARTICLE_FIELDS = (
    "url",
    "requested_url",
    "canonical_url",
    "site",
    "language",
    "headline",
    "description",
    "authors",
    "date_published",
    "date_modified",
    "section",
    "keywords",
    "source",
    "images",
    "related",
    "body",
    "removed",
    "fingerprint",
    "duplicate_of",
    "revision",
    "changes",
    "field_sources",
    "fetched_at",
    "engine_version",
)
REJECTION_FIELDS = ("url", "requested_url", "site", "fetched_at", "reason", "detail")
