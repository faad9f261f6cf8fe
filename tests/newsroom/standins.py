"""Stand-ins for the defined sites: each seed answered in one of the dialects that feeds, sitemaps and listings have.

An article's address is one of tests/sites/<name>/addresses.toml or one like it; the page is the site's fixture or one of
the newsroom's stories in the publisher's layout. Each seed names articles of its own, so that a seed that is not
read is seen, and all the addresses that are none.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from w3lib.url import safe_url_string

from crawler import urls
from crawler.engine.toml import read_toml
from crawler.sites import Feed, Listing, Robots, Seed, Site, Sitemap

from . import pages
from .pages import Answer, Entry
from .stories import all_stories

SITES = Path(__file__).parents[1] / "sites"
#: Of each site what ``article_url`` says of addresses: of saved pages, listings, feeds and public sources, words of
#: articles shortened; those that are also under ``made_up`` were written by us, not found.
ADDRESSES: dict[str, dict[str, list[str]]] = {
    path.parent.name: read_toml(path) for path in sorted(SITES.glob("*/addresses.toml"))
}
EACH = 2  # articles that a seed names
_STORIES = [story for story in all_stories() if not story.quirk]


@dataclass(frozen=True)
class StandIn:
    """A site's stand-in at an origin: what it answers by path, and the articles' bodies by address."""

    answers: dict[str, Answer]
    bodies: dict[str, list[str]]
    refused: set[str]  # paths of addresses that are no articles


def stand_in(site: Site, number: int, origin: str) -> StandIn:
    """The stand-in of a site; ``number`` chooses the dialects."""
    mirror = site.mirrored(origin)
    seeds = mirror.seeds
    stories = [_STORIES[(number + n) % len(_STORIES)] for n in range(EACH * len(seeds))]
    there = [Entry(url, story) for url, story in zip(_articles(mirror, len(stories)), stories, strict=True)]
    others = [_moved(url, origin) for url in ADDRESSES[site.name]["others"] if site.owns(url)]
    others = [url for url in others if not mirror.is_article(url)]  # as those of the site's other hosts may be here
    fixture = next((SITES / site.name).glob("*/expected.json"))
    answers = {path_of(e.url): pages.publisher_page(e.story, origin) for e in there}
    answers[path_of(there[0].url)] = Answer((fixture.parent / "page.html").read_bytes())
    bodies = {entry.url: list(entry.story.body) for entry in there}
    bodies[there[0].url] = json.loads(fixture.read_text(encoding="utf-8"))["body"]
    answers["/robots.txt"] = Answer(b"User-agent: *\nAllow: /\n", "text/plain")
    for at, seed in enumerate(seeds):
        named = [*there[EACH * at : EACH * at + EACH], *(Entry(url, stories[0]) for url in others)]
        answers |= _seed(seed, named, origin, number + at)
    return StandIn(answers, bodies, {path_of(url) for url in others} - answers.keys())


def path_of(url: str) -> str:
    """Path and query as they go over the wire."""
    parts = urlsplit(safe_url_string(url))
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _moved(url: str, origin: str) -> str:
    return origin + path_of(url)


def _articles(mirror: Site, count: int) -> list[str]:
    """The table's articles, and others like them: the last number is another one, or a word more."""
    assert mirror.mirror
    known = [_moved(url, mirror.mirror) for url in ADDRESSES[mirror.name]["articles"]]
    made = [_like(url, n) for n in range(1, 9) for url in known]
    fine = [url for url in dict.fromkeys([*known, *made]) if mirror.is_article(url)]
    different = {urls.identity(url): url for url in reversed(fine)}
    return list(different.values())[::-1][:count]


def _like(url: str, n: int) -> str:
    numbers = list(re.finditer(r"\d{3,}", urlsplit(url).path + "?" + urlsplit(url).query))
    if not numbers:
        whole = url.rstrip("/")
        return f"{whole}-{n}" if "-" in whole.rpartition("/")[2] else f"{whole[:-1]}{n}"
    last = numbers[-1].group()
    at = url.rindex(last)
    return f"{url[:at]}{int(last) + n}{url[at + len(last) :]}"


# --- Dialects -----------------------------------------------------------------------------------


def _seed(seed: Seed, named: list[Entry], origin: str, number: int) -> dict[str, Answer]:
    path = path_of(seed.url)
    if isinstance(seed, Feed):
        return {path: FEEDS[number % len(FEEDS)](named, origin)}
    if isinstance(seed, Listing):
        return _listing(path, named)
    if isinstance(seed, Sitemap):
        return {path: SITEMAPS[number % len(SITEMAPS)](named)}
    assert isinstance(seed, Robots)
    index = f"{origin}/stand-in/index.xml"
    child = f"{origin}/stand-in/{number}.xml" + (".gz" if number % 2 else "")
    answer = SITEMAPS[number % len(SITEMAPS)](named)
    return {
        path: Answer(f"User-agent: *\nAllow: /\n\nSitemap: {index}\n".encode(), "text/plain"),
        path_of(index): Answer(pages.sitemap_index([child]), pages.XML),
        path_of(child): Answer(gzip.compress(answer.body), "application/gzip") if number % 2 else answer,
    }


