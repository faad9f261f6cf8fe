"""Rules for what says who wrote an article, where and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import date_lines
from .draft import Cut, Draft
from .folding import fold
from .people import is_byline, is_credits
from .wording import is_signature

_NAME_WORDS = 5  # «سالم محمود – الواحة», "Jane Doe, Staff writer"
_LAST_BLOCKS = 3  # that say who the author is
_ABOUT = 500  # characters of such a block
_BEFORE_NAME = 20  # «Korrespondent Ulrich …», "• Peter …"
#: A name, what its bearer does, and nobody else's: "Jane Doe is a senior reporter at …", «سالم محمود صحفي من الواحة».
_NAME = r"[^\W\d_a-zß-ÿ][\w'’-]+(?: (?:[A-Z]\.|al-|bin|ben|de|da|del|della|van|von|der|den|el|le|la))*"
_WORK = re.compile(
    rf"\W{{0,3}}(?P<name>{_NAME}(?: {_NAME}){{1,3}})(?:, \w+,)? (?:"
    r"(?:is|was) (?:an?|the|our) (?:[\w'’/-]+ ){0,6}?"
    r"(?:reporter|correspondent|editor|writer|journalist|columnist|contributor|commentator|broadcaster|fellow|freelancer)\b"
    r"|(?:covers|writes|reports) (?:about |on |for )?\w+"
    r"|ist (?:[\w-]+ ){0,4}?(?:Redakteur|Journalist|Korrespondent|Reporter|Kolumnist|Autor|Volontär)(?:in)?\b"
    r"|(?:schreibt|berichtet|arbeitet) (?:als|für|über|seit|bei|im|in)\b"
    r"|est (?:[\w'’-]+ ){0,3}?(?:journaliste|rédact\w+|correspondante?|chroniqueu\w+|éditorialiste|reporter)\b"
    r"|es (?:[\w-]+ ){0,3}?(?:periodista|redactora?|corresponsal|editora?|columnista|reporter[oa])\b"
    r"|é (?:[\w-]+ ){0,3}?(?:jornalista|repórter|editora?|colunista|correspondente)\b"
    r"|è (?:[\w'’-]+ ){0,3}?(?:giornalista|redattor\w+|corrispondente|cronista|editorialista)\b)"
    r"|(?P<arabic>[ء-ي]+ [ء-ي]+(?: [ء-ي]+)?) (?:صحفي|صحافي|كاتب|باحث|محرر|مراسل|إعلامي)ة?\b"
    r"(?!.*\b(?:قال|أكد|أضاف|ذكر|أوضح)ت?\b)"
)
_DASHES = ("—", "–", "―", " -")
_DATELINE_WORDS = 8
_DATE_WORDS = 5  # weekday, two names of a month, evening
_LETTERS = re.compile(r"[^\W\d_]+")


def byline(draft: Draft) -> Iterator[Cut]:
    """A short block before the second paragraph or after the last that begins like a byline («كتبت أسماء نصار», "By
    Jane Doe"), names who did what («编辑 张明 校对 李丽»), or, after the last, is nothing but a signature (an e-mail
    address, a handle, «jr/kb (afp, dpa)»).
    """
    prose = draft.paragraphs()
    if prose:
        inside = _inside(prose)
        for at in draft.open():
            text = draft.pieces[at].text
            if at not in inside and (is_byline(text) or is_credits(text) or (at >= inside.stop and is_signature(text))):
                yield Cut(at)


def _inside(prose: list[int]) -> range:
    """From the second paragraph to the last: what stands there is no byline and no date of the article."""
    return range(prose[:2][-1], prose[-1] + 1)


def author(draft: Draft) -> Iterator[Cut]:
    """The name of an author, with a role or a place at most, before the second paragraph or after the last; what begins
    with it above the second paragraph in an element named as a byline and is called a summary; and the last few blocks,
    where they begin with it and no paragraph names the author («سالم محمود كاتب من الواحة»), or with a name that no
    paragraph has and what its bearer writes ("Jane Doe is a reporter at …").
    """
    names = [fold(name) for name in draft.article.authors if " " in name] if draft.article else []
    names += _writers(draft)
    prose = draft.paragraphs()
    if names and prose:
        inside = _inside(prose)
        said = {at: draft.folded(at) for at in draft.standing()}
        alone = [at for at, text in said.items() if _is_name(text, names) and not draft.finished(at)]
        yield from (Cut(at) for at in alone if at not in inside)
        boxed = [at for at in draft.open() if at < inside.start and draft.kind_around(at) == "byline"]
        called = [at for at in boxed if draft.is_lead(at)]
        yield from (Cut(at) for at in called if draft.folded(at).startswith(tuple(names)))
        yield from map(Cut, _about(said, names, prose))


def _writers(draft: Draft) -> Iterator[str]:
    """The folded names of whom the last blocks say that they write."""
    for at in draft.standing()[-_LAST_BLOCKS:]:
        if found := _WORK.match(draft.pieces[at].text[:_ABOUT]):
            yield fold(found["name"] or found["arabic"])


def _is_name(text: str, names: list[str]) -> bool:
    return len(text.split()) <= _NAME_WORDS and text.startswith(tuple(names))


def _about(said: dict[int, str], names: list[str], prose: list[int]) -> Iterator[int]:
    """The last blocks that say who one of the authors is, from the last one up."""
    for at in reversed(list(said)[-_LAST_BLOCKS:]):
        name = next((name for name in names if 0 <= said[at].find(name) <= _BEFORE_NAME), None)
        if name is None or len(said[at]) > _ABOUT or at <= _inside(prose).start:
            return
        if any(name in said[other] for other in prose if other < at):
            return
        yield at


def dateline(draft: Draft) -> Iterator[Cut]:
    """A few words above the first paragraph that end with a dash («New York CNN —», «القاهرة (رويترز) –»)."""
    first = next(iter(draft.paragraphs()), 0)
    for at in draft.open():
        if at >= first:
            return
        piece = draft.pieces[at]
        if piece.text.endswith(_DASHES) and piece.kind == "paragraph" and len(piece.text.split()) <= _DATELINE_WORDS:
            yield Cut(at)


def date(draft: Draft) -> Iterator[Cut]:
    """A short block that says nothing but when («20.11.2026», «10:30», «Updated 3 hours ago»), before the second
    paragraph or after the last; two in a row are a programme.
    """
    prose = draft.paragraphs()
    if prose:
        inside = _inside(prose)  # a timeline has its dates between paragraphs
        around = [at for at in draft.standing() if at not in inside]
        found = [at for at in around if _is_date(draft, at)]
        yield from (Cut(at) for at in found if at - 1 not in found and at + 1 not in found)


def _is_date(draft: Draft, at: int) -> bool:
    text = draft.pieces[at].text
    if draft.pieces[at].kind != "paragraph" or "@" in text or not draft.phrases.is_date(text):
        return False
    values = map(draft.phrases.undated, date_lines.parts(text))
    return max(len(_LETTERS.findall(value)) for value in values) <= _DATE_WORDS
