"""A real browser (Chromium, driven by Selenium) for pages that the crawler writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.webdriver import WebDriver

from tests.conftest import without


@contextmanager
def browser() -> Iterator[WebDriver]:
    """Headless, without a network, its console at hand."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not program or not driver:
        without("no chromium and chromedriver: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = program or ""
    for switch in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000"):
        options.add_argument(switch)
    options.add_argument("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield opened
    finally:
        opened.quit()


def opens_clean(opened: WebDriver, path: Path) -> None:
    """The page opens, and nothing on it is an error."""
    opened.get(path.as_uri())
    errors = [entry for entry in opened.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
    assert errors == []
