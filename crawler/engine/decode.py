"""Bytes and a Content-Type -> text, with the traps that real pages set.

The charset is, in this order, as far as the bytes fit: a byte order mark, the HTTP header, the site definition, a
``<meta>``, UTF-8, and last what chardet finds (kept library; of those tried it alone names short windows-1256 and
ISO-8859-6 pages and its answer has a confidence).
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8

import chardet
from w3lib.encoding import (
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
    to_unicode,
)

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]+)""")
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|div|p|meta|title|table)\b", re.IGNORECASE)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_ASCII = bytes(range(0x80))
#: Accents seldom stand side by side; words in other scripts are nothing else. Below 0xC0 are dashes and quotes.
_FOREIGN = re.compile(rb"(?=[\x80-\xbf]*[\xc0-\xff])[\x80-\xff]{3,}")
_HTML_TYPES = ("html", "xml", "text/plain")


def to_utf8(body: bytes, content_type: str | None = None, encoding: str | None = None) -> bytes:
    """The page in UTF-8; one that is nearly UTF-8 as it came: the parser puts U+FFFD where it is not. Never fails."""
    declared = _declared(body, content_type, encoding) or "utf-8"
    if declared == "utf-8":
        return body.removeprefix(BOM_UTF8)
    return to_unicode(body, declared).encode("utf-8", "replace")


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
    undeclared = _XML.sub(b"", _META.sub(b"", body[:200_000]))  # chardet would believe what does not fit
    return resolve_encoding(chardet.detect(undeclared)["encoding"] or "") or None


def _meta(body: bytes) -> str | None:
    found = _XML.search(body[:200]) or _META.search(body[:8192])
    return found.group(1).decode("ascii") if found else None


def _fits(body: bytes, encoding: str) -> bool:
    """Whether what is not ASCII can be in a declared charset: pages in windows-1256 say that they are in UTF-8, or in
    ISO-8859-1 (here cp1252, as browsers read it), as their servers say of all that they have; pages in UTF-8 say what
    they were in before, and no text in another charset is UTF-8 by chance.
    """
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        if encoding == "utf-8":
            broken = body.decode("utf-8", "replace").count("\ufffd")
            return broken <= 1 + len(_NOT_ASCII.findall(body.decode("utf-8", "ignore")))
    else:
        return encoding == "utf-8" or body.isascii()
    foreign = sum(map(len, _FOREIGN.findall(body))) if encoding == "cp1252" else 0
    return 2 * foreign <= len(body.translate(None, _ASCII))


def is_html(page: bytes, content_type: str | None) -> bool:
    """Whether it is a page: its type allows it and it begins like markup."""
    kind = (content_type or "text/html").split(";")[0].strip().lower()
    return any(t in kind for t in _HTML_TYPES) and bool(_MARKUP.search(page[:40_000]))
