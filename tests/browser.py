"""A real browser (Chromium, driven by Selenium) for pages that the crawler writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from tests.conftest import ROOT, run_scrapy, without
from tests.newsroom.pages import aggregator_path, neighbour
from tests.newsroom.server import Newsroom
from tests.newsroom.stories import all_stories


@contextmanager
def browser() -> Iterator[WebDriver]:
    """Headless, without a network, its console at hand."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not program or not driver:
        without("no chromium and chromedriver: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = program or ""
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--window-size=1280,1000",
    ):
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


def main() -> None:
    """``python -m tests.browser``: docs/explain.png, the picture of the explain page that the README shows."""
    with browser() as opened, TemporaryDirectory() as folder, Newsroom() as newsroom:
        page = Path(folder) / "page.html"
        address = newsroom.aggregator.origin + aggregator_path(all_stories()[2])
        done = run_scrapy(newsroom, Path(folder), "explain", address, "--html", str(page))
        if done.returncode:
            raise SystemExit(done.stderr)
        opens_clean(opened, page)
        opened.set_window_size(1280, 1180)
        cuts = opened.find_elements(By.CSS_SELECTOR, ".cut")
        next(cut for cut in cuts if cut.text == neighbour(all_stories()[2], 3).headline).click()
        opened.execute_script("scrollTo(0, 90)")
        opened.save_screenshot(str(ROOT / "docs/explain.png"))


if __name__ == "__main__":
    main()
