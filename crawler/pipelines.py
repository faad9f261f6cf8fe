"""Four stages of a few lines, one engine call each: Page -> Draft -> Draft -> Article | Rejection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scrapy.crawler import Crawler

from crawler import engine
from crawler.corpora import boilerplate
from crawler.dedup import Index, sketch
from crawler.engine import Draft, Options
from crawler.engine.fingerprint import shingles
from crawler.items import Article, Page, Reason, Rejection
from crawler.sites import Site, with_mirrors
from crawler.urls import host


class Extract:
    """Page -> Draft, or a Rejection where there is nothing to clean."""

    def __init__(
        self, options: Options, sites: Mapping[str, Site], site_lines: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        self.options = options
        self.sites = sites
        self.site_lines = site_lines or {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Extract:
        """ENGINE_OPTIONS, SITE_MIRRORS and SITE_BOILERPLATE come from the settings."""
        options = Options(**crawler.settings.getdict("ENGINE_OPTIONS"))
        learned = crawler.settings.get("SITE_BOILERPLATE")
        known = boilerplate.load(str(learned)) if learned else {}
        return cls(options, with_mirrors(crawler.settings.getdict("SITE_MIRRORS")), known)

    def process_item(self, item: Any) -> Any:
        """Rejections pass."""
        if not isinstance(item, Page):
            return item
        known = self.site_lines.get(host(item.url), frozenset())
        return engine.extract(item, self.sites.get(item.site or ""), self.options, known)


class Clean:
    """Draft -> Draft with a clean body; every removed piece is in its edits."""

    def process_item(self, item: Any) -> Any:
        """Rejections pass."""
        return engine.clean(item) if isinstance(item, Draft) else item


class Judge:
    """Draft -> Article or Rejection. Articles outside the run's dates are refused here."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Judge:
        """The run's dates are the spider's."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Rejections pass."""
        if not isinstance(item, Draft):
            return item
        record = engine.judge(item)
        wanted = getattr(self.crawler.spider, "wants_date", None)
        if isinstance(record, Article) and wanted and not wanted(record.date_published):
            return refuse(record, Reason.NOT_WANTED, f"published {record.date_published}, outside since/until")
        return record


class Deduplicate:
    """Marks what this run has already delivered: the same words are a Rejection, near ones name the first."""

    def __init__(self, near: str) -> None:
        self.index = Index()
        self.drop_near = near == "drop"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Deduplicate:
        """NEAR_DUPLICATES says what becomes of near ones."""
        return cls(crawler.settings["NEAR_DUPLICATES"])

    def process_item(self, item: Any) -> Any:
        """Rejections pass."""
        if not isinstance(item, Article):
            return item
        same = self.index.exact(item.fingerprint)
        if same:
            return refuse(item, Reason.DUPLICATE, f"the same words as {same}")
        made = sketch(shingles(item.body))
        near = self.index.near(made)
        self.index.add(item.url, item.fingerprint, made)
        if near and self.drop_near:
            return refuse(item, Reason.DUPLICATE, f"nearly the words of {near}")
        return replace(item, duplicate_of=near) if near else item


def refuse(article: Article, reason: Reason, detail: str) -> Rejection:
    """The Rejection that takes an article's place."""
    return Rejection(url=article.url, site=article.site, fetched_at=article.fetched_at, reason=reason, detail=detail)
