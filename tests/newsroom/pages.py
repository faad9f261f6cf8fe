"""Stories -> pages, feeds, sitemaps and listings, with the traps that real sites set."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from .stories import SECTIONS, Story, all_stories

TEMPLATES = Path(__file__).parent / "templates"
PER_PAGE = 10
HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
OLD_ADDRESS = "/business/1600033-old/"
LOST_ADDRESS = "/world/1701103-gone/"
VIDEO_ADDRESS = "/videoclub/1701101-video/"
FILE_ADDRESS = "/world/1701102-report/"
FORBIDDEN_ADDRESS = "/prg/1701104-program/"
REPUBLISHED = ("1701015", "2762941")  # the story that the aggregator has twice, and its second number


@dataclass(frozen=True)
class Answer:
    """What the server sends for an address."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    location: str | None = None
    retry_after: str | None = None
    encoding: str | None = None
    heals: bool = False  # the first request for it gets a 500
    tries_cookies: bool = False  # who comes without its cookie gets one and is sent to the same address again


@dataclass(frozen=True)
class Entry:
    """What a seed says of an address."""

    url: str
    story: Story


@cache
def template(name: str) -> Template:
    """A template by its file name."""
    return Template((TEMPLATES / name).read_text(encoding="utf-8"))


def publisher_path(story: Story) -> str:
    """``/health/1701009-words-of-the-headline/``, percent-encoded as on the wire."""
    return f"/{story.section}/{story.id}-{quote(story.slug)}/"


def aggregator_path(story: Story) -> str:
    """``/a/2762901``."""
    return f"/a/{int(story.id) + 1061900}"


def neighbour(story: Story, distance: int) -> Story:
    """Another story, for cards and lists."""
    stories = all_stories()
    at = next((at for at, other in enumerate(stories) if other.id == story.id), 0)
    return stories[(at + distance) % len(stories)]


# --- The publisher ------------------------------------------------------------------------------


def publisher(origin: str) -> dict[str, Answer]:
    """Everything the publisher serves, by path."""
    stories = all_stories()
    entries = [Entry(origin + publisher_path(story), story) for story in stories]
    answers = {publisher_path(story): publisher_page(story, origin) for story in stories}
    moved = next(story for story in stories if story.quirk == "redirect")
    answers |= {
        "/robots.txt": Answer(_robots(origin), "text/plain"),
        "/rss/": Answer(_rss(origin), "application/rss+xml; charset=utf-8"),
        "/sitemap.xml": Answer(
            sitemap_index(f"{origin}/{name}" for name in ("sitemap_archive.xml.gz", "sitemap_news.xml")), XML
        ),
        "/sitemap_archive.xml.gz": Answer(gzip.compress(sitemap(entries[22:])), "application/gzip"),
        "/sitemap_news.xml": Answer(news_sitemap(entries[:6]), XML),
        OLD_ADDRESS: Answer(b"", status=301, location=publisher_path(moved)),
        VIDEO_ADDRESS: Answer(template("video.html").substitute().encode()),
        FILE_ADDRESS: Answer(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "application/pdf"),
        FORBIDDEN_ADDRESS: Answer(b"<html><body>robots may not read this</body></html>"),
        "/": Answer(listing("نبض المدينة", [(publisher_path(s), s.headline) for s in stories[:8]], None)),
    }
    extras = [(a, "خبر آخر") for a in (OLD_ADDRESS, LOST_ADDRESS, VIDEO_ADDRESS, FILE_ADDRESS, FORBIDDEN_ADDRESS)]
    links = [(publisher_path(s), s.headline) for s in stories if s.quirk != "redirect"]
    return answers | _paged("/news/", "/news/?page=", "الأخبار", [*links[:28], *extras])


def publisher_page(story: Story, origin: str) -> Answer:
    """An article page, in the layout and with the trap that its story names."""
    new = story.quirk == "new_layout"
    page = template("publisher_new.html" if new else "publisher.html").substitute(_fields(story, origin))
    if story.quirk == "windows-1256":
        return Answer(page.encode("cp1256", "xmlcharrefreplace"), "text/html")
    if story.quirk == "references":
        page = page.encode("ascii", "xmlcharrefreplace").decode()
    return Answer(page.encode(), heals=story.quirk == "heals")


