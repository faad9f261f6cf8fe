"""The walk: a tree as text, blocks, boxes and pictures."""

from __future__ import annotations

import pytest

from crawler.engine import decode
from crawler.engine.blocks import Outline, text_outline
from crawler.engine.walk import outline


def walk(markup: str) -> Outline:
    return outline(decode.parse(f"<html><body>{markup}</body></html>"), {})


def texts(markup: str) -> list[str]:
    return [piece.text for piece in walk(markup).pieces]


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("one<br><br>two<br>three", ["one", "two", "three"]),
        ("<div>a <b>b</b> <a href=x>c</a>\n d</div>", ["a b c d"]),
        ("<p>كلمة&nbsp;&nbsp;أخرى&#1575;</p>", ["كلمة أخرىا"]),
        ("<script>no</script><style>no</style><noscript>no</noscript><p>yes<template>no</template></p>", ["yes"]),
        ("<p hidden>no</p><p style='display: none'>no</p><p>yes</p>", ["yes"]),
        ("<div>before<p>in</p>after</div>", ["before", "in", "after"]),
        ("<span>x</span><span class='caption'>صورة</span><span>y</span>", ["x", "صورة", "y"]),
        ("<p>drop <span>c</span>ap, soft\u00adhyphen</p>", ["drop cap, soft\u00adhyphen"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
    ],
)
def test_blocks_are_what_a_reader_sees_as_paragraphs(markup: str, wanted: list[str]) -> None:
    assert texts(markup) == wanted


def test_blocks_are_spans_of_the_raw_text() -> None:
    found = walk(
        "<h2>Head</h2><p>one</p><ul><li>two</li></ul><blockquote><p>three</p></blockquote><table><tr><td>four</td></tr></table>"
    )
    assert found.raw_text == "Head\n\none\n\ntwo\n\nthree\n\nfour"
    assert [found.raw_text[p.block.start : p.block.end] for p in found.pieces] == [p.text for p in found.pieces]
    assert [p.block.kind for p in found.pieces] == ["heading", "paragraph", "item", "quote", "cell"]


def test_link_characters_are_counted_and_a_link_over_blocks_is_in_each() -> None:
    [plain, *card] = walk(
        "<p>see <a href='/1' rel='tag'>this one</a> now</p><a href='/2'><div>Head</div><div>line</div></a>"
    ).pieces
    assert (plain.block.links, plain.links[0].url, plain.tag_links) == (8, "/1", 1)
    assert [(p.link_share, p.links[0].url) for p in card] == [(1.0, "/2"), (1.0, "/2")]


def test_a_lazy_picture_gives_its_real_address() -> None:
    [picture] = walk("<img src='data:image/png;base64,x' data-src='/a.jpg' alt='x'><p>t</p>").pictures
    assert picture.url == "/a.jpg"


def test_two_thousand_nested_boxes_are_walked_without_recursion() -> None:
    assert texts("<div>" * 2000 + "<p>deep</p>" + "</div>" * 2000) == ["deep"]


def test_lines_of_a_text_are_its_blocks() -> None:
    found = text_outline("\n one \n\n• two\n- three\n\n")
    assert [(p.text, p.block.kind) for p in found.pieces] == [
        ("one", "paragraph"),
        ("• two", "item"),
        ("- three", "item"),
    ]
