"""The report of a crawl, its monitors, and scrapy report."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selenium.webdriver.common.by import By

from crawler.items import Removed
from crawler.reports import page
from crawler.reports.digest import Digest
from crawler.reports.monitors import Alert
from crawler.state.runs import PastRun
from tests.browser import browser, opens_clean
from tests.conftest import Crawl, run_scrapy
from tests.newsroom import pages
from tests.newsroom.server import Newsroom
from tests.newsroom.stories import all_stories
from tests.records.samples import article

CONTENT = "js-mediator-article"


def report(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return run_scrapy(None, folder, "report", *args)


def new_layout(newsroom: Newsroom) -> None:
    """The publisher's pages have other classes from now on."""
    for story in all_stories():
        path = pages.publisher_path(story)
        answer = newsroom.publisher.answers[path]
        newsroom.publisher.answers[path] = replace(answer, body=answer.body.replace(CONTENT.encode(), b"story-2"))


@contextmanager
def webhook() -> Iterator[tuple[str, list[Any]]]:
    """A server that keeps what it is told."""
    told: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# --- a crawl is watched -------------------------------------------------------------------------


def test_a_new_layout_of_a_site_is_told_within_the_run_with_site_and_selector(
    newsroom: Newsroom, crawl: Callable[..., Crawl], tmp_path: Path
) -> None:
    first = crawl("rt_arabic", "-a", "max_articles=20", "-s", "MONITORS_FAIL=True")
    assert first.code == 0, first.output
    assert "Monitor" not in first.output
    new_layout(newsroom)
    with webhook() as (address, told):
        told_to = ("-s", f"MONITORS_WEBHOOK={address}", "-s", f"MONITORS_PROMETHEUS={tmp_path}/metrics")
        second = crawl("rt_arabic", "-a", "max_articles=20", "-s", "MONITORS_FAIL=True", *told_to)
    assert second.code == 4, second.output
    said = f"rt_arabic: div.{CONTENT} matches 0 of "
    assert f"Monitor dead_selectors: has the site a new layout? {said}" in second.output
    assert [(one["spider"], one["alerts"][0]["monitor"]) for one in told] == [("rt_arabic", "dead_selectors")]
    assert said in told[0]["text"]
    metrics = (tmp_path / "metrics/rt_arabic.prom").read_text(encoding="utf-8")
    assert 'crawler_alert{spider="rt_arabic",monitor="dead_selectors"} 1' in metrics
    assert said in (second.folder / "report/index.html").read_text(encoding="utf-8")
    assert len(second.records("rt_arabic")) >= 35, "the articles are delivered all the same"


def test_a_webhook_that_nobody_answers_ends_no_crawl(crawl: Callable[..., Crawl]) -> None:
    strict = ("-s", 'MONITORS={"articles": 1, "rejected": 0}', "-s", "MONITORS_WEBHOOK=http://127.0.0.1:9/")
    done = crawl("rt_arabic", *strict)
    assert done.code == 0, "MONITORS_FAIL is off"
    assert re.search(r"Monitor rejections: \d of 4\d pages gave no article: ", done.output), done.output
    assert "MONITORS_WEBHOOK could not be told" in done.output


def test_a_wrong_limit_ends_the_crawl_before_its_first_request(newsroom: Newsroom, crawl: Callable[..., Crawl]) -> None:
    done = crawl("rt_arabic", "-s", 'MONITORS={"fewr": 0.5}')
    assert done.code == 1
    assert "MONITORS: 'fewr': 0.5: a number for one of articles, fewer, filled" in done.output
    assert not newsroom.publisher.asked


