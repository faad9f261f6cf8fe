"""Text that remembers its edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.engine.edits import apply, gap_edits, merge
from crawler.items import Edit


def edit(start: int, end: int, text: str = "") -> Edit:
    return Edit(start=start, end=end, text=text, rule="test", kind="chrome")


def test_edits_are_applied_in_one_pass() -> None:
    assert apply("0123456789", [edit(1, 3), edit(3, 3, "x"), edit(5, 6, "five")]) == "0x34five6789"


def test_overlapping_edits_are_an_error_and_merge_keeps_the_first_decided() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        apply("0123", [edit(0, 2), edit(1, 3)])
    assert merge([edit(0, 2), edit(1, 3), edit(3, 4)]) == (edit(0, 2), edit(3, 4))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["word", "two words"]), st.sampled_from(["\n", "\n\n", " \n \n\n", "\n\n\n"]), st.booleans()
        ),
        max_size=8,
    ),
    st.sampled_from(["", "\n", " \n"]),
)
def test_what_is_kept_stands_one_break_apart(parts: list[tuple[str, str, bool]], before: str) -> None:
    raw, spans, kept = before, [], []
    for text, gap, keep in parts:
        spans.append((len(raw), len(raw) + len(text)))
        kept.append(keep)
        raw += text + gap
    removals = [edit(*span) for span, keep in zip(spans, kept, strict=True) if not keep]
    body = apply(raw, merge([*removals, *gap_edits(raw, spans, kept)]))
    assert [line for line in body.split("\n") if line] == [
        raw[slice(*span)] for span, keep in zip(spans, kept, strict=True) if keep
    ]
    assert body == body.strip()
    assert "\n\n\n" not in body
