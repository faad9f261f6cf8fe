"""Bytes -> text, with the charset traps of real pages."""

from __future__ import annotations

import pytest

from crawler.engine import decode, markup
from crawler.engine.walk import outline

TEXT = "<html><body><p>أعلنت بلدية الواحة افتتاح أكبر حديقة عامة في المدينة بعد ثلاثة أعوام من العمل.</p>"


@pytest.mark.parametrize(
    ("body", "content_type", "encoding"),
    [
        (TEXT.encode("utf-8"), None, None),
        (TEXT.encode("utf-8-sig"), "text/html; charset=windows-1256", None),
        (TEXT.encode("utf-16"), None, None),
        (TEXT.encode("cp1256"), "text/html; charset=windows-1256", None),
        (TEXT.encode("cp1256"), "text/html", None),
        (TEXT.encode("cp1256"), "text/html", "windows-1256"),
        (TEXT.encode("iso-8859-6"), None, None),
        (TEXT.encode("cp1256"), "text/html; charset=utf-8", None),
        (TEXT.replace("<body>", "<meta charset=windows-1256><body>").encode("cp1256"), None, None),
        (TEXT.encode("utf-8"), "text/html; charset=nonsense", None),
        (TEXT.encode("cp1256"), "text/html; charset=ISO-8859-1", None),
        (TEXT.replace("<body>", "<meta charset=iso-8859-1><body>").encode("cp1256"), None, None),
        (('<?xml version="1.0" encoding="iso-8859-1"?>' + TEXT).encode("cp1256"), None, None),
        (TEXT.encode("utf-8"), "text/html; charset=ISO-8859-1", None),
    ],
    ids=[
        "utf-8",
        "a byte order mark wins",
        "utf-16",
        "header",
        "no charset",
        "the site's",
        "iso-8859-6",
        "says utf-8 and is not",
        "meta",
        "unknown name",
        "says Latin and is Arabic",
        "a meta that says so",
        "a declaration of XML that says so",
        "says Latin and is utf-8",
    ],
)
def test_the_text_is_read_in_its_charset(body: bytes, content_type: str | None, encoding: str | None) -> None:
    page = decode.to_utf8(body, content_type, encoding)
    assert "أعلنت بلدية الواحة افتتاح أكبر حديقة" in page.decode("utf-8")


def test_bytes_of_no_charset_become_replacement_characters_and_controls_spaces() -> None:
    page = markup.read(decode.to_utf8(b"<p>a\x01b\xff</p>", "text/html; charset=utf-8"))
    assert outline(page.tokens).raw_text == "a b\ufffd"


@pytest.mark.parametrize(
    ("text", "content_type", "wanted"),
    [
        ("<!DOCTYPE html><p>x", None, True),
        ("<div>x</div>", "text/html", True),
        ("%PDF-1.7", "application/pdf", False),
        ("<html>", "image/png", False),
        ("{}", "application/json", False),
        ("just words", "text/html", False),
        ("<html xmlns='http://www.w3.org/1999/xhtml'>", "application/xhtml+xml", True),
    ],
)
def test_pages_are_told_from_files(text: str, content_type: str | None, wanted: bool) -> None:
    assert decode.is_html(text.encode(), content_type) is wanted


def test_a_header_that_says_utf_8_is_not_believed_over_a_page_that_is_none() -> None:
    polish = "<html><head><meta charset='iso-8859-2'></head><body>" + "<br>" * 4000 + "<p>Zażółć gęślą jaźń</p>"
    page = decode.to_utf8(polish.encode("iso-8859-2"), "text/html; charset=utf-8")
    assert "Zażółć gęślą jaźń" in page.decode("utf-8")


def test_a_page_that_says_latin_and_is_latin_is_believed() -> None:
    french = "<p>Créée à l’été, la « fête » des élèves a réuni Æneas, Þór et Ñuño.</p>"
    english = "<p>‘‘‘No,’’’ she said.</p><p>———————</p><p>It was late…</p>"
    for text in (french, english):
        page = decode.to_utf8(text.encode("cp1252"), "text/html; charset=ISO-8859-1")
        assert page.decode("utf-8") == text


@pytest.mark.parametrize("charset", ["ISO-8859-1", "iso-8859-15", "windows-1252", "windows-1251", "gbk", "shift_jis"])
def test_a_page_in_utf_8_is_read_as_that_whatever_it_says(charset: str) -> None:
    text = f"<meta charset='{charset}'><p>Créée à l’été, la « fête » a réuni les élèves.</p>"
    for content_type in (None, f"text/html; charset={charset}"):
        assert decode.to_utf8(text.encode(), content_type).decode("utf-8") == text


def test_a_page_in_utf_8_stays_so_with_a_few_bytes_of_another_charset_in_it() -> None:
    page = decode.to_utf8(TEXT.encode("utf-8") + b"<i>\xe9\xe8\xe7</i>", "text/html; charset=utf-8")
    assert "أعلنت بلدية الواحة" in page.decode("utf-8", "replace")