def _fields(story: Story, origin: str) -> dict[str, str]:
    url = origin + publisher_path(story)
    breaking = neighbour(story, 9)
    return {
        "id": story.id,
        "headline": escape(story.headline),
        "lead": escape(story.body[0]),
        "url": url,
        "origin": origin,
        "date": story.date_published,
        "date_shown": story.moment.strftime("%d.%m.%Y"),
        "time_shown": story.moment.strftime("%H:%M"),
        "section": story.section,
        "section_shown": SECTIONS[story.section],
        "caption": story.caption,
        "source": story.source,
        "meta_charset": "" if story.quirk == "windows-1256" else '<meta charset="utf-8">',
        "json_ld": _json_ld(story, url),
        "byline": "".join(f'<div class="article__author">كتب: {name}</div>' for name in story.authors),
        "body": _publisher_body(story),
        "tags": "".join(f'<a rel="tag" href="/tags/{quote(tag)}/">{tag}</a>' for tag in story.keywords),
        "tags_list": "".join(f'<li><a rel="tag" href="/tags/{quote(tag)}/">{tag}</a></li>' for tag in story.keywords),
        "breaking": escape(breaking.headline),
        "breaking_url": publisher_path(breaking),
        "headlines": "".join(_list_item(neighbour(story, n)) for n in (11, 12, 13, 14)),
        "popular": "".join(_list_item(neighbour(story, n)) for n in (17, 18, 19, 20)),
    }


def _list_item(story: Story) -> str:
    return f'<li class="popular_marker"><a class="popular_link" href="{publisher_path(story)}"><span class="popular_header">{escape(story.headline)}</span></a></li>'


def _json_ld(story: Story, url: str) -> str:
    author = (
        {"@type": "Person", "name": story.authors[0]}
        if story.authors
        else {"@type": "Organization", "name": "نبض المدينة"}
    )
    data = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "author": author,
        "datePublished": story.date_published,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "publisher": {"@type": "Organization", "name": "نبض المدينة"},
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def _publisher_body(story: Story) -> str:
    card = _card(neighbour(story, 3))
    paragraphs = [escape(text, quote=False) for text in story.body]
    if story.quirk == "marks":
        paragraphs = [with_marks(text) for text in paragraphs]
    if story.quirk == "breaks":
        return f'<div class="lead">{paragraphs[0]}</div>{card}' + "<br><br>\n".join(paragraphs[1:])
    if story.quirk == "divs":
        return f"<div><span>{paragraphs[0]}</span></div>{card}" + "".join(
            f"<div><span>{p}</span></div>" for p in paragraphs[1:]
        )
    wrapped = [_wrapped(text) for text in paragraphs]
    second = _card(neighbour(story, 7)) if len(wrapped) > 4 else ""
    return f'<p class="intro">\n            {paragraphs[0]}\n        </p>{card}' + "".join(
        [*wrapped[1:3], second, *wrapped[3:]]
    )


def _wrapped(text: str) -> str:
    first, _, rest = text.partition(" ")
    return f"<ul><li>{text}</li></ul>" if text.startswith("- ") else f"<p>{first}&nbsp;{rest}</p>"


def _card(story: Story) -> str:
    headline = escape(story.headline)
    return (
        '\n<div class="arcticle__read-more read-more"><div class="read-more__title">إقرأ المزيد</div>'
        f'<a class="read-more__link" href="{publisher_path(story)}" target="_blank"><div class="read-more__photo"><picture>'
        f'<img class="read-more__cover" data-src="/media/pics/2026.11/xxs/{story.id}.jpg" src="data:image/png;base64,iVBORw0KGgo=" alt="{headline}"></picture></div>'
        f'<span class="read-more__footer">{headline}</span></a></div>\n'
    )


def with_marks(text: str) -> str:
    """The text with elongation, bidi controls and zero-width spaces: what editors paste."""
    words = text.split(" ")
    for at, word in enumerate(words):
        if at % 5 == 1 and len(word) > 4 and word.isalpha():
            words[at] = word[:2] + "ـــ" + word[2:]
        elif at % 7 == 3:
            words[at] = f"\u200f{word}\u200b"
    return "\u202b" + " ".join(words) + "\u202c"


def _robots(origin: str) -> bytes:
    return f"User-agent: *\nDisallow: /prg/\nDisallow: /search\nCrawl-delay: 0.2\n\nSitemap: {origin}/sitemap.xml\n".encode()


