"""Articles that are built by script: a browser fetches them where BROWSER is on."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from html import escape
from importlib.util import find_spec
from types import SimpleNamespace

import pytest

from crawler.browser import is_aborted
from tests.conftest import ROOT, Crawl, without
from tests.newsroom import pages
from tests.newsroom.pages import Answer
from tests.newsroom.server import Newsroom
from tests.newsroom.stories import Story, all_stories

STORY = next(story for story in all_stories() if not story.quirk)
PATH = "/article/162302"
SHELL = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>القبس</title>
<link rel="stylesheet" href="/style.css"></head><body><div id="root"></div><img src="/picture.jpg">
<script>
setTimeout(() => fetch("/api/article/162302").then(answer => answer.json()).then(story => {
  document.title = story.headline;
  document.getElementById("root").innerHTML = "<article><h1>" + story.headline + "</h1>" +
    story.body.map(text => "<p>" + text + "</p>").join("") + "</article>";
}), 50);
</script></body></html>"""


def serve(newsroom: Newsroom, story: Story) -> str:
    """The stand-in of a site whose pages hold a script and no text: its origin."""
    data = json.dumps({"headline": story.headline, "body": [escape(text, quote=False) for text in story.body]})
    newsroom.publisher.answers |= {
        "/": Answer(pages.listing("القبس", [(PATH, story.headline)], None)),
        "/robots.txt": Answer(b"User-agent: *\nAllow: /\n", "text/plain"),
        PATH: Answer(SHELL.encode()),
        "/api/article/162302": Answer(data.encode(), "application/json"),
    }
    return newsroom.publisher.origin


def arguments(origin: str) -> tuple[str, ...]:
    return ("alqabas", "-s", f"SITE_MIRRORS={json.dumps({'alqabas': origin})}")


def test_an_article_that_a_script_builds_is_delivered_by_a_browser(
    newsroom: Newsroom, crawl: Callable[..., Crawl]
) -> None:
    if not shutil.which("chromium"):
        without("no chromium: apt-get install chromium")
    if not find_spec("scrapy_playwright"):
        without("no scrapy-playwright: pip install -r requirements-browser.txt")
    done = crawl(*arguments(serve(newsroom, STORY)), "-s", "BROWSER=True")
    assert done.code == 0, done.output
    (article,) = done.records("alqabas")
    assert article["body"].split("\n\n") == list(STORY.body)
    assert article["headline"] == STORY.headline
    asked = newsroom.publisher.asked
    assert (asked[PATH], asked["/api/article/162302"]) == (1, 1)
    assert not asked["/picture.jpg"] + asked["/style.css"], "what a text does not need is not fetched"


def test_without_the_setting_such_a_page_is_a_rejection_and_the_log_says_what_would_help(
    newsroom: Newsroom, crawl: Callable[..., Crawl]
) -> None:
    origin = serve(newsroom, STORY)
    done = crawl(*arguments(origin))
    assert done.code == 0, done.output
    assert done.records("alqabas") == []
    (rejection,) = done.records("alqabas", ".rejections.jsonl")
    assert rejection["reason"] == "NO_CONTENT"
    assert f"{origin}{PATH} is built by script: with BROWSER=True a browser fetches it" in done.output


def test_without_the_extra_the_setting_ends_with_what_to_install() -> None:
    hidden = "import sys; sys.modules['scrapy_playwright'] = None; sys.argv[0] = 'scrapy'; from scrapy.cmdline import execute; execute()"
    command = [sys.executable, "-c", hidden, "crawl", "alqabas", "-s", "BROWSER=True", "-s", "STATE_URL="]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "BROWSER: pip install -r requirements-browser.txt" in done.stderr


@pytest.mark.parametrize(
    ("kind", "url", "private_allowed", "wanted"),
    [
        ("document", "https://x.example/1", False, False),
        ("script", "https://cdn.example/x.js", False, False),
        ("image", "https://x.example/1.jpg", False, True),
        ("xhr", "http://169.254.169.254/latest/meta-data", False, True),
        ("xhr", "http://127.0.0.1:5432/", False, True),
        ("xhr", "http://127.0.0.1:5432/", True, False),
    ],
)
def test_the_browser_fetches_no_pictures_and_nothing_from_this_network(
    kind: str, url: str, *, private_allowed: bool, wanted: bool
) -> None:
    request = SimpleNamespace(resource_type=kind, url=url)
    assert is_aborted(request, private_allowed=private_allowed) is wanted
