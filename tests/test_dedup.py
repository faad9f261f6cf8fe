"""Exact and near duplicates of a run."""

from __future__ import annotations

from crawler.dedup import Index, sketch
from crawler.engine.fingerprint import exact, shingles
from tests.newsroom.pages import republished
from tests.newsroom.stories import all_stories

STORY = next(story for story in all_stories() if story.id == "1701015")


def test_spelling_habits_make_no_new_article() -> None:
    assert exact("إن الحديقة، ستستقبل الزوّار") == exact("ان الحديقه ستستقبل الزوار")
    assert exact("ستستقبل الزوار") != exact("تستقبل الزوار")


def test_a_story_with_small_changes_names_the_first() -> None:
    index = Index()
    for story in all_stories():
        assert index.near(sketch(shingles(story.text))) is None, f"{story.id} is like another story"
        index.add(story.id, exact(story.text), sketch(shingles(story.text)))
    changed = "\n\n".join(republished(STORY))
    assert index.exact(exact(changed)) is None
    assert index.near(sketch(shingles(changed))) == STORY.id


def test_the_first_of_two_equals_is_the_one_that_is_named() -> None:
    index = Index()
    for url in ("first", "second"):
        index.add(url, exact(STORY.text), sketch(shingles(STORY.text)))
    assert index.exact(exact(STORY.text)) == "first"
    assert index.near(sketch(shingles(STORY.text))) == "first"
