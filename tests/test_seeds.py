"""Feeds, sitemaps and listings in the dialects that sites speak."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parsel import Selector

from crawler import mending, seeds
from crawler.sites import all_sites
from tests.conftest import Path

BASE = "https://news.example/rss/"
RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>أخبار</title>
<item><title>عنوان الخبر</title><link>/world/12345-khabar/</link><description>&lt;p&gt;نص &lt;b&gt;قصير&lt;/b&gt;&lt;/p&gt;</description>
<category>العالم</category><pubDate>Tue, 24 Mar 2026 23:31:31 +0000</pubDate></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>خبر</title>
<link href="https://news.example/a/1"/><updated>2026-03-24T10:00:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="x"><title>خبر</title><link>https://news.example/a/2</link>
<dc:date>2026-03-24</dc:date></item></rdf:RDF>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
def test_rss_gives_addresses_and_hints_without_markup(encoding: str) -> None:
    body = RSS.format(encoding=encoding).encode(encoding)
    [entry] = seeds.feed(body, BASE)
    assert entry.url == "https://news.example/world/12345-khabar/"
    assert entry.hints == {
        "headline": "عنوان الخبر",
        "description": "نص قصير",
        "date_published": "Tue, 24 Mar 2026 23:31:31 +0000",
        "section": "العالم",
    }
    assert entry.date == "2026-03-24T23:31:31+00:00"


@pytest.mark.parametrize(("body", "url"), [(ATOM, "https://news.example/a/1"), (RDF, "https://news.example/a/2")])
def test_atom_and_rdf_are_read_too(body: str, url: str) -> None:
    [entry] = seeds.feed(body.encode(), BASE)
    assert (entry.url, entry.hints["headline"], (entry.date or "")[:10]) == (url, "خبر", "2026-03-24")


RSS_091 = """<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>x</title><item><title>خبر</title><link>https://news.example/a/1</link></item></channel></rss>"""
RSS_090 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<item><title>خبر</title><link>https://news.example/a/1</link></item></rdf:RDF>"""
AMPERSAND = """<rss version="2.0"><channel><item><title>خبر & تعليق <b></title><link>https://news.example/a/1?x=1&y=2</link></item>"""
ENTITIES = """<rss version="2.0"><channel><item><title>&laquo;&#1582;&#1576;&#1585;&raquo;&nbsp;&hellip;</title>
<link>https://news.example/a/1</link></item></channel></rss>"""
CDATA = """<rss version="2.0"><channel><item><title><![CDATA[ <i>خبر</i> &amp; تعليق ]]></title><link><![CDATA[
 https://news.example/a/1 ]]></link></item></channel></rss>"""
RELATIVE = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/section/"><entry><title>خبر</title>
<link rel="self" href="https://news.example/feed"/><link rel="alternate" href="../a/1"/></entry></feed>"""
JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [
{"id": "1", "url": "/a/1", "title": "خبر", "date_published": "2026-03-24T10:00:00Z", "content_html": "<p>…</p>"}, {"id": "2"}, 7]}"""


@pytest.mark.parametrize(
    ("body", "headline"),
    [
        (RSS_091, "خبر"),
        (RSS_090, "خبر"),
        (AMPERSAND, "خبر & تعليق"),
        (ENTITIES, "«خبر» …"),
        (CDATA, "خبر & تعليق"),
        (RELATIVE, "خبر"),
        (JSON_FEED, "خبر"),
        ("\ufeff" + JSON_FEED, "خبر"),
        ("\n\n" + RSS_091, "خبر"),  # PHP's blank lines before the declaration
    ],
    ids=["0.91", "0.90", "ampersand", "entities", "cdata", "relative", "json", "json with a mark", "blank lines"],
)
def test_every_dialect_and_every_breakage_of_a_feed_gives_its_story(body: str, headline: str) -> None:
    [entry] = seeds.feed(body.encode(), "https://news.example/rss/")
    assert entry.url.startswith("https://news.example/a/1")
    assert entry.hints["headline"] == headline


