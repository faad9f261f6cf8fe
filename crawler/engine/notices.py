"""What publications say of themselves around their articles, whoever words it: whose opinion comments are, who has
translated, how to report an error, that nothing may be copied, that journalism needs support.

Phrase files list how such a notice is worded; readers are told the same in a hundred wordings. notices.toml has, by
language, what its sentences hold in whatever order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from ..errors import PhraseError
from ..items import KINDS
from .folding import fold
from .toml import DATA, read_toml
from .wording import SENTENCE, is_question

_FILE = DATA / "notices.toml"
_LONGEST = 600  # characters of a paragraph of notices
_MOST = 0.75  # of a paragraph: what else stands there is the article's
_SHORT = 80  # of a sentence that is half of a notice («Found an error? Tell us.»)
_CURT = 40  # of one before a notice that is whole: longer ones are the article's
_LONG = 250  # of a sentence that tells a story, whatever words it has
_TAIL = 400  # characters of a paragraph that may end in them
_SOLD = ("ad",)  # what links earn is a sentence of its own article, too
_SPOKEN = tuple("\"'«„“‹»”-–—")  # what somebody says in an article is no notice
_LETTERS = 2  # that the words of a notice are kept by: no beginning of a word in the file has fewer
_BEGIN = "^ "  # of a folded sentence; its words have a space before and after them
_NO_KINDS = ("ours", "told")  # what publications call themselves and their readers; how others are quoted
#: No spaces between words, or words that grow at their end.
UNPARTED = frozenset(["ja", "ko", "th", "zh"])
#: The articles, prepositions and «and» that are written as one word with what follows.
_PREFIXES = {
    "ar": ("", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "فال", "كال"),
    "he": ("", "ה", "ו", "וה", "ב", "ל", "מ", "מה", "ש", "שה", "כ"),
}


class Notice(NamedTuple):
    """What a sentence of a notice holds, in forms to look for in a folded sentence."""

    kind: str
    needed: tuple[tuple[str, ...], ...]  # of each some one stands in it, the rarest first
    anywhere: tuple[tuple[str, ...], ...]  # the same, to look for in a paragraph of several sentences
    ours: tuple[str, ...]  # and of these
    told: tuple[str, ...]  # none of these does: what somebody has said is the story's


def of_table(language: str, table: Mapping[str, list[str]]) -> Iterator[Notice]:
    """The notices of a language's table in notices.toml. PhraseError names one without words or of no kind."""
    ours, told = (_terms(table.get(name, ()), language) for name in _NO_KINDS)
    for kind, notices in table.items():
        for said in notices if kind not in _NO_KINDS else ():
            needed = [_terms(terms.split("|"), language) for terms in said.split("+")]
            if kind not in KINDS or not all(needed):
                raise PhraseError(f"{_FILE.name}: [{language}] {kind} = {said!r}: no such kind, or no word")
            anywhere = [tuple(term.lstrip("^") for term in terms) for terms in needed]
            yield Notice(kind, tuple(needed), tuple(anywhere), ours, told)


@cache
def _of(language: str) -> tuple[Notice, ...]:
    """Those of a language whose words are not parted, or of all others together: no notice is one in two of them."""
    tables = read_toml(_FILE)
    names = [language] if language in UNPARTED else sorted(tables.keys() - UNPARTED)
    return tuple(notice for name in names for notice in of_table(name, tables[name]))


def _terms(written: Iterable[str], language: str) -> tuple[str, ...]:
    """What is looked for, in each of its forms."""
    return tuple(form for term in written for form in _forms(term.strip(), language))


def _forms(term: str, language: str) -> Iterator[str]:
    begin = _BEGIN if term.startswith("^") else ""
    if language in UNPARTED:
        yield from [begin + fold(term)] if fold(term) else ()
        return
    prefixes = [_PREFIXES.get(language, ()) if word.startswith("*") else ("",) for word in term.split()]
    words = [[prefix + word for prefix in some] for some, word in zip(prefixes, map(fold, term.split()), strict=True)]
    for form in product(*words) if words else ():
        yield (begin or " ") + " ".join(form) + " " * (not term.endswith("*"))


def _word(term: str) -> str:
    """The longest word of a term, with a space behind it where it ends there."""
    words: list[str] = re.findall(r"[^ ^]+ ?", term)
    return max(words, key=len)


