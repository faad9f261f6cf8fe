"""Ending a crawl before its time, in good order."""

from __future__ import annotations

import asyncio

from scrapy.crawler import Crawler

BROKEN = ("start_error", "feed_broken", "feeds_not_opened")  # reasons of crawls that could not do their work
_CLOSING: set[asyncio.Future[None]] = set()  # asyncio itself keeps no strong reference


def close(crawler: Crawler, reason: str) -> None:
    """End the crawl in good order: what is under way is finished, feeds are stored."""
    engine = crawler.engine
    if engine is not None and engine.spider is not None and crawler.crawling:
        task = asyncio.ensure_future(engine.close_spider_async(reason=reason))
        _CLOSING.add(task)
        task.add_done_callback(_CLOSING.discard)
