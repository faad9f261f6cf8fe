"""The labeller: what its trees say, and what they may not overrule."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import engine
from crawler.engine import features, labels
from crawler.engine.rules import RULES
from crawler.items import Article, Page
from crawler.sites.site import Site

PARAGRAPH = "The harbour board opened the new ferry terminal on Monday, and the first boat left at noon with two hundred people."
SECOND = "Its director said that every ferry would be electric by the end of the decade, as the city council had asked."
HTML = f"<html lang='en'><body><h1>Ferries</h1><div class='story'><p>{PARAGRAPH}</p><p>{SECOND}</p><p>{PARAGRAPH[::-1]}</p></div></body></html>"

tree = st.integers(1, 4).flatmap(
    lambda depth: st.fixed_dictionaries(
        {
            "questions": st.lists(
                st.tuples(st.integers(0, 2), st.floats(-5, 5, width=32)), min_size=depth, max_size=depth
            ),
            "leaves": st.lists(st.floats(-2, 2), min_size=2**depth, max_size=2**depth),
        }
    )
)


def draft_of(html: str = HTML, site: Site | None = None) -> engine.Draft:
    draft = engine.extract(Page(url="https://x.example/1", body=html.encode()), site)
    assert isinstance(draft, engine.Draft)
    return draft


@given(
    trees=st.lists(tree, min_size=1, max_size=4),
    blocks=st.lists(st.tuples(*[st.floats(-6, 6, width=32)] * 3), min_size=1, max_size=5),
    bias=st.floats(-1, 1),
)
def test_all_blocks_at_once_get_what_each_would_get_alone(trees: list, blocks: list, bias: float) -> None:
    model = labels.from_data({"features": ["a", "b", "c"], "rules": [], "bias": bias, "trees": trees})
    for block, got in zip(blocks, model.probabilities(np.array(blocks, dtype=np.float32).T), strict=True):
        total = bias
        for one in trees:
            answers = [block[feature] > border for feature, border in one["questions"]]
            total += one["leaves"][sum(answer << level for level, answer in enumerate(answers))]
        assert got == pytest.approx(1 / (1 + np.exp(-total)))


def test_the_shipped_model_asks_for_features_and_rules_that_exist() -> None:
    _, rows = features.rows(draft_of(), labels.trees().rules)
    assert set(labels.trees().names) <= set(rows)
    assert set(labels.trees().rules) <= {rule.name for rule in RULES}
    assert {rule.name for rule in RULES} >= labels.FINAL


def test_the_model_file_says_where_it_comes_from() -> None:
    about = json.loads((labels.MODELS / "labeller.json").read_text(encoding="utf-8"))["about"]
    assert about["script"] == "python -m tests.train"
    assert about["data"]
    assert about["cross-validation by site"]


def test_a_block_that_the_labeller_doubts_goes_by_its_name() -> None:
    draft = draft_of()
    draft.labels = {1: 0.9, 2: 0.1, 3: 0.9}
    assert [cut.piece for cut in labels.labeller(draft)] == [2]


@pytest.mark.parametrize(
    ("doubts", "wanted"),
    [({1: 0.9, 2: 0.35, 3: 0.9}, []), ({1: 0.9, 2: 0.25, 3: 0.9}, [2]), ({1: 0.2, 2: 0.35, 3: 0.9}, [1, 2])],
)
def test_a_paragraph_between_two_that_look_like_it_must_be_doubted_more(
    doubts: dict[int, float], wanted: list[int]
) -> None:
    draft = draft_of(HTML.replace(PARAGRAPH[::-1], SECOND.replace("director", "mayor")))
    draft.labels = doubts
    assert [cut.piece for cut in labels.labeller(draft)] == wanted


@pytest.mark.parametrize(
    ("name", "above", "doubt", "goes"),
    [
        ("lead", "<figcaption>A bridge</figcaption>", 0.4, False),
        ("lead", "<figcaption>A bridge</figcaption>", 0.3, True),
        ("note", "<figcaption>A bridge</figcaption>", 0.4, True),
        ("note", "", 0.4, False),
        ("note", "", 0.3, True),
    ],
)
def test_a_first_paragraph_that_is_called_a_lead_or_stands_right_under_the_headline_must_be_doubted_more(
    name: str, above: str, doubt: float, goes: bool
) -> None:
    draft = draft_of(HTML.replace(f"<p>{PARAGRAPH}", f"{above}<p class='{name}'>{PARAGRAPH}"))
    first = draft.first_paragraph()
    draft.labels = {first: doubt, first + 1: 0.9, first + 2: 0.9}
    assert [cut.piece for cut in labels.labeller(draft)] == [first] * goes


@pytest.mark.parametrize(("doubt", "wanted"), [(0.35, []), (0.25, [3])])
@pytest.mark.parametrize("place", ["<h2>The mayor speaks</h2>{0}", "<article><h2>The mayor speaks</h2></article>{0}"])
def test_a_heading_over_a_paragraph_must_be_doubted_more_where_both_are_in_one_element(
    place: str, doubt: float, wanted: list[int]
) -> None:
    html = HTML.replace(f"<p>{PARAGRAPH[::-1]}</p>", place.format(f"<p>{SECOND.replace('director', 'mayor')}</p>"))
    draft = draft_of(html)
    draft.labels = {1: 0.9, 2: 0.9, 3: doubt, 4: 0.9}
    assert [cut.piece for cut in labels.labeller(draft)] == (wanted if place.startswith("<h2>") else [3])


def test_what_a_rule_knows_by_its_words_never_comes_back() -> None:
    draft = draft_of()
    draft.labels = {1: 0.99, 2: 0.99}
    draft.take([engine.draft.Cut(1)], "section", "related")
    draft.take([engine.draft.Cut(2)], "edge", "chrome")
    assert list(labels.restored(draft)) == [2]
    draft.restore([2])
    assert 2 in draft.standing()
    assert 1 not in draft.standing()


def test_a_site_selector_is_believed_against_the_labeller() -> None:
    site = Site(name="x", domains=("x.example",), language="en", seeds=(), article_url="^https", content=("div.story",))
    assert not labels.is_judged(draft_of(site=site))
    assert labels.is_judged(draft_of())


def test_the_same_page_gets_the_same_record_with_any_threshold_that_asks_nothing() -> None:
    page = Page(url="https://x.example/1", body=HTML.encode())
    record = engine.process(page, options=replace(engine.DEFAULT, keep_from=0.0, restore_from=1.1))
    assert isinstance(record, Article)
    assert record.body.split("\n\n")[0] == PARAGRAPH
