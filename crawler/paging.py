"""Articles of many pages: which link of a page leads to the same article's next one. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from parsel import Selector

from crawler.engine.dates import DIGITS
from crawler.urls import host

_IN_QUERY = frozenset("page p pg pagenum pagina pageno paged seite part".split())
_EXTENSION = re.compile(r"\.\w{2,5}$")
#: Behind the first page's path, without its extension: «/2», «/page/2», «_2», «,2»; «-2» is another story as often.
_BEHIND = re.compile(r"(/(?:page|p|part)?/?|[_,-])(\d{1,3})/?")
_HREF = re.compile(rb"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:الصفحة )?التالية?\b|صفحه بعد|بعدی|اگلا صفحہ|next(?: page)?\b|weiter|nächste seite|(?:page )?suivante?\b"
    r"|siguiente|[›»>→]",
    re.IGNORECASE,
)


def may_follow(body: bytes, first: str, number: int) -> bool:
    """Whether any link of a page could lead to the article's page ``number``: most pages have none, and this is found
    out without a tree.
    """
    path = urlsplit(first).path.rstrip("/")
    tail = _EXTENSION.sub("", path.rpartition("/")[2])
    near = {tail.encode(), quote(unquote(tail)).encode(), quote(unquote(tail)).lower().encode(), unquote(tail).encode()}
    for href in set(_HREF.findall(body)):
        if href.startswith(b"?") or any(name in href for name in near if name):
            url = urljoin(first, unescape(href.decode("utf-8", "replace")))
            if page_number(first, url, rel=True) == number:
                return True
    return False


def following(page: Selector, first: str, number: int) -> str | None:
    """The address of page ``number`` (2, 3, …) of the article whose first page is at ``first``, as this page links it.

    ``rel=next`` is believed where its address is the article's own with that number: blogs mean the next story by it.
    So are links whose text is the number or says «next».
    """
    for link in page.css("link[rel~=next], a[rel~=next]"):
        url = urljoin(first, link.attrib.get("href", "").strip())
        if page_number(first, url, rel=True) == number:
            return url
    for url, text in _links(page, first):
        numbered = text.translate(DIGITS) == str(number) or bool(_NEXT.match(text))
        if numbered and page_number(first, url) == number:
            return url
    return None


def _links(page: Selector, base: str) -> Iterator[tuple[str, str]]:
    for link in page.css("a[href]"):
        text = " ".join(link.xpath("string()").get("").split())
        if len(text) <= 20:
            yield urljoin(base, link.attrib["href"].strip()), text


def page_number(first: str, url: str, *, rel: bool = False) -> int | None:
    """The number of the page at ``url`` of the article at ``first``; ``None`` where it is another page.

    >>> page_number("https://x.example/a/story.html", "https://x.example/a/story_2.html")
    2
    """
    begin, there = urlsplit(unquote(first)), urlsplit(url)
    if host(first) != host(url):
        return None
    if begin.path.rstrip("/") == unquote(there.path).rstrip("/"):
        given = dict(parse_qsl(begin.query))
        changed = {name: value for name, value in parse_qsl(there.query) if given.get(name) != value}
        ((name, value),) = changed.items() if len(changed) == 1 else (("", ""),)
        return int(value) if name.lower() in _IN_QUERY and value.isdigit() else None
    extension = _EXTENSION.search(begin.path)
    stem = begin.path.removesuffix(extension.group() if extension else "").rstrip("/")
    path = unquote(there.path).removesuffix(extension.group() if extension else "")
    behind = path.removeprefix(stem) if stem and path.startswith(stem) else ""
    found = _BEHIND.fullmatch(behind)
    if found is None or begin.query != there.query or (found.group(1) == "-" and not rel):
        return None
    return int(found.group(2))
