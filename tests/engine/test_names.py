"""What class and id names say of an element."""

from __future__ import annotations

import pytest

from crawler.engine import names


def test_every_entry_of_the_table_stands_for_plain_words() -> None:
    """A sign that no spelling has would never match a name: an entry that is silently nothing."""
    assert [key for key in names._TABLE if not key.removeprefix("^").replace(" ", "").isalnum()] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("jp-relatedposts", "related"),
        ("recommendations", "related"),
        ("further-links", "related"),
        ("article__tools", "share"),
        ("feedflare", "share"),
        ("cc-license", "legal"),
        ("about-the-author", "byline"),
        ("page-views", "date"),
        ("reklama", "ad"),
    ],
)
def test_a_name_of_boilerplate_says_its_kind(name: str, kind: str) -> None:
    assert names.said_by(name).kind == kind


@pytest.mark.parametrize("name", ["views-row", "post_message_7", "tabs-1", "print:max-w-container"])
def test_a_name_that_articles_stand_in_too_says_nothing(name: str) -> None:
    """Drupal calls every row of a view so, vBulletin every message, Tailwind what is to be printed."""
    assert names.said_by(name).kind is None
