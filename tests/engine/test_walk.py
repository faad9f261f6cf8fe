"""The walk: a page as text, blocks, boxes and pictures."""

from __future__ import annotations

import pytest

from crawler.engine import markup
from crawler.engine.blocks import Outline
from crawler.engine.walk import outline


def walk(html: str) -> Outline:
    return outline(markup.read(f"<html><body>{html}</body></html>".encode()).tokens)


def texts(html: str) -> list[str]:
    return [piece.text for piece in walk(html).pieces]


@pytest.mark.parametrize(
    ("html", "wanted"),
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
def test_blocks_are_what_a_reader_sees_as_paragraphs(html: str, wanted: list[str]) -> None:
    assert texts(html) == wanted


@pytest.mark.parametrize(
    "unseen",
    [
        "<span class='sr-only'> (opens in a new tab)</span>",
        "<span class='screen-reader-text'>external link</span>",
        "<span class='o-VisuallyHidden'>link</span>",
        "<em class='element-invisible'>(link is external)</em>",
        "<span style='clip: rect(0 0 0 0); position: absolute'>, opens new tab</span>",
        "<span role='tooltip'>one who reads</span>",
        "<span class='glossary__definition'>one who reads</span>",
        "<span class='rollover-people-block'><span><a href='/a'>A headline</a> <a href='/p'>More</a></span></span>",
        "<i class='material-icons'>open_in_new</i>",
    ],
)
def test_what_no_reader_sees_in_a_line_of_text_is_no_part_of_it(unseen: str) -> None:
    assert texts(f"<p>seen by <b>a reader{unseen}</b> here</p>") == ["seen by a reader here"]


def test_a_sign_that_links_to_its_own_heading_is_no_part_of_it() -> None:
    assert texts("<h2>Head<a class='anchor' href='#head'>#</a></h2><h2><a href='#two'>¶</a>Two</h2>") == ["Head", "Two"]
    assert texts("<p>note<a href='#n'>*</a> and <a href='#c'>C#</a></p>") == ["note* and C#"]


def test_what_stands_for_a_sign_or_is_shown_again_is_seen() -> None:
    assert texts("<h1><b>Kicker</b><span class='sr-only'>: </span>head</h1>") == ["Kicker: head"]
    assert texts("<p><svg></svg><span class='sr-only'>D</span>rop cap</p>") == ["Drop cap"]
    assert texts("<p><i aria-hidden='true'>D</i><span class='sr-only'>D</span>rop cap</p>") == ["Drop cap"]
    assert texts("<p>on <span class='sr-only md:not-sr-only'>wide</span> screens</p>") == ["on wide screens"]
    assert texts("<p>a <span class='tooltip'>word<span class='tooltip-text'>what it means</span></span></p>") == [
        "a word"
    ]


def test_a_screen_readers_word_is_not_said_twice() -> None:
    shown = "<span aria-hidden='true'><b class='dropcap'>R</b>ain</span>"
    assert texts(f"<p><span class='sr-only'>Rain</span>{shown} is expected</p>") == ["Rain is expected"]
    assert texts("<p><span class='sr-only'>Image source,</span>AFP</p>") == ["Image source,AFP"]


LONG = "ain is expected in Harbour on Friday evening"


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        (f"<div>R</div>{LONG}", [f"R{LONG}"]),
        (f"<div><div class='cap'>«R</div>\n<div>{LONG}</div></div>", [f"«R{LONG}"]),
        (f"<p>R</p><p><b>{LONG[:9]}</b>{LONG[9:]}</p>", [f"R{LONG}"]),
        (f"<div>R</div><div>{LONG.upper()}</div>", ["R", LONG.upper()]),
        ("<div>A</div><p>adze</p>", ["A", "adze"]),
        (f"<h2>R</h2><p>{LONG}</p>", ["R", LONG]),
        (f"<td>R</td><li>R</li><div>{LONG}</div>", ["R", "R", LONG]),
        (f"<p>{LONG}</p><div>R</div>", [LONG, "R"]),
    ],
)
def test_a_letter_in_an_element_of_its_own_begins_the_word_that_follows(html: str, wanted: list[str]) -> None:
    assert texts(html) == wanted