def test_no_folder_no_report(crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    done = crawl("rt_arabic", "-a", "max_articles=1", "-s", "REPORT_FOLDER=")
    assert done.code == 0, done.output
    assert not (tmp_path / "output/report").exists()


# --- the command --------------------------------------------------------------------------------


def test_the_report_of_any_past_run_is_written_again(crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    for most in (3, 5):
        assert crawl("rt_arabic", "-a", f"max_articles={most}").code == 0
    folder = tmp_path / "output"
    listed = report(folder, "--list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["2", "1"]
    assert "3 articles" in listed[1]
    done = report(folder, "1", "-o", str(tmp_path / "one.html"))
    assert (done.returncode, done.stdout) == (0, f"wrote {tmp_path}/one.html\n"), done.stderr
    one = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "<title>rt_arabic, run 1: 3 articles</title>" in one
    last = report(folder, "--site", "rt_arabic")
    assert last.stdout == f"wrote {folder}/report/rt_arabic-2.html\n"
    assert "max_articles=5" in (folder / "report/rt_arabic-2.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["7"], 1, "the state has no run 7 (scrapy report --list)"),
        (["--site", "nobody"], 1, "the state has no run of nobody"),
        (["one"], 2, "name one run by its number"),
        (["1", "2"], 2, "name one run by its number"),
        (["-s", "STATE_URL=sqlite:////proc/none/state.sqlite"], 3, "/proc/none/state.sqlite"),
    ],
)
def test_what_cannot_be_reported_is_said(args: list[str], code: int, message: str, tmp_path: Path) -> None:
    done = report(tmp_path, *args)
    assert done.returncode == code, done.stderr
    assert message in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_report_that_cannot_be_written_is_an_error(crawl: Callable[..., Crawl], tmp_path: Path) -> None:
    assert crawl("rt_arabic", "-a", "max_articles=1").code == 0
    done = report(tmp_path / "output", "-o", "/proc/none/report.html")
    assert done.returncode == 2
    assert "/proc/none" in done.stdout + done.stderr


# --- the page -----------------------------------------------------------------------------------


def sample_report(path: Path) -> Path:
    """A report with everything in it, and what would like to be markup."""
    digest = Digest()
    cut = Removed(kind="inline_related", rule="read_more", text="إقرأ أيضاً <script>alert(1)</script>")
    for number in range(8):
        digest.add(article(url=f"https://news.example/{number}", body="كلمات " * 60 * (number + 1), removed=(cut,)))
    digest.add(article(url="https://news.example/twin", duplicate_of="https://news.example/1"))
    digest.answered("https://news.example/1", 0.25)
    alert = Alert("dead_selectors", "example: div.story matches 0 of 20 pages")
    found = {**digest.as_dict(), "alerts": [alert]}
    run = PastRun(2, "example", 1_764_000_000, 1_764_000_060, "finished", {"max_articles": "20"}, {}, found)
    path.write_text(page.html(run, [], [run._replace(id=1)]), encoding="utf-8")
    return path


HOURS = (st.integers(0, 50_000) | st.integers(0, 99)).map(
    lambda hours: datetime.fromisoformat("2020-01-01") + timedelta(hours=hours)
)


@given(st.dictionaries(HOURS, st.integers(1, 9)))
def test_a_plot_over_time_has_no_gap_and_ends_with_the_last_article(found: dict[datetime, int]) -> None:
    hours = Counter({"unknown": 3})
    for time, count in found.items():
        hours[f"{time:%Y-%m-%dT%H}"] += count
    plotted = page.over_time(hours)
    assert len(plotted) <= page.BARS
    times = [datetime.fromisoformat(label) for label, _ in plotted]
    assert len({later - earlier for earlier, later in pairwise(times)}) <= 1
    if found:
        assert plotted[-1][1] > 0
        assert plotted[-1][0][:10] == f"{max(found):%Y-%m-%d}"
        whole = sum(count for time, count in found.items() if time >= times[0])
        assert sum(count for _, count in plotted) == whole


def test_the_report_opens_in_a_browser_without_errors_and_its_filter_and_links_work(tmp_path: Path) -> None:
    path = sample_report(tmp_path / "report.html")
    html = path.read_text(encoding="utf-8")
    assert not re.search(r"\bsrc=|<link|@import|url\(", html), "nothing is loaded"
    with browser() as opened:
        opens_clean(opened, path)
        for link in opened.find_elements(By.CSS_SELECTOR, "nav a"):
            anchor = (link.get_attribute("href") or "").partition("#")[2]
            link.click()
            assert opened.find_element(By.ID, anchor).rect["height"] > 0
            assert opened.current_url.endswith(f"#{anchor}")
        sample = opened.find_element(By.CSS_SELECTOR, "#stripped li span")
        assert not sample.is_displayed()
        opened.find_element(By.ID, "find").send_keys("إقرأ أيضاً")
        assert sample.is_displayed(), "what is found is shown"
        assert sample.value_of_css_property("direction") == "rtl"
        assert sample.text.endswith("<script>alert(1)</script>")
        assert opened.find_element(By.ID, "found").text == "5 rows"
        assert not opened.find_element(By.CSS_SELECTOR, "#hosts [data-row]").is_displayed()
        tallest = max(bar.rect["height"] for bar in opened.find_elements(By.CSS_SELECTOR, "#lengths rect"))
        assert tallest > 100


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_fits_a_phone_and_a_desk_by_day_and_by_night(tmp_path: Path, width: int, scheme: str) -> None:
    path = sample_report(tmp_path / "report.html")
    with browser() as opened:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        opens_clean(opened, path)
        assert opened.execute_script("return document.documentElement.scrollWidth") <= width, "nothing sticks out"
        body = opened.find_element(By.TAG_NAME, "body")
        ink, paper = (
            sum(map(int, re.findall(r"\d+", body.value_of_css_property(name))[:3]))
            for name in ("color", "background-color")
        )
        assert (ink > paper) == (scheme == "dark")
