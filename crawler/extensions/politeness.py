"""What a site asks for: Crawl-delay."""

from __future__ import annotations

import logging

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)


class CrawlDelay:
    """Obeys robots.txt's Crawl-delay: the host's delay never falls below it.

    Protego, Scrapy's parser, reads it; AutoThrottle may lengthen the delay, and what it shortens is put right
    here, after each response.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("CRAWL_DELAY_ENABLED"):
            raise NotConfigured
        self.crawler = crawler
        self.agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self.most = crawler.settings.getfloat("CRAWL_DELAY_MAX")
        self.delays: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CrawlDelay:
        """Connect to the parser's and the downloader's signals."""
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(extension.response_downloaded, signal=signals.response_downloaded)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Note a host's delay."""
        protego = getattr(robotparser, "rp", None)
        asked = protego.crawl_delay(self.agent) if protego is not None else None
        if not asked or self.crawler.engine is None:
            return
        key = self.crawler.engine.downloader.get_slot_key(request)
        self.delays[key] = min(float(asked), self.most)
        if asked > self.most:
            logger.warning("%s asks for a Crawl-delay of %s s; CRAWL_DELAY_MAX makes it %s s", key, asked, self.most)
        self._apply(key)

    def response_downloaded(self, request: Request) -> None:
        """Hold the delay after AutoThrottle has set its own."""
        self._apply(request.meta.get("download_slot", ""))

    def _apply(self, key: str) -> None:
        engine = self.crawler.engine
        slot = engine.downloader.slots.get(key) if engine else None
        if slot is not None and key in self.delays:
            slot.delay = max(slot.delay, self.delays[key])
            slot.jitter = 0.0  # a delay that is asked for is not shortened at random
            slot.concurrency = 1
