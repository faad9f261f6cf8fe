"""Log lines that people can read."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Spider
from scrapy.logformatter import LogFormatter


class ShortItems(LogFormatter):
    """Scrapy's log lines, with the body and the fields of an item left to the feed."""

    def scraped(self, item: Any, response: Any, spider: Spider) -> Any:  # noqa: ARG002 (Scrapy's signature)
        """One line for each record."""
        return {
            "level": logging.DEBUG,
            "msg": "Scraped %(item)s",
            "args": {"item": f"{type(item).__name__} {getattr(item, 'url', '')}"},
        }
