"""Six stages of a few lines: Page -> Draft -> Draft -> Article | Rejection, what earlier runs say of it, the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from sqlalchemy.exc import SQLAlchemyError

from crawler import engine
from crawler.closing import close
from crawler.corpora import boilerplate
from crawler.dedup import THRESHOLD, sketch
from crawler.engine import Draft, Options
from crawler.engine.fingerprint import shingles
from crawler.engine.folding import fold
from crawler.errors import OptionError
from crawler.extensions.run import Run
from crawler.items import AUDIT_FIELDS, Article, Page, Reason
from crawler.revisions import changes
from crawler.sites.definitions import Definitions
from crawler.state.similar import Sketched
from crawler.store import articles
from crawler.urls import host
from crawler.workers import Given, Workers


class Extract:
    """Page -> Draft, or a Rejection where there is nothing to clean. With ENGINE_PROCESSES a worker makes the whole
    record, which then passes the next two stages as it is.
    """

    def __init__(
        self, options: Options, definitions: Definitions, site_lines: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        self.options = options
        self.definitions = definitions
        self.site_lines = site_lines or {}
        self.workers: Workers | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Extract:
        """ENGINE_OPTIONS, SITE_MIRRORS, SITE_CONFIG_DIR and SITE_BOILERPLATE come from the settings."""
        options = Options(**crawler.settings.getdict("ENGINE_OPTIONS"))
        learned = crawler.settings.get("SITE_BOILERPLATE")
        known = boilerplate.load(str(learned)) if learned else {}
        definitions = Definitions.of_settings(crawler.settings)
        stage = cls(options, definitions, known)
        processes = crawler.settings.getint("ENGINE_PROCESSES")
        if processes:
            seconds = crawler.settings.getfloat("ENGINE_TIMEOUT")
            given = Given(options, definitions, dict(stage.site_lines), _is_audited(crawler))
            stage.workers = Workers(processes, seconds, given)
            crawler.signals.connect(stage.begin_workers, signal=signals.response_received)
        return stage

    def begin_workers(self, response: Response, request: Request) -> None:
        """A seed has something to read, and pages will follow: the workers begin while it is read."""
        if self.workers is not None and response.status == HTTPStatus.OK and request.callback is not NO_CALLBACK:
            self.workers.begin()

    async def close_spider(self) -> None:
        """The workers are done."""
        if self.workers is not None:
            await self.workers.close()

    async def process_item(self, item: Any) -> Any:
        """Rejections pass."""
        if not isinstance(item, Page):
            return item
        if self.workers is not None:
            return await self.workers.process(item)
        known = self.site_lines.get(host(item.url), frozenset())
        return engine.extract(item, self.definitions.of(item.site, item.url), self.options, known)


class Clean:
    """Draft -> Draft with a clean body; every removed piece is in its edits."""

    def process_item(self, item: Any) -> Any:
        """Rejections pass."""
        return engine.clean(item) if isinstance(item, Draft) else item


class Judge:
    """Draft -> Article or Rejection. Articles outside the run's dates are refused here."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.run = Run.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Judge:
        """The run's dates are the spider's."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Rejections pass."""
        record = engine.judge(item) if isinstance(item, Draft) else item
        wanted = getattr(self.crawler.spider, "wants_date", None)
        if isinstance(record, Article) and wanted and not wanted(record.date_published):
            self.run.unwanted(record)
            return engine.reject(record, Reason.NOT_WANTED, f"published {record.date_published}, outside since/until")
        return record


class Revise:
    """An article that was delivered before: its next revision, with what has changed, or a Rejection(UNCHANGED)."""

    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Revise:
        """What was delivered is the run's to know."""
        return cls(Run.of(crawler))

    def process_item(self, item: Any) -> Any:
        """Rejections pass, and articles that are new."""
        if not isinstance(item, Article):
            return item
        address = self.run.address_of(item)
        if address.revision == 0:
            return item
        headline, body = self.run.earlier(address) or (item.headline, "")
        if item.fingerprint == address.fingerprint and fold(item.headline or "") == fold(headline or ""):
            return engine.reject(item, Reason.UNCHANGED, f"the same words as revision {address.revision}")
        changed = changes(headline, body, item) if body else ()
        return replace(item, revision=address.revision + 1, changes=changed)


class Deduplicate:
    """The same words twice on one site are one article. What other articles of the last weeks say nearly, or on
    another site word for word, is marked with the first of them, or dropped.
    """

    def __init__(self, near: str, run: Run) -> None:
        self.drop = near == "drop"
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Deduplicate:
        """NEAR_DUPLICATES says what becomes of near ones."""
        near = crawler.settings["NEAR_DUPLICATES"]
        if near not in ("mark", "drop"):
            raise OptionError(f"NEAR_DUPLICATES={near!r}: 'mark' or 'drop'")
        return cls(near, Run.of(crawler))

    def process_item(self, item: Any) -> Any:
        """Rejections pass."""
        if not isinstance(item, Article):
            return item
        digest = tuple(sketch(shingles(item.body)).digest())
        mine = Sketched(self.run.address_of(item).id, item.site or self.run.spider, item.url, item.fingerprint, digest)
        same, near = self.run.similar.find(mine, THRESHOLD)
        if same is not None and (self.drop or same.site == mine.site):
            return engine.reject(item, Reason.DUPLICATE, f"the same words as {same.url}")
        if near is not None and self.drop:
            return engine.reject(item, Reason.DUPLICATE, f"nearly the words of {near.url}")
        self.run.similar.add(mine)
        first = same or near
        return replace(item, duplicate_of=first.url) if first else item


class Store:
    """Articles into the database of STORE_URL, before any feed has them: what it cannot take is fetched again."""

    def __init__(self, crawler: Crawler) -> None:
        url = crawler.settings["STORE_URL"]
        if not url:
            raise NotConfigured
        self.crawler = crawler
        self.database = articles.opened(url)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Store:
        """STORE_URL comes from the settings. StateError where it cannot be opened."""
        return cls(crawler)

    def close_spider(self) -> None:
        """Give the connections back."""
        self.database.close()

    def process_item(self, item: Any) -> Any:
        """Rejections pass. A database that does not answer ends the crawl."""
        if isinstance(item, Article):
            try:
                articles.save(self.database, item)
            except SQLAlchemyError:
                if self.crawler.stats:
                    self.crawler.stats.inc_value("store/failed")
                close(self.crawler, "store_failed")
                raise
        return item


def _is_audited(crawler: Crawler) -> bool:
    """Whether a feed has the audit fields: one that names no fields has all."""
    feeds = crawler.settings.getdict("FEEDS").values()
    return any(not feed.get("fields") or set(feed["fields"]) & set(AUDIT_FIELDS) for feed in feeds)