def telling() -> set[str]:
    """How words begin of which one stands in every notice, with a space behind those that end there; in languages whose
    words are parted.
    """
    return {_word(term) for notice in _of("") for term in notice.needed[0]}


@cache
def _by_letters() -> dict[str, list[tuple[str, int]]]:
    """Such words by their first letters, each with the number of a notice."""
    found: dict[str, list[tuple[str, int]]] = {}
    for number, notice in enumerate(_of("")):
        for word in map(_word, notice.needed[0]):
            found.setdefault(word.strip()[:_LETTERS], []).append((word, number))
    return found


@lru_cache(maxsize=65536)
def _notices_with(word: str) -> frozenset[int]:
    """The numbers of the notices that a word may be of. Pure: the cache holds no page's state."""
    near = _by_letters().get(word[:_LETTERS], ())
    return frozenset(number for beginning, number in near if f"{word} ".startswith(beginning))


@lru_cache(maxsize=1)
def _possible(language: str, plain: str) -> list[Notice]:
    """Those that have a word of each kind in a paragraph of these folded words: most paragraphs have none. Kept for the
    second question about a paragraph, how it ends.
    """
    known, words = _of(language), plain.split()
    if language not in UNPARTED:
        known = tuple(known[number] for number in sorted(frozenset[int]().union(*map(_notices_with, words))))
    whole = f" {' '.join(words)} "
    return [one for one in known if all(_has(whole, terms) for terms in one.anywhere)]


def kind_of(text: str, plain: str, language: str | None = None) -> str | None:
    """The kind of notice that a paragraph is, by most of its words; ``plain`` is its words, folded. The language says
    something only where it is one whose words are not parted.

    >>> text = "The opinions expressed here are the author's own and not necessarily ours."
    >>> kind_of(text, fold(text))
    'legal'
    """
    if len(text) > _LONGEST or text.startswith(_SPOKEN):
        return None
    sentences, kinds = _kinds(text, plain, language)
    said = sum(len(sentences[at]) for at in kinds)
    return kinds[min(kinds)] if kinds and said >= _MOST * len(text) else None


def last_of(text: str, plain: str, language: str | None = None) -> tuple[str, int] | None:
    """The kind of the notices that a paragraph of the article ends in, and where they begin.

    >>> text = "The bridge was opened on Monday. The opinions expressed here are the author's own and not ours."
    >>> last_of(text, fold(text))
    ('legal', 32)
    """
    sentences, kinds = _kinds(text[-_TAIL:], plain[-_TAIL:], language)
    kinds.pop(0, None)  # the article's, or a part of it
    begin, kind = len(sentences), None
    while begin - 1 in kinds and kinds[begin - 1] not in _SOLD:
        begin, kind = begin - 1, kinds[begin - 1]
    start = len(text) - sum(map(len, sentences[begin:]))
    return (kind, start) if kind and (text[start].isspace() or language in UNPARTED) else None


def _kinds(text: str, plain: str, language: str | None) -> tuple[list[str], dict[int, str]]:
    """The sentences of a text, and the kinds of those that are of a notice; none of either where none can be."""
    possible = _possible(language if language in UNPARTED else "", plain)
    sentences = SENTENCE.findall(text) if possible else []
    kinds: dict[int, str] = {}
    for at, sentence in enumerate(sentences):
        alone = notice_of(possible, sentence) if len(sentence) <= _LONG else None
        half = sentences[at - 1] if at else ""
        is_half = (half and len(half) <= (_CURT if alone else _SHORT)) or is_question(half)
        both = notice_of(possible, half + sentence) if is_half and len(half + sentence) <= _LONG else None
        if notice := both or alone:
            kinds |= dict.fromkeys((at - 1, at) if both else (at,), notice.kind)
    return sentences, kinds


def notice_of(notices: Iterable[Notice], sentence: str) -> Notice | None:
    """The first of some notices that a sentence is of."""
    folded = f"{_BEGIN}{fold(sentence)} "
    for notice in notices:
        holds = all(_has(folded, terms) for terms in (*notice.needed, notice.ours))
        if holds and not _has(folded, notice.told):
            return notice
    return None


def _has(folded: str, terms: Iterable[str]) -> bool:
    return any(term in folded for term in terms)
