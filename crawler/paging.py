"""Articles of many pages: which link of a page leads to the same article's next one. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from os.path import commonprefix
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from parsel import Selector

from crawler.engine.dates import DIGITS
from crawler.urls import host

_IN_QUERY = frozenset("page p pg pagenum pagina pageno paged seite part".split())
_EXTENSION = re.compile(r"\.\w{2,5}$")
#: Behind the first page's path, without its extension: «/2», «/page/2», «_2», «,2»; «-2» is another story as often.
_BEHIND = re.compile(r"(/(?:page|p|part)?/?|[_,-])(\d{1,3})/?")
_HREF = re.compile(rb"^href=", re.IGNORECASE)
_EDGE = re.compile(rb"""["'\s<>]""")
_QUERY = re.compile(rb"[?&;](?:%s)$" % "|".join(sorted(_IN_QUERY)).encode(), re.IGNORECASE)
_BEFORE = (b"/", b'"', b"'", b"=")
_NEAR = 12  # bytes between a number and the article's name before it, or what a parameter is called
_ALIKE = 4  # bytes that all forms of a name begin with: fewer stand everywhere
_LONGEST = 2000  # bytes of an address on either side of the article's name
_NEXT = re.compile(
    r"(?:الصفحة )?التالية?\b|صفحه بعد|بعدی|اگلا صفحہ|next(?: page)?\b|weiter|nächste seite|(?:page )?suivante?\b"
    r"|siguiente|[›»>→]",
    re.IGNORECASE,
)


def may_follow(body: bytes, first: str, number: int, base: str) -> bool:
    """Whether any address in a page could be that of the article's page ``number``: most pages have none, and this is
    found out without a tree, by looking around the few places that have the article's own name or the number.
    """
    path = urlsplit(first).path.rstrip("/")
    tail = _EXTENSION.sub("", path.rpartition("/")[2])
    quoted = quote(unquote(tail))
    names = {tail.encode(), quoted.encode(), quoted.lower().encode(), unquote(tail).encode()} - {b""}
    digits = b"%d" % number
    numbered = [found.start() for found in re.finditer(b"=" + digits, body)]  # a third of bytes.find's time
    likely = {at for at in numbered if _QUERY.search(body, max(0, at - _NEAR), at)}
    for at, name in _names_in(body, names):
        if body[at - 1 : at] in _BEFORE and digits in body[at + len(name) : at + len(name) + _NEAR]:
            likely.add(at)
    urls = (urljoin(base, unescape(found.decode("utf-8", "replace"))) for found in {_around(body, at) for at in likely})
    return any(page_number(first, url, rel=True) == number for url in urls)


def _names_in(body: bytes, names: set[bytes]) -> Iterator[tuple[int, bytes]]:
    """Where any of the names stands; they often begin alike («1234-» before the words of the headline)."""
    alike = commonprefix([*names]) or b""  # noqa: RUF071 (not of paths)
    for begin in {alike} if len(alike) >= _ALIKE else names:
        at = body.find(begin)
        while at >= 0:
            yield from ((at, name) for name in names if body.startswith(name, at))
            at = body.find(begin, at + len(begin))


def _around(body: bytes, at: int) -> bytes:
    """What stands around a place, up to quotes and blanks, without the attribute's name; cut where it is too long."""
    begin = max(0, at - _LONGEST)
    before = _EDGE.split(body[begin:at])[-1]
    return _HREF.sub(b"", before + _EDGE.split(body[at : at + _LONGEST], maxsplit=1)[0])


def following(page: Selector, first: str, number: int, base: str) -> str | None:
    """The address of page ``number`` (2, 3, …) of the article whose first page is at ``first``, as this page links it;
    ``base`` is what its links are relative to.

    ``rel=next`` is believed where its address is the article's own with that number: blogs mean the next story by it.
    So are links whose text is the number or says «next».
    """
    for link in page.css("link[rel~=next], a[rel~=next]"):
        url = urljoin(base, link.attrib.get("href", "").strip())
        if page_number(first, url, rel=True) == number:
            return url
    for url, text in _links(page, base):
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