def _listing(path: str, named: list[Entry]) -> dict[str, Answer]:
    links = [(path_of(entry.url), entry.story.headline) for entry in named]
    following = f"{path}{'&' if '?' in path else '?'}page=2"
    return {
        path: Answer(pages.listing("أخبار", links[:1], following)),
        following: Answer(pages.listing("أخبار", links[1:], None)),
    }


def _items(named: list[Entry], item: Callable[[Entry], str]) -> str:
    return "\n".join(map(item, named))


def _xml(text: str, kind: str = "application/xml", charset: str = "utf-8") -> Answer:
    return Answer(f'<?xml version="1.0" encoding="{charset}"?>\n{text}'.encode(charset, "xmlcharrefreplace"), kind)


def rss2(named: list[Entry], origin: str) -> Answer:
    """RSS 2.0 as WordPress writes it."""
    items = _items(
        named,
        lambda e: (
            f"<item><title>{escape(e.story.headline)}</title><link>{escape(e.url)}</link>"
            f"<pubDate>{format_datetime(e.story.moment)}</pubDate><dc:creator><![CDATA[هيئة التحرير]]></dc:creator>"
            f'<guid isPermaLink="false">{origin}/?p={e.story.id}</guid><description><![CDATA[{e.story.body[0]} [&#8230;]]]></description></item>'
        ),
    )
    return _xml(
        f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>x</title><link>{origin}/</link>{items}</channel></rss>',
        "application/rss+xml",
    )


def media_rss(named: list[Entry], origin: str) -> Answer:
    """RSS 2.0 with Media RSS, relative links, in windows-1256."""
    items = _items(
        named,
        lambda e: (
            f"<item><title>{escape(e.story.headline)}</title><link>{escape(path_of(e.url))}</link>"
            f'<media:content url="{origin}/1.jpg" medium="image"/></item>'
        ),
    )
    return _xml(
        f'<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>x</title><link>{origin}/</link>{items}</channel></rss>',
        "text/xml",
        "windows-1256",
    )


def rss091(named: list[Entry], origin: str) -> Answer:
    """RSS 0.91, not well-formed: an ampersand that is none."""
    items = _items(
        named, lambda e: f"<item><title>{escape(e.story.headline)} & more</title><link>{escape(e.url)}</link></item>"
    )
    return _xml(
        f'<rss version="0.91"><channel><title>x</title><link>{origin}/</link>{items}</channel></rss>', "text/xml"
    )


def rdf(named: list[Entry], origin: str) -> Answer:
    """RSS 1.0 (RDF), dates by Dublin Core."""
    items = _items(
        named,
        lambda e: (
            f'<item rdf:about="{escape(e.url)}"><title>{escape(e.story.headline)}</title><link>{escape(e.url)}</link>'
            f"<dc:date>{e.story.date_published}</dc:date></item>"
        ),
    )
    return _xml(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{origin}/"><title>x</title><link>{origin}/</link></channel>{items}</rdf:RDF>',
        "application/rdf+xml",
    )


def atom(named: list[Entry], origin: str) -> Answer:
    """Atom (RFC 4287)."""
    items = _items(
        named,
        lambda e: (
            f'<entry><id>{origin}/{e.story.id}</id><title>{escape(e.story.headline)}</title><link rel="alternate" href="{escape(e.url)}"/>'
            f"<updated>{e.story.date_published}</updated><published>{e.story.date_published}</published></entry>"
        ),
    )
    return _xml(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><id>{origin}/</id><title>x</title>{items}</feed>',
        "application/atom+xml",
    )


def json_feed(named: list[Entry], origin: str) -> Answer:
    """JSON Feed 1.1."""
    items = [
        {"id": e.url, "url": e.url, "title": e.story.headline, "date_published": e.story.date_published} for e in named
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "home_page_url": origin, "items": items}
    return Answer(json.dumps(feed, ensure_ascii=False).encode(), "application/feed+json")


def sitemap(named: list[Entry]) -> Answer:
    """A sitemap with lastmod."""
    return Answer(pages.sitemap(named), pages.XML)


def news_sitemap(named: list[Entry]) -> Answer:
    """A news sitemap."""
    return Answer(pages.news_sitemap(named), pages.XML)


FEEDS = (rss2, atom, media_rss, rdf, json_feed, rss091)
SITEMAPS = (sitemap, news_sitemap)