@pytest.mark.parametrize("control", ["button", "label"])
@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>the tide at <{c}>the old quay</{c}>, they said</p>", ["the tide at the old quay, they said"]),
        ("<p>the tide <{c}><i>rose</i></{c}> at noon</p>", ["the tide rose at noon"]),
        ("<p>ارتفع المد في <{c}>الميناء</{c}> ظهرا</p>", ["ارتفع المد في الميناء ظهرا"]),
        ("<p>the tide rose. <{c}>Share</{c}></p>", ["the tide rose.", "Share"]),
        ("<p>the tide rose <{c}>Share</{c}><br>and fell</p>", ["the tide rose", "Share", "and fell"]),
        ("<p>Doe <{c}>Follow</{c}> and others</p>", ["Doe", "Follow", "and others"]),
        ("<p>Jane Doe <{c}>Follow</{c}> Harbour Post</p>", ["Jane Doe", "Follow", "Harbour Post"]),
        ("<h3><{c}>What will close?</{c}></h3><h3>Tides <{c}>Copy link</{c}></h3>", ["What will close?", "Tides", "Copy link"]),
        ("<dt><{c}>What will close?</{c}> <span>+</span></dt>", ["What will close? +"]),
    ],
)  # fmt: skip
def test_a_button_that_is_said_where_it_stands_is_a_part_of_it(control: str, html: str, wanted: list[str]) -> None:
    assert texts(html.replace("{c}", control)) == wanted


def test_who_is_quoted_is_no_foot_of_a_page() -> None:
    found = walk(
        "<blockquote><p>said</p><footer class='blockquote-footer'>Mara</footer></blockquote><footer>x</footer>"
    )
    assert [found.boxes[piece.box].look.kind for piece in found.pieces] == [None, None, "nav"]


def test_what_a_shadow_root_holds_is_seen_and_what_a_template_holds_is_not() -> None:
    root = "<template shadowrootmode='open'><p>one</p><template><p>no</p></template><p>two</p></template>"
    assert texts(f"<x-story>{root}<p>three</p></x-story>") == ["one", "two", "three"]


def test_blocks_are_spans_of_the_raw_text() -> None:
    found = walk(
        "<h2>Head</h2><p>one</p><ul><li>two</li></ul><blockquote><p>three</p></blockquote><table><tr><td>four</td></tr></table>"
    )
    assert found.raw_text == "Head\n\none\n\ntwo\n\nthree\n\nfour"
    assert [found.raw_text[p.start : p.end] for p in found.pieces] == [p.text for p in found.pieces]
    assert [p.kind for p in found.pieces] == ["heading", "paragraph", "item", "quote", "cell"]


def test_link_characters_are_counted_and_a_link_over_blocks_is_in_each() -> None:
    [plain, *card] = walk(
        "<p>see <a href='/1' rel='tag'>this one</a> now</p><a href='/2'><div>Head</div><div>line</div></a>"
    ).pieces
    assert (plain.linked, [(link.text, link.href, link.rel) for link in plain.links]) == (
        8,
        [("this one", "/1", "tag")],
    )
    assert [(p.link_share, p.links[0].href) for p in card] == [(1.0, "/2"), (1.0, "/2")]


def shape(html: str) -> list[tuple[str, str, int]]:
    """The blocks with their paths, and how many elements are around each."""
    found = walk(html)
    return [(piece.text, found.path(piece), len(found.chain(piece.box))) for piece in found.pieces]


@pytest.mark.parametrize(
    "start", ["<div>", "<div class='x' id='c-17'>", "<div><span style='display:block'>", "<x-text>"]
)
def test_an_element_around_a_single_other_is_none(start: str) -> None:
    end = "</span></div>" if "span" in start else "</x-text>" if start == "<x-text>" else "</div>"
    texts = ("<p>one</p>", "<p><img src='/a.jpg'>two<br>three</p>", "<h3>four</h3>")
    assert shape("".join(f"{start}{text}{end}" for text in texts)) == shape("".join(texts))