def test_a_feed_whose_charset_is_only_in_its_header_or_wrong_in_its_declaration_is_read() -> None:
    said = RSS.format(encoding="utf-8").encode("windows-1256")
    [entry] = seeds.feed(said, BASE, "application/rss+xml; charset=windows-1256")
    assert entry.hints["headline"] == "عنوان الخبر"
    [entry] = seeds.feed(RSS.format(encoding="iso-8859-1").encode(), BASE, "application/rss+xml; charset=utf-8")
    assert entry.hints["headline"] == "عنوان الخبر"


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2026-11-25T10:00:00Z", 1795600800),
        ("2026-11-25T10:00:00+03:00", 1795590000),
        ("2026-11-25T10:00", 1795600800),
        ("2026-11-25", 1795564800),
        ("Wed, 25 Nov 2026 10:00:00 GMT", 1795600800),
        ("25 تشرين الثاني 2026", 1795564800),
        ("no date", None),
        ("0001-01-01T00:00:00Z", None),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("1970-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59Z", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_of_seeds_are_moments(date: str | None, wanted: int | None) -> None:
    assert seeds.moment(date) == wanted


def test_a_day_without_a_time_lasts_to_its_end() -> None:
    assert seeds.moment("2026-11-25", end=True) == 1795564800 + 86399
    assert seeds.moment("2026-11-25T10:00:00Z", end=True) == 1795600800


def test_a_feed_that_is_no_feed_or_points_out_of_http_gives_nothing() -> None:
    assert seeds.feed(b"<html>not found</html>", BASE) == []
    assert (
        seeds.feed(RSS.format(encoding="utf-8").replace("/world/12345-khabar/", "file:///etc/passwd").encode(), BASE)
        == []
    )


@pytest.mark.parametrize(
    ("item", "wanted"),
    [
        ('<guid isPermaLink="false">https://news.example/1</guid>', ["https://news.example/1"]),
        ('<guid isPermaLink="false">71423</guid>', []),
        (
            "<link>https://feeds.example/~r/1</link><feedburner:origLink xmlns:feedburner="
            '"http://rssnamespace.org/feedburner/ext/1.0">https://news.example/1</feedburner:origLink>',
            ["https://news.example/1"],
        ),
    ],
    ids=["an id", "an id that is no address", "a detour"],
)
def test_an_item_without_its_own_link_has_an_address_where_it_says_one(item: str, wanted: list[str]) -> None:
    body = f'<rss version="2.0"><channel><item><title>خبر</title>{item}</item></channel></rss>'
    assert [entry.url for entry in seeds.feed(body.encode(), BASE)] == wanted


_BROKEN = "<rss><channel><item><title>{0}</title><link>https://news.example/1</link></item></channel></rss>"
_HALVES = "خبر &#55357;&#56832; &#xD83D; &#0;&#99999999999; \0صورة"


@pytest.mark.parametrize(
    ("body", "headline"),
    [
        (_BROKEN.format(_HALVES), "خبر \U0001f600 \ufffd \ufffd\ufffd صورة"),
        (_BROKEN.format(f"<![CDATA[{_HALVES}]]>"), "خبر \U0001f600 \ufffd \ufffd\ufffd صورة"),
        (_BROKEN.format("أ &amp;amp; ب &amp;#8217;"), "أ & ب ’"),
        (r'{"items": [{"url": "https://news.example/1\u0000", "title": "خبر\u0000 \ud83d صورة"}]}', "خبر \ufffd صورة"),
    ],
    ids=["references", "references in CDATA", "escaped twice", "JSON"],
)
def test_a_feed_that_names_characters_that_there_are_not_gives_its_story(body: str, headline: str) -> None:
    [entry] = seeds.feed(body.encode(), BASE)
    assert (entry.url, entry.hints) == ("https://news.example/1", {"headline": headline})


@given(st.text("&#xX0123456789dD;aé\0<"))
def test_references_are_mended_once_and_name_characters(text: str) -> None:
    mended = mending.references(b"<" + text.encode())
    assert mending.references(mended) == mended
    assert all(chr(int(number)).encode() for number in re.findall(rb"&#(\d+)", mended))
    assert b"\0" not in mended or text.startswith("\0")


def test_a_news_sitemap_gives_dates_and_headlines() -> None:
    body = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc> https://news.example/a/1 </loc><news:news><news:publication_date>2026-11-20T08:00:00+03:00</news:publication_date><news:title>خبر</news:title></news:news></url></urlset>"""
    [entry] = seeds.sitemap(body.encode(), BASE)
    assert not entry.is_sitemap
    assert entry.hints == {"headline": "خبر", "date_published": "2026-11-20T08:00:00+03:00"}


def test_a_sitemap_index_gives_sitemaps_and_a_cut_one_what_it_has() -> None:
    index = b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://news.example/1.xml</loc></sitemap><sitemap><loc>https://news.exa'
    assert [(e.url, e.is_sitemap) for e in seeds.sitemap(index, BASE)] == [("https://news.example/1.xml", True)]
    cut = b'<urlset><url><loc>https://news.example/1</loc></url><url priority="1"><loc>https://news.exa'
    assert [e.url for e in seeds.sitemap(cut, BASE)] == ["https://news.example/1"]
    assert list(seeds.sitemap(b"", BASE)) == []


_ONE = "<url><loc>https://news.example/{}</loc></url>"
_URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + _ONE.format("1") + "{}</urlset>"
_WIDE = '<?xml version="1.0" encoding="UTF-16"?>' + _URLSET.format(_ONE.format("خبر"))


@pytest.mark.parametrize(
    ("body", "last"),
    [
        (_URLSET.format(_ONE.format("2")) + "\n<!-- XML Sitemap generated by a plugin -->", "2"),
        (_URLSET.format(_ONE.format("2")) + "\n0.3 seconds", "2"),
        (_URLSET.format(_ONE.format("2")).removesuffix("</urlset>"), "2"),
        (_URLSET.format(_ONE.format("?a=1&b=2&copy=3")), "?a=1&b=2&copy=3"),
        (_URLSET.format(_ONE.format("?a=1&amp;b=2&#38;c")), "?a=1&b=2&c"),
        (_URLSET.format("<url><loc><![CDATA[https://news.example/?a=1&b=2]]></loc></url>"), "?a=1&b=2"),
        ("\n<br />\n<b>Warning</b>: Undefined variable\n" + _URLSET.format(_ONE.format("2")), "2"),
        (
            _URLSET.format(_ONE.format("2").replace("<loc", "<image:image><image:loc>x</image:loc></image:image><loc")),
            "2",
        ),
        (_URLSET.format(_ONE.format("2\x0b")), "2"),
        (_WIDE.encode("utf-16"), "خبر"),
        (_WIDE, "خبر"),
        (_WIDE.replace("UTF-16", "windows-1256").encode("windows-1256"), "خبر"),
        ("\ufeffhttps://news.example/1\r\nhttps://news.example/2\r\nof today\r\n", "2"),
        (
            "<rss><channel>"
            + "".join(f"<item><link>https://news.example/{n}</link></item>" for n in (1, 2))
            + "</channel></rss>",
            "2",
        ),
    ],
    ids=[
        "a comment behind it",
        "text behind it",
        "without its end",
        "bare ampersands",
        "entities",
        "CDATA",
        "a warning before it",
        "a picture first",
        "a control character",
        "UTF-16",
        "UTF-8 that says UTF-16",
        "windows-1256",
        "lines",
        "a feed",
    ],
)
def test_a_sitemap_as_servers_write_it_gives_all_that_it_names(body: str | bytes, last: str) -> None:
    found = seeds.sitemap(body.encode() if isinstance(body, str) else body, BASE)
    assert [entry.url for entry in found] == ["https://news.example/1", f"https://news.example/{last}"]


def test_a_news_sitemap_whose_prefixes_are_not_declared_gives_its_headlines() -> None:
    news = "<news:news><news:title>خبر &nbsp;&amp; صورة</news:title></news:news><image:title>صورة</image:title></url>"
    [_, entry] = seeds.sitemap(_URLSET.format(_ONE.format("2").replace("</url>", news)).encode(), BASE)
    assert entry.hints == {"headline": "خبر & صورة"}


def test_a_sitemap_cannot_read_files() -> None:
    body = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://news.example/&e;</loc></url></urlset>'
    assert [entry.url for entry in seeds.sitemap(body, BASE)] == ["https://news.example/&e"]


def test_a_listing_gives_each_link_once_with_its_longest_text() -> None:
    page = Selector(
        '<a href="/a/1"><img></a><h2><a href="/a/1#c">عنوان الخبر</a></h2><a href="mailto:x@y">x</a><a rel="next" href="?page=2">المزيد</a>'
    )
    assert next((e.url, e.hints) for e in seeds.listing(page, "https://news.example/n/")) == (
        "https://news.example/a/1",
        {"headline": "عنوان الخبر"},
    )
    assert seeds.next_page(page, "https://news.example/n/", "a[rel=next]") == "https://news.example/n/?page=2"


def test_the_saved_feed_and_listing_of_rt_are_read(shared: Path) -> None:
    site = all_sites()["rt_arabic"]
    html = shared / "data/arabic/html"
    entries = seeds.feed((html / "032.xml").read_bytes(), "https://feeds.example/rt-arabic.xml")
    assert len(entries) == 3
    assert all(site.is_article(e.url) and e.date and e.hints["description"] for e in entries)
    listed = seeds.listing(Selector((html / "034.html").read_text()), "https://arabic.rt.com/middle_east/")
    articles = [e for e in listed if site.is_article(e.url)]
    assert len(articles) == 10
    assert all(e.hints["headline"] for e in articles)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://x.example/world/1771132-a-b", True),
        ("https://x.example/2026/11/a-story-of-four-words-here", True),
        ("https://x.example/world/", False),
        ("https://x.example/about-us", False),
        ("https://x12345.example/", False),
    ],
)
def test_addresses_of_unknown_sites_are_told_apart_by_their_shape(url: str, wanted: bool) -> None:
    assert seeds.looks_like_article(url) is wanted
