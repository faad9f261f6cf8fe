"""Addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import urls


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("HTTPS://Arabic.RT.com:443/a/1?utm_source=rss#top", "https://arabic.rt.com/a/1"),
        ("http://site.example/خبر-عاجل/", "http://site.example/%D8%AE%D8%A8%D8%B1-%D8%B9%D8%A7%D8%AC%D9%84/"),
        ("http://site.example/%d8%ae?b=2&fbclid=x&a=1", "http://site.example/%D8%AE?b=2&a=1"),
        ("http://site.example", "http://site.example/"),
        ("http://site.example:8080/x", "http://site.example:8080/x"),
    ],
)
def test_an_address_has_one_canonical_form(url: str, wanted: str) -> None:
    assert urls.canonical(url) == wanted


@given(st.from_regex(r"https?://[a-z]{1,8}\.example/[a-zA-Z0-9ء-ي%/_-]{0,20}(\?[a-z]=[0-9])?", fullmatch=True))
def test_canonical_of_canonical_is_canonical(url: str) -> None:
    assert urls.canonical(urls.canonical(url)) == urls.canonical(url)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[::1]", "localhost", "x.localhost", "0.0.0.0"],
)
def test_private_addresses_are_known(address: str) -> None:
    assert urls.is_private(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "arabic.rt.com", "[2606:4700::1111]"])
def test_public_addresses_and_names_are_not_private(address: str) -> None:
    assert not urls.is_private(address)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x/y", "javascript:void(0)", "http://", "//x/y", "http://[bad"]
)
def test_what_is_not_http_is_refused(url: str) -> None:
    assert not urls.is_http(url)


def test_a_domain_owns_its_subdomains_and_no_namesake() -> None:
    assert urls.belongs("https://www.rt.com/x", ("rt.com",))
    assert urls.belongs("https://arabic.rt.com/x", ("rt.com",))
    assert not urls.belongs("https://notrt.com/x", ("rt.com",))
