"""``Report``: counts what a crawl brings in; when it ends, lets the monitors look at it and writes its report."""

from __future__ import annotations

import json
import logging
import urllib.request
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from crawler.extensions.run import Run
from crawler.items import Article, Rejection
from crawler.reports import page
from crawler.reports.digest import Digest
from crawler.reports.monitors import Alert, Limits, Watched, alerts, prometheus
from crawler.sites import all_sites
from crawler.state import feeds, runs

logger = logging.getLogger(__name__)
TIMEOUT = 10  # seconds that a webhook may take


class Report:
    """Nothing here ends a crawl or changes what it delivers."""

    run: Run

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.settings = crawler.settings
        self.digest = Digest()
        self.limits = Limits.of(crawler.settings.getdict("MONITORS"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Report:
        """MONITORS and its kin come from the settings. Raises OptionError for a limit that there is not."""
        report = cls(crawler)
        crawler.signals.connect(report.open, signal=signals.spider_opened)
        crawler.signals.connect(report.add, signal=signals.item_scraped)
        crawler.signals.connect(report.answered, signal=signals.response_received)
        return report

    def open(self) -> None:
        """All extensions are there."""
        self.run = Run.of(self.crawler)
        self.run.at_the_end.append(self.finish)

    def add(self, item: Any, response: Response | None) -> None:
        """A record has left the pipelines."""
        if isinstance(item, Article | Rejection):
            self.digest.add(item)
        site = all_sites().get(item.site or "") if isinstance(item, Article) else None
        if site is not None and response is not None and self.digest.wants_pages(site):
            self.digest.look_at(site, response.body)

    def answered(self, response: Response, request: Request) -> None:
        """A server has answered."""
        self.digest.answered(response.url, request.meta.get("download_latency", 0.0))

    def finish(self) -> None:
        """The last feed is stored."""
        database, run = self.run.database, self.run
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        digest = self.digest.as_dict()
        before = runs.past(database, run.spider, run.id)
        watched = _watched(digest, stats, run.began)
        raised = alerts(watched, [_watched(one.digest, one.counts, one.started) for one in before], self.limits)
        for alert in raised:
            logger.warning("Monitor %s: %s", *alert)
        if raised and self.crawler.stats:
            self.crawler.stats.set_value("monitors/alerts", len(raised))
        runs.digested(database, run.id, {**digest, "alerts": raised})
        self._tell(raised, watched)
        folder = self.settings["REPORT_FOLDER"]
        if folder:
            self._write(Path(folder), stats, before)

    def _write(self, folder: Path, stats: dict[str, Any], before: list[runs.PastRun]) -> None:
        run = self.run
        me = runs.past(run.database, run.spider, run.id + 1, 1)[0]
        me = me._replace(finished=run.now(), exit=str(stats.get("finish_reason")), counts=stats)
        content = page.html(me, feeds.of_run(run.database, run.id), before)
        for name in ("index.html", f"{run.spider}.html"):
            _replace(folder / name, content)

    def _tell(self, raised: list[Alert], watched: Watched) -> None:
        folder, webhook = self.settings["MONITORS_PROMETHEUS"], self.settings["MONITORS_WEBHOOK"]
        if folder:
            _replace(Path(folder) / f"{self.run.spider}.prom", prometheus(self.run.spider, watched, raised))
        if webhook and raised:
            text = "\n".join(f"{self.run.spider}: {alert.message}" for alert in raised)
            body = {
                "text": text,
                "spider": self.run.spider,
                "run": self.run.id,
                "alerts": [a._asdict() for a in raised],
            }
            _send(webhook, json.dumps(body, ensure_ascii=False).encode())


def _replace(path: Path, content: str) -> None:
    """A file that is whole at any time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.write_text(content, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        logger.error("%s could not be written: %s", path, error)


def _send(url: str, body: bytes) -> None:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 (the operator's)
    try:
        urllib.request.urlopen(request, timeout=TIMEOUT).close()  # noqa: S310
    except (OSError, ValueError) as error:
        logger.error("MONITORS_WEBHOOK could not be told: %s", error)


def _watched(digest: Mapping[str, Any], stats: Mapping[str, Any], began: int) -> Watched:
    return Watched(digest, stats, datetime.fromtimestamp(began, timezone.utc).hour)
