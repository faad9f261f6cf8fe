"""A notice that a paragraph begins with, in front of what the article says: shared by the rules for pages and those for
text.
"""

from __future__ import annotations

import re

from . import interface_words
from .identification import identified
from .language import NOTICE, Phrases

_BREAK = re.compile(r"(?:[.!?؟…۔।][»”\"’)\]]*\s+|[。！？]\s*)(?=\S)")  # a sentence ends, and another begins
_LEAST = 60  # characters of an article behind a notice: less is the notice's
_LONGEST = 1000  # characters that a notice goes on for: 830 in saved pages
_ARTICLE = -0.6  # how far what follows must lean: of what goes on in saved pages 2 % does, of articles' sentences 80 %


def goes_on_at(phrases: Phrases, language: str | None, text: str) -> int | None:
    """Where the article goes on in a paragraph that begins with a notice («© AFP. Le ministre a …»). Nothing where it
    does not: nearly always what follows is more of the notice.
    """
    known = phrases.notices.at_start(text[:NOTICE])
    if known is None or len(text) - known.end < _LEAST:
        return None
    language = language or identified(text)
    rests = ((at.end(), text[at.end() :]) for at in _BREAK.finditer(text, known.end - 1))
    return next((at for at, rest in rests if len(rest) >= _LEAST and _is_article(language, rest)), None)


def _is_article(language: str | None, rest: str) -> bool:
    if len(rest) > _LONGEST:
        return True
    leaning = interface_words.leaning(language, rest)
    return leaning is not None and leaning < _ARTICLE
