"""The pattern of articles' addresses, and names for sites."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.drafting.addresses import pattern, site_name

ONE = "https://www.news.example/world/1234-some-words/"


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        ([ONE], r"/[^/?#]+/\d+-[^/?#]+/?(?:[?#]|$)"),
        (["https://news.example/story/2026/8/24/عنوان-الخبر/4943459"], r"/story/\d+/\d+/\d+/[^/?#]+/\d+/?(?:[?#]|$)"),
        (["https://news.example/article/164913/some-words"], r"/article/\d+/[^/?#]*[^A-Za-z0-9/?#][^/?#]*/?(?:[?#]|$)"),
        (["https://news.example/world/words-and-1701012"], r"/[^/?#]+/[^/?#]*\d+/?(?:[?#]|$)"),
        (["https://news.example/articles/c720dxj8dq8o"], r"/articles/[^/?#]*\d[^/?#]*/?(?:[?#]|$)"),
        (["https://news.example/x/details.aspx?lang=ar&id=8216"], r"/[^/?#]+/[^/?#]+\.aspx\?(?:.*&)?id=[\w-]*\d"),
        (
            ["https://news.example/some-words-of-a-headline/"],
            r"/(?:[A-Za-z0-9]*[^A-Za-z0-9/?#]){3}[^/?#]*/?(?:[?#]|$)",
        ),
        (["https://news.example/world/some-words.html"], r"/[^/?#]+/[^/?#]*[^A-Za-z0-9/?#][^/?#]*\.html/?(?:[?#]|$)"),
    ],
)
def test_what_changes_from_article_to_article_is_left_open(addresses: list[str], expected: str) -> None:
    assert pattern(addresses) == r"^https?://(?:www\.)?news\.example" + expected
    assert all(re.search(pattern(addresses), address) for address in addresses)


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/",
        "https://news.example/world/",
        "https://news.example/tags/1234/some/",
        "https://elsewhere.example/world/1234-some-words/",
        "https://news.example/world/about-us/",
    ],
)
def test_sections_tags_and_other_sites_are_left_out(other: str) -> None:
    assert not re.search(pattern([ONE, ONE.replace("1234", "77777")]), other)


def test_the_shape_of_one_address_among_many_is_no_habit() -> None:
    found = pattern([ONE, ONE.replace("1234", "5678"), "https://news.example/live/video"])
    assert "video" not in found
    assert not re.search(found, "https://news.example/live/video")


def test_two_hosts_and_two_shapes_are_alternatives() -> None:
    more = ["https://m.news.example/story/123456", "https://m.news.example/story/654321", ONE, ONE + "?x=1"]
    found = pattern(more)
    assert all(re.search(found, address) for address in more)


@given(
    st.lists(
        st.text(min_size=1, max_size=20).filter(lambda s: not set(s) & set("/?#\\\n\r\t ")), min_size=1, max_size=4
    )
)
def test_a_pattern_fits_the_address_that_it_was_made_of(steps: list[str]) -> None:
    address = f"https://news.example/{'/'.join(steps)}"
    assert re.search(pattern([address]), address)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.bbc.com/arabic", "bbc"),
        ("https://arabic.rt.com/", "arabic_rt"),
        ("https://www.assabah.com.tn/", "assabah"),
        ("https://al-ain.example/", "al_ain"),
        ("https://24.ae/", "site_24"),
        ("http://127.0.0.1:8000/", "site_127_0_0"),
    ],
)
def test_a_site_is_called_after_its_domain(address: str, name: str) -> None:
    assert site_name(address) == name
