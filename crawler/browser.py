"""Articles that are built by script are fetched with a browser: scrapy-playwright (kept; Scrapy's own way to one),
behind an extra and a setting.
"""

from __future__ import annotations

import shutil
from functools import partial
from typing import Any

from scrapy.settings import BaseSettings

from crawler.errors import OptionError
from crawler.urls import host, is_private

HANDLER = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
#: What a text does not need.
_UNNEEDED = frozenset("image media font stylesheet manifest texttrack eventsource websocket".split())
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


class Browser:
    """The addon that BROWSER switches on. OptionError where the extra is not installed."""

    def update_settings(self, settings: BaseSettings) -> None:
        """The browser takes the requests that ask for it (``request_meta``), Scrapy's own handler all others."""
        if not settings.getbool("BROWSER"):
            return
        try:
            import scrapy_playwright  # noqa: F401, PLC0415 (an extra)
        except ImportError:
            raise OptionError("BROWSER: pip install -r requirements-browser.txt") from None
        program = next(filter(None, map(shutil.which, _PROGRAMS)), None)  # without one Playwright looks for its own
        aborted = partial(is_aborted, private_allowed=settings.getbool("PRIVATE_NETWORKS_ALLOWED"))
        options = {"executable_path": program, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}
        for name, value in {
            "DOWNLOAD_HANDLERS": {**settings.getdict("DOWNLOAD_HANDLERS"), "http": HANDLER, "https": HANDLER},
            "PLAYWRIGHT_LAUNCH_OPTIONS": {name: option for name, option in options.items() if option},
            "PLAYWRIGHT_ABORT_REQUEST": aborted,
        }.items():
            settings.set(name, value, "addon")


def is_aborted(request: Any, *, private_allowed: bool) -> bool:
    """Whether the browser does without a request: pictures and styles, and what leads into this machine's network."""
    return request.resource_type in _UNNEEDED or (not private_allowed and is_private(host(request.url)))


def request_meta() -> dict[str, Any]:
    """For a request that the browser is to take; the text is there once the network is quiet."""
    from scrapy_playwright.page import PageMethod  # noqa: PLC0415 (an extra)

    return {"playwright": True, "playwright_page_methods": [PageMethod("wait_for_load_state", "networkidle")]}
