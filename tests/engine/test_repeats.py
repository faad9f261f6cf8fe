"""What pages repeat is walked once, and changes no page."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.engine import markup, repeats
from crawler.engine.blocks import Outline
from crawler.engine.walk import outline

MENU = "".join(f"<li class='entry'><a href='/{n}/'>Section {n}</a></li>" for n in range(30))
#: Everything that the walk keeps in mind from one element to the next.
PARTS = [
    "<ul class='menu'>{}</ul>",
    "<ul>{}</ul>",
    "<div class='box'>{}<p>one</p></div>",
    "<div class='box'>{}<span class='caption'>two</span></div>",
    "<div><div class='wrap'>{}</div></div>",
    "<section>{}<p>alone</p></section>",
    "<blockquote>{}<footer>who said so</footer></blockquote>",
    "<table><tr><td>{}</td><td>cell</td></tr></table>",
    "<li>{}one<li>two",
    "<a name='top'>{}</a>",
    "<a href='/around'>{}</a>",
    "{}<br>",
    "text before {}",
    "<div>D</div>{}",
    "<div itemprop='name'>{}<time datetime='2026-01-01'>today</time></div>",
    "<figure><img src='/a.jpg'>{}<figcaption>seen</figcaption></figure>",
    "<amp-img src='/b.jpg'></amp-img>{}",
    "<div hidden>{}</div><hr class='menu'>",
    "<button>More</button>{}<label>of it</label>",
    "<related-links>{}<div>three</div></related-links>",
    "<div>one <b class='caption'>two</b>{}</div>",
    "<p>{}</p>" + MENU,
]


def walk(body: str, marked: frozenset[str] = frozenset()) -> Outline:
    return outline(markup.read(f"<html><body>{body}</body></html>".encode()).tokens, marked)


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    repeats._KNOWN.forget()


def test_a_menu_that_many_pages_have_is_made_once() -> None:
    pages = [walk(f"<ul class='menu'>{MENU}</ul><p>Story {n} is about another thing.</p>") for n in range(40)]
    assert all(page.pieces[7].links is pages[-1].pieces[7].links for page in pages[20:])
    assert pages[0].pieces[7].links is not pages[-1].pieces[7].links
    assert [page.pieces[-1].text for page in pages] == [f"Story {n} is about another thing." for n in range(40)]


def test_a_menu_with_another_link_is_another_menu() -> None:
    pages = [walk(f"<ul class='menu'>{MENU}</ul>") for _ in range(40)]
    other = walk(f"<ul class='menu'>{MENU}<li><a href='/new'>New</a></ul>")
    assert [piece.text for piece in other.pieces] == [*(piece.text for piece in pages[0].pieces), "New"]
    changed = walk(f"<ul class='menu'>{MENU.replace('/29/', '/30/')}</ul>")
    assert changed.pieces[-1].links[0].href == "/30/"


def test_what_is_known_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "_ONE_IN", 1)
    for n in range(600):
        for _ in range(3):
            walk(f"<ul class='menu-{n}'>{MENU}</ul>")
    held = sum(len(kept.tokens) for known in repeats._KNOWN.stretches.values() for kept in known.values())
    assert 0 < held <= repeats._MOST + repeats._LONGEST


FILLED = st.sampled_from(
    [
        "",
        "<p>filled</p>",
        "plain",
        "<p>filled</p><p>again</p>",
        "<p>rop caps begin a paragraph that is long enough to take one up, as this one is</p>",
        "<div><time datetime='2026-01-01'>today</time></div>",
    ]
)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    body = draw(FILLED)
    for part in draw(st.lists(st.sampled_from(PARTS), max_size=6)):
        body = part.format(body) if draw(st.booleans()) else body + part.format(draw(FILLED))
    return body


@settings(max_examples=300, deadline=None)
@example(["<div>D</div><ul><p>filled</p></ul>", "<ul><p>filled</p></ul>"])
@example(["<ul><p>filled</p></ul>", "<div>D</div><ul><p>filled</p></ul>"])
@example(["<div><p>filled</p>plain</div>", "<div><p>filled</p>plain<b> and bold</b></div>"])
@example(["text<br><ul><p>filled</p></ul>", "<ul><p>filled</p></ul>"])
@example([f"<{tag}><div><ul>plain<p>filled</p></ul></div></{tag}>" for tag in ("blockquote", "section")])
@example([f"{before}<ul><img src='/a.jpg'><p>filled</p></ul>" for before in ("", "<div><p>one</p></div>")])
@given(st.lists(bodies(), min_size=1, max_size=4))
def test_a_page_is_the_same_whatever_was_walked_before(bodies: list[str]) -> None:
    pages = [(body, marked) for body in bodies for marked in (frozenset[str](), frozenset(["b"]))]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"_SHORTEST": 3, "_TIMES": 1, "_ONE_IN": 1}.items():
            patch.setattr(repeats, name, value)
        alone = []
        for page in pages:
            repeats._KNOWN.forget()
            alone.append(walk(*page))
        for _ in range(2):
            assert [walk(*page) for page in pages] == alone
