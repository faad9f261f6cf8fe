"""Which stretches of a page say what a consent dialog says; whole pages are in test_content.py."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.engine.consent import until_another

SAID = st.lists(st.sets(st.sampled_from("abc"), min_size=1, max_size=2), max_size=12)


@given(SAID)
def test_a_stretch_has_two_different_cues_from_the_end_that_is_told_on(said: list[set[str]]) -> None:
    ends = until_another(said)
    for first in range(len(said) + 1):
        for last in range(first, len(said) + 1):
            assert (ends[first] <= last) is (len(set().union(*said[first:last])) >= 2)
