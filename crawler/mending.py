"""Feeds and sitemaps as servers write them, mended so that a parser takes all of them. Values in, values out."""

from __future__ import annotations

import codecs
import re

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")
_DOCUMENT = re.compile(rb"<(?:\?xml|(?:[\w.-]+:)?(?:urlset|sitemapindex|rss|feed|RDF))\b")
_WIDE = re.compile(rb"""<\?xml[^>]*encoding=["'](?:utf-?16|utf-?32|ucs|iso-10646)[^>]*>""", re.IGNORECASE)
#: An ampersand that should have been written as an entity; in CDATA it stands for itself.
_BARE = re.compile(rb"<!\[CDATA\[.*?\]\]>|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)", re.DOTALL)
_REFERENCES = re.compile(rb"(?:&#(?:\d+|[xX][\da-fA-F]+);?)+")
_REFERENCE = re.compile(rb"&#(?:(\d+)|[xX]([\da-fA-F]+));?")


def xml(body: bytes) -> bytes:
    """A document in UTF-8 where it is in UTF-16 or only says so, from its beginning, which a server's warnings may
    precede, with its ampersands and references written as XML wants them (XML 1.0, 4.1).
    """
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        body = body.decode("utf-16", "replace").encode()
    begin = _DOCUMENT.search(body)
    body = _WIDE.sub(b"", body[begin.start() :] if begin else body, count=1)
    return references(_BARE.sub(lambda found: b"&amp;" if found.group() == b"&" else found.group(), body))


def references(body: bytes) -> bytes:
    """Without NULs, and with references to characters that there are: halves of UTF-16 are put together, or U+FFFD.

    >>> references(b"&#55357;&#56832; &#x41; &#0;").decode()
    '&#128512; &#65; &#65533;'
    """
    if body.startswith(_UTF16):  # has NULs, and no references that these patterns see
        return body
    body = body.replace(b"\0", b"")
    return _REFERENCES.sub(_put_together, body) if b"&#" in body else body


def _put_together(found: re.Match[bytes]) -> bytes:
    numbers = [int(decimal or number, 10 if decimal else 16) for decimal, number in _REFERENCE.findall(found.group())]
    text = "".join(chr(number) if 0 < number <= 0x10FFFF else "\ufffd" for number in numbers)
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return b"".join(b"&#%d;" % ord(character) for character in whole)