@pytest.mark.parametrize(
    "html",
    [
        "<div class='caption'><p>one</p></div>",
        "<div class='article-body'><p>one</p></div>",
        "<div itemprop='description'><p>one</p></div>",
        "<figure><p>one</p></figure>",
        "<div><img src='/a.jpg'><p>one</p></div>",
        "<div><p>one</p><p>two</p></div>",
        "<div>one<p>two</p></div>",
    ],
)
def test_an_element_that_says_something_or_holds_more_than_another_stays(html: str) -> None:
    assert {around for _, _, around in shape(html)} >= {4 if "<p>" in html else 3}


def test_a_picture_in_a_paragraph_with_an_element_of_its_own_is_the_paragraphs() -> None:
    found = walk("<div><p>before</p><div><p><img src='/a.jpg'>one</p></div></div>")
    assert found.boxes[found.pictures[0].box].look.tag == "p"
    assert found.pictures[0].box == found.pieces[1].box


def test_the_ids_of_paragraphs_and_ids_with_numbers_are_no_part_of_a_path() -> None:
    html = "<div id='story'><p id='first'>a</p><p id='x7'>b</p></div><div id='part-2'><p>c</p><p>d</p></div>"
    assert [path for _, path, _ in shape(html)] == ["div#story>p"] * 2 + ["div>p"] * 2


def test_a_lazy_picture_gives_its_real_address() -> None:
    [picture] = walk("<img src='data:image/png;base64,x' data-src='/a.jpg' alt='x'><p>t</p>").pictures
    assert picture.url == "/a.jpg"


@pytest.mark.parametrize("depth", [5_000, 200_000])
def test_boxes_of_any_depth_are_walked(depth: int) -> None:
    assert texts("<div>" * depth + "<p>deep</p>" + "</div>" * depth + "<p>after</p>") == ["deep", "after"]


def test_an_element_with_thousands_of_attributes_keeps_its_text() -> None:
    many = " ".join(f'a{n}="{n}"' for n in range(100_000))
    assert texts(f"<p {many}>text</p><p {many.replace(chr(34), '')}>more</p>") == ["text", "more"]


def test_a_paragraph_of_thousands_of_buttons_is_walked_in_proportion() -> None:
    words = "the tide <button>rose</button> and " * 20_000
    assert [len(text.split()) for text in texts(f"<p>{words}</p>")] == [80_000]


def test_tags_that_are_never_closed_do_not_multiply() -> None:
    fonts = "".join(f"<font color={n}><p>word {n}" for n in range(5_000))
    assert len(texts(fonts)) == 5_000


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<!-- <p>no</p> --><p>yes<!-- -- > no --></p>", ["yes"]),
        ("<!--[if gt IE 8]><!--><p>yes</p><!-- no --><!----><p>too</p>", ["yes", "too"]),
        ("<div <!-- header --><p>yes</p><div <!-- <b <p>more</p><!-- <p>no</p> --><p>end</p>", ["yes", "more", "end"]),
        ("<p title='a > b <c>' data-x='\"<p>\"'>a &lt; b &amp;amp; c</p>", ["a < b &amp; c"]),
        ("<p>one</p><hr><p>two</p><p>three", ["one", "two", "three"]),
        ("<xmp><p>no</p></xmp><svg><style>no</style><text>no</text></svg><p>yes</p>", ["yes"]),
        ("<div hidden><div>no</div></div>tail<p>yes</p>", ["tail", "yes"]),
        ("<img hidden>text<br style='display:none'>more", ["textmore"]),
        ("a\x01b<p>c\x00d</p>", ["a b", "cd"]),
        ("<p>one</p><p>&amp;nbsp;</p><p>&amp;amp;nbsp; &amp;rlm;</p><p>two</p>", ["one", "two"]),
    ],
)
def test_the_serialisation_is_read_back_exactly(html: str, wanted: list[str]) -> None:
    assert texts(html) == wanted