def _rss(origin: str) -> bytes:
    items = "".join(
        f"<item><title>{escape(s.headline)}</title><link>{origin}{publisher_path(s)}?utm_source=rss</link>"
        f'<description>{escape(s.body[0])}</description><guid isPermaLink="false">{s.id}</guid>'
        f"<category>{SECTIONS[s.section]}</category><pubDate>{format_datetime(s.moment)}</pubDate></item>\n"
        for s in all_stories()[:12]
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>نبض المدينة</title><link>{origin}/</link><language>ar</language>{items}</channel></rss>'.encode()


def sitemap_index(urls: Iterable[str]) -> bytes:
    """A sitemap index of these."""
    children = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{children}</sitemapindex>'.encode()


def sitemap(named: Iterable[Entry]) -> bytes:
    """A sitemap with lastmod."""
    urls = "".join(f"<url><loc>{escape(e.url)}</loc><lastmod>{e.story.date_published}</lastmod></url>" for e in named)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def news_sitemap(named: Iterable[Entry]) -> bytes:
    """A news sitemap."""
    urls = "".join(
        f"<url><loc>{escape(e.url)}</loc><news:news><news:publication><news:name>نبض المدينة</news:name><news:language>ar</news:language></news:publication>"
        f"<news:publication_date>{e.story.date_published}</news:publication_date><news:title>{escape(e.story.headline)}</news:title></news:news></url>"
        for e in named
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'.encode()


# --- Listings -----------------------------------------------------------------------------------


def _paged(first: str, following: str, title: str, links: list[tuple[str, str]]) -> dict[str, Answer]:
    pages = [links[at : at + PER_PAGE] for at in range(0, len(links), PER_PAGE)]
    addresses = [first, *(f"{following}{number}" for number in range(2, len(pages) + 1)), None]
    return {str(addresses[at]): Answer(listing(title, page, addresses[at + 1])) for at, page in enumerate(pages)}


def listing(title: str, links: list[tuple[str, str]], following: str | None) -> bytes:
    items = "".join(
        f'<li class="reliance"><div class="element"><a class="list-news_media" href="{href}"><i></i></a><h2><a class="heading" href="{href}">{escape(text)}</a></h2></div></li>'
        for href, text in links
    )
    fields = {
        "title": title,
        "items": items,
        "next_link": f'<link rel="next" href="{following}">' if following else "",
        "next_anchor": f'<a class="listing__button" rel="next" href="{following}">المزيد</a>' if following else "",
    }
    return template("listing.html").substitute(fields).encode()


# --- The aggregator -----------------------------------------------------------------------------


def aggregator(_origin: str) -> dict[str, Answer]:
    """Everything the aggregator serves: the publisher's stories in the shape of the seed document."""
    stories = all_stories()
    answers = {aggregator_path(story): Answer(aggregator_page(story)) for story in stories}
    again = next(story for story in stories if story.id == REPUBLISHED[0])
    answers[f"/a/{REPUBLISHED[1]}"] = Answer(aggregator_page(again, republished(again)))
    answers["/robots.txt"] = Answer(b"User-agent: *\nAllow: /\n", "text/plain")
    links = [(aggregator_path(s), s.headline) for s in stories] + [(f"/a/{REPUBLISHED[1]}", again.headline)]
    return answers | _paged("/", "/?page=", "عين الأخبار", links)


def republished(story: Story) -> tuple[str, ...]:
    """The body of the story that the aggregator took twice: two words differ."""
    first, *rest = story.body
    return (first.replace("رست في", "وصلت إلى"), *rest)


def aggregator_page(story: Story, body: tuple[str, ...] | None = None) -> bytes:
    """A page in the shape of the seed document."""
    other = neighbour(story, 5)
    paragraphs = [escape(text, quote=False) for text in body or story.body]
    if story.quirk == "marks":
        paragraphs = [with_marks(text) for text in paragraphs]
    inserted = escape(neighbour(story, 3).headline)
    wrapped = [f"<p>{text}</p>" for text in paragraphs]
    similar = "".join(
        f'<li><a href="{aggregator_path(neighbour(story, n))}">{escape(neighbour(story, n).headline)}</a></li>'
        for n in range(10, 20)
    )
    latest = "".join(
        f'<div class="media"><a href="{aggregator_path(neighbour(story, n))}">{escape(neighbour(story, n).headline)}</a></div>'
        for n in range(21, 27)
    )
    return (
        template("aggregator.html")
        .substitute(
            id=story.id,
            headline=escape(story.headline),
            lead=escape(paragraphs[0]),
            date=story.date_published,
            date_words=story.date_words,
            title_words=",".join(story.headline.split()),
            section_shown=SECTIONS[story.section],
            body="\n".join([wrapped[0], f"<p>{inserted}</p>", *wrapped[1:]]),
            source_first=story.source,
            tags_line=" ".join(story.keywords),
            other_headline=escape(other.headline),
            other_text="".join(other.body),
            similar=similar,
            latest=latest,
        )
        .encode()
    )
