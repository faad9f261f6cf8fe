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
        ("http://موقع.مصر/1", "http://xn--4gbrim.xn--wgbh1c/1"),
        ("http://Site.example./x", "http://site.example/x"),
        (f"http://{'ع' * 70}.example/x", f"http://{'ع' * 70}.example/x"),  # no name of a host: 63 bytes at most
    ],
)
def test_an_address_has_one_canonical_form(url: str, wanted: str) -> None:
    assert urls.canonical(url) == wanted


@given(st.from_regex(r"https?://[a-z]{1,8}\.example/[a-zA-Z0-9ء-ي%/_-]{0,20}(\?[a-z]=[0-9])?", fullmatch=True))
def test_canonical_of_canonical_is_canonical(url: str) -> None:
    assert urls.canonical(urls.canonical(url)) == urls.canonical(url)


@pytest.mark.parametrize(
    "twin",
    [
        "http://site.example/news/خبر",
        "https://www.site.example/news/%d8%ae%d8%a8%d8%b1/",
        "https://m.site.example/news/%D8%AE%D8%A8%D8%B1#top",
        "https://mobile.site.example:443/news/خبر?utm_medium=x",
        "https://amp.site.example/news/خبر",
        "https://site.example/amp/news/خبر",
        "https://site.example/news/خبر/amp/",
        "https://site.example/news/خبر?amp",
        "https://site.example/news/خبر?outputType=amp&fbclid=1",
        "https://site-example.cdn.ampproject.org/c/s/www.site.example/news/خبر",
        "https://www.google.com/amp/s/www.site.example/news/خبر/amp/",
    ],
)
def test_the_many_addresses_of_one_page_have_one_identity(twin: str) -> None:
    assert urls.identity(twin) == urls.identity("https://site.example/news/خبر")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://site.example/a/1", "https://site.example/a/2"),
        ("https://site.example/?id=1", "https://site.example/?id=2"),
        ("https://site.example/a%2Fb", "https://site.example/a/b"),
        ("https://site.example/%C7%E1", "https://site.example/%C7%E3"),  # windows-1256 in the path
        ("https://site.example/?q=%C7", "https://site.example/?q=%E1"),
        ("https://site.example/A", "https://site.example/a"),
        ("https://arabic.site.example/1", "https://site.example/1"),
        ("https://site.example/camp", "https://site.example/c"),
        ("http://site.example:8001/1", "http://site.example:8002/1"),
        ("https://m.example/1", "https://example/1"),
    ],
)
def test_different_pages_have_different_identities(one: str, other: str) -> None:
    assert urls.identity(one) != urls.identity(other)


_ADDRESS = st.from_regex(
    r"https?://(www\.|m\.)?[a-z]{1,5}\.example(/amp)?/[a-zA-Z0-9ء-ي%/._-]{0,20}(/amp/?)?(\?[a-z]{1,3}=[0-9]?(&amp=1)?)?",
    fullmatch=True,
)


@pytest.mark.parametrize(
    ("url", "other", "wanted"),
    [
        ("https://x.example/", "https://x.example/world/7-story", True),
        ("https://x.example", "https://www.x.example/a", True),
        ("https://x.example/world/", "https://x.example/world/7-story/", True),
        ("https://x.example/%D8%A3", "https://x.example/أ/7", True),
        ("https://x.example/world/7", "https://x.example/world/7/", False),
        ("https://x.example/worl", "https://x.example/world/7", False),
        ("https://y.example/", "https://x.example/world/7", False),
    ],
)
def test_a_section_is_above_what_is_in_it(url: str, other: str, *, wanted: bool) -> None:
    assert urls.is_above(url, other) is wanted


@given(_ADDRESS)
def test_identity_of_identity_is_identity_and_canonical_changes_none(url: str) -> None:
    assert urls.identity(urls.identity(url)) == urls.identity(url)
    assert urls.identity(urls.canonical(url)) == urls.identity(url)


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


@pytest.mark.parametrize("domain", ["موقع.مصر", "xn--4gbrim.xn--wgbh1c"])
def test_a_domain_in_arabic_and_the_name_that_dns_has_for_it_are_one(domain: str) -> None:
    for address in ("https://موقع.مصر/خبر/1", "https://www.xn--4gbrim.xn--wgbh1c/%D8%AE%D8%A8%D8%B1/1"):
        assert urls.belongs(address, (domain,))
        assert urls.identity(address) == urls.identity(f"https://{domain}/خبر/1")
        assert urls.same_site(address, f"https://{domain}/")


def test_a_domain_owns_its_subdomains_and_no_namesake() -> None:
    assert urls.belongs("https://www.rt.com/x", ("rt.com",))
    assert urls.belongs("https://arabic.rt.com/x", ("rt.com",))
    assert not urls.belongs("https://notrt.com/x", ("rt.com",))
