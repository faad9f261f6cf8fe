"""Bytes and a Content-Type -> text -> tree, with the traps that real pages set.

The charset is, in this order: a byte order mark, the HTTP header, the site definition, a
``<meta>``, UTF-8 when the bytes are UTF-8, and last what chardet finds (kept library; of those
tried it alone names short windows-1256 and ISO-8859-6 pages and its answer has a confidence).
"""

from __future__ import annotations

import re

import chardet
from lxml import etree
from w3lib.encoding import (
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
    to_unicode,
)

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]+)""")
#: Control characters that no markup may hold become spaces.
_SPACED = bytes(32 if n == 127 or (n < 32 and n not in (9, 10, 13)) else n for n in range(256))
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p|meta|title|table)\b", re.IGNORECASE)
_HTML_TYPES = ("html", "xml", "text/plain")


def decode(body: bytes, content_type: str | None = None, encoding: str | None = None) -> str:
    """The page as text. Never fails: bytes that fit no charset become U+FFFD."""
    declared = _declared(body, content_type, encoding)
    return body.decode("utf-8", "replace") if declared is None else to_unicode(body, declared)


def _declared(body: bytes, content_type: str | None, encoding: str | None) -> str | None:
    bom, _ = read_bom(body)
    if bom:
        return bom
    for name in (http_content_type_encoding(content_type), encoding, _meta(body)):
        resolved = resolve_encoding(name) if name else None
        if resolved and _fits(body, resolved):
            return resolved
    if _fits(body, "utf-8"):
        return "utf-8"
    return resolve_encoding(chardet.detect(body[:200_000])["encoding"] or "") or None


def _meta(body: bytes) -> str | None:
    found = _XML.search(body[:200]) or _META.search(body[:8192])
    return found.group(1).decode("ascii") if found else None


def _fits(body: bytes, encoding: str) -> bool:
    """A declared UTF-8 must be nearly right: pages that say UTF-8 and are windows-1256 exist."""
    if encoding != "utf-8":
        return True
    return body.decode("utf-8", "replace").count("\ufffd") <= 1 + len(body) / 100


def is_html(text: str, content_type: str | None) -> bool:
    """Whether the text is a page: its type allows it and it begins like markup."""
    kind = (content_type or "text/html").split(";")[0].strip().lower()
    return any(t in kind for t in _HTML_TYPES) and bool(_MARKUP.search(text[:20_000]))


def parse(text: str) -> etree._Element | None:
    """The tree, or ``None`` where the text holds no element at all. Recovers from any markup."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace").translate(_SPACED), parser)
    except etree.XMLSyntaxError:  # an empty document
        return None
