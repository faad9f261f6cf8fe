"""Is it an article? A draft's body -> ``None`` (yes) or the reason why not."""

from __future__ import annotations

from ..items import Reason
from .blocks import count_words
from .options import Options


def refusal(body: str, options: Options, page_type: str | None) -> tuple[Reason, str] | None:
    """The reason to refuse a body, with figures a person can check."""
    words = count_words(body)
    if words == 0:
        return Reason.NO_CONTENT, "no text that belongs to an article"
    if words < options.min_body_words:
        kind = f", the page says it is a {page_type}" if page_type else ""
        return Reason.TOO_SHORT, f"{words} words, {options.min_body_words} are asked for{kind}"
    return None
