"""The address guard, against real servers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.test import get_crawler

from crawler.middlewares import AddressGuard
from tests.newsroom import pages
from tests.newsroom.pages import Answer
from tests.newsroom.server import Newsroom
from tests.newsroom.stories import all_stories


def guard(**settings: object) -> AddressGuard:
    return AddressGuard.from_crawler(get_crawler(settings_dict={"ALLOWED_SCHEMES": ["http", "https"], **settings}))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://files.example/x",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/",
        "http://localhost:8000/",
    ],
)
def test_files_and_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(IgnoreRequest, match=r"ALLOWED_SCHEMES|PRIVATE_NETWORKS_ALLOWED"):
        guard().process_request(Request(url))


def test_public_addresses_pass_and_private_ones_where_a_setting_allows_them() -> None:
    guard().process_request(Request("https://arabic.rt.com/"))
    guard(PRIVATE_NETWORKS_ALLOWED=True).process_request(Request("http://127.0.0.1/"))


def test_a_crawl_without_the_setting_asks_a_private_server_for_nothing(newsroom: Newsroom, crawl) -> None:  # type: ignore[no-untyped-def]
    done = crawl("rt_arabic", "-s", "PRIVATE_NETWORKS_ALLOWED=False")
    assert "is a private address" in done.output
    assert not newsroom.publisher.asked


def test_a_name_that_resolves_to_a_private_address_is_refused(newsroom: Newsroom, crawl) -> None:  # type: ignore[no-untyped-def]
    address = newsroom.publisher.origin.replace("127.0.0.1", "localhost.localdomain")
    done = crawl(
        "urls", "-a", f"url={address}/world/1-x", "-s", "PRIVATE_NETWORKS_ALLOWED=False", "-s", "RETRY_TIMES=0"
    )
    assert not newsroom.publisher.asked
    assert done.code == 0, done.output


def test_a_redirect_may_not_leave_http(newsroom: Newsroom, crawl) -> None:  # type: ignore[no-untyped-def]
    newsroom.publisher.answers["/world/99999-trap/"] = Answer(b"", status=302, location="file:///etc/passwd")
    done = crawl("urls", "-a", f"url={newsroom.publisher.origin}/world/99999-trap/")
    assert "root:" not in done.output
    assert not done.records("urls")


def test_a_page_that_tries_its_readers_cookies_is_read(newsroom: Newsroom, crawl) -> None:  # type: ignore[no-untyped-def]
    stories = [story for story in all_stories() if not story.quirk][:2]
    paths = [pages.publisher_path(story) for story in stories]
    for path in paths:
        newsroom.publisher.answers[path] = replace(newsroom.publisher.answers[path], tries_cookies=True)
    done = crawl("urls", "-a", "url=" + ",".join(newsroom.publisher.origin + path for path in paths))
    assert {record["body"] for record in done.records("urls")} == {story.text for story in stories}
    assert [newsroom.publisher.asked[path] for path in paths] == [2, 2]  # what one is given, another does not send


@pytest.mark.parametrize(("delay", "times", "charset"), [(60, 1, "utf-8"), (0, 2, "utf-8"), (0, 2, "utf-16")])
def test_a_page_that_sends_on_is_followed_and_one_that_reloads_itself_is_not(  # type: ignore[no-untyped-def]
    newsroom: Newsroom, crawl, delay: int, times: int, charset: str
) -> None:
    story = next(story for story in all_stories() if not story.quirk)
    path = pages.publisher_path(story)
    moved = path.replace("-", "-moved-", 1)
    made = pages.publisher_page(story, newsroom.publisher.origin).body
    refresh = f'<head><META HTTP-EQUIV="REFRESH" content="{delay}; url={path if delay else moved}">'
    sends_on = made.decode().replace("<head>", refresh, 1).encode(charset)
    newsroom.publisher.answers[path] = Answer(sends_on, f"text/html; charset={charset}")
    newsroom.publisher.answers[moved] = Answer(made)
    done = crawl("urls", "-a", f"url={newsroom.publisher.origin}{path}")
    assert [record["body"] for record in done.records("urls")] == [story.text]
    assert newsroom.publisher.asked[path] + newsroom.publisher.asked[moved] == times
