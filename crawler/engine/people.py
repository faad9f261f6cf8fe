"""Authors: people, not outlets, from JSON-LD, meta tags and bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .blocks import Outline, Piece
from .folding import fold
from .markup import attributes, unescape

_NAME_SPLIT = re.compile(
    r"\s*(?:,|،|、|;|\||/|•|·|\s+and\s+|\s+et\s+|\s+und\s+|\s+&\s+|\s+y\s+(?=[A-Z])|\s+e\s+(?=[A-Z])|\s+و(?=\S+ \S))\s*"
)
_BY = re.compile(
    r"^(?:(?:(?:(?:text|words|story|reporting|(?:more |all )?(?:stories|posts|articles)) )?by|"
    r"von|par|por|di|door|av|autor(?:en|in)?|authors?|written by|кем|автор|מאת|penulis|yazar|haber|"
    r"كتبت?|بقلم|بواسطة|إعداد|نوشته|تحریر|írta|napisała?|escrito por|écrit par|scritto da|redigido por|"
    r"geschrieben von|geschreven door|skriven av|skrevet av|текст|автори|авторы|γράφει(?: [οη])?)(?:\s*:\s*|\s+)|"
    r"(?:text|tekst|oleh|nga|af|szerző)\s*:\s*)",
    re.IGNORECASE,
)
#: What follows the name in a byline: "By Jane Doe Published 4 May", "Written by Jane Doe in Business on 4 May".
_AFTER_NAME = re.compile(
    r"[\s,|/–—-]+(?:\w{3,9}\.? \d{1,2}, \d|(?:le |el |em |il |den )?\d(?!\d?, \d)|@|"
    r"(?:published|posted|updated|last|publié|mis|veröffentlicht|publicado|actualizado|in|on|at|am|um|في|نشر|بتاريخ|منذ|آخر)\s|"
    r"ال(?:سبت|أحد|احد|اثنين|إثنين|ثلاثاء|أربعاء|اربعاء|خميس|جمعة)\W+\d).*",
    re.IGNORECASE,
)
_BARS = re.compile(r"\s+[|•·]\s+")  # "25.04.24 | 14:07 | Von Jane Doe"
#: "Jane Doe (jd)", «김하늘 기자»
_INITIALS = re.compile(r"\s*\([^()]{1,30}\)\.?$|(?<=[가-힣]) (?:선임|수습|전문|객원)?기자$")
_TWICE = re.compile(r"^(.{3,}) \1\Z")  # a picture's text and the name under it
_BYLINE_WORDS = 7
_LONGEST_CREDITS = 60
_ROLES = (
    "记者|記者|编辑|編輯|责编|責編|作者|撰文|采写|採寫|文|摄影|攝影|摄像|校对|校對|审核|審核|审校|监制|監製|统筹|統籌|通讯员|通訊員|实习生|實習生|撰稿|编译|編譯|"
    "翻译|翻譯|制图|製圖|出品|策划|主编|主編|图|圖"
)
_HAN = "[一-鿿·]{2,6}"
_DID = rf"[一-鿿]{{0,6}}(?:{_ROLES})(?:报道|報導|整理)?[\s:：/／]+{_HAN}(?:[\s、，,/／]+{_HAN}){{0,4}}"
_CREDITS = re.compile(
    rf"(?![（【][一-鿿]*编辑)\W{{0,2}}(?:{_DID}(?:[\s|｜丨，,、;；]+{_DID}){{0,5}}|(?:記者|记者)[一-鿿]{{2,4}}[／/][一-鿿]{{2,6}})\W{{0,2}}"
)
_LONGEST_NAME = 50
_LONGEST_BYLINE = 80  # characters; a longer block that ends like a sentence is prose
_CJK = "\u3400"  # from here on scripts write names in two characters
_BEFORE_HEADLINE, _AFTER_PARAGRAPH = 6, 2  # how far from the headline and the first paragraph a byline stands
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:es|en|in)?|auteurs?|autore|staff|people|profiles?|writers?|contributors?|columnists?|"
    r"reporters?|journalists?|editors?|by|redaktion|redakteure?|person|yazar(?:lar)?|penulis|kateb|كاتب|كتاب)/[^/?#]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\w\.(?:com|de|org|net|at|ch|fr|es|it|uk|info|tv|is|se|no|nl|be|co)\b", re.IGNORECASE)
#: What people do, and what they write for.
_NO_NAME = re.compile(
    r"\b(?:writers?|editors?|editorial|reporters?|correspondents?|authors?|staff|officer|head of|directors?|"
    r"contribut\w+|columnists?|photograph\w+|sponsored|president|newsroom|news|gazette|tribune|journal|magazine|media|"
    r"agency|associated press|press|network|bureau|desk|team|updated|published|special to|opinion|guest|podcast|"
    r"ediciones|éditions|"
    r"learn more|read more|see more|auteure?s?|autore?s?|"
    r"redakt\w*|redac\w+|гость|редакц\w+|rédac\w+|korrespondent\w*|zeitung|nachrichten|agentur|quelle|journaliste?\w*|periodista|"
    r"ph\.?d|corresponsal|muhabir\w*|editör\w*|reuters|afp|dpa|efe|ansa|tass|xinhua)\b"
    r"|مراسل|محرر|تحرير|صحفي|صحافي|الكاتب|وكال|شبكة|قناة|موقع|صحيفة|جريدة|رويترز|فرانس برس|الأناضول|سبوتنيك",
    re.IGNORECASE,
)
#: Buttons beside a name.
_BUTTON = re.compile(
    r"^(?:close|print|e-?mail|bio|biography|(?:rss |news )?feed|rss|طباعة|إرسال|ارسال|مشاركة|記者ページ|プロフィール|"
    r"(?:more|read|view|about|follow|contact|all|our|are|meet|share|subscribe|المزيد|جميع|كل|عرض|تابع|تابعوا|راسل|نبذة|عن)"
    r"\b.*|ver m[aá]s.*|"
    r"(?:leer m[aá]s|ler mais|lire|voir|mehr|alle|weitere|todos los|todas las|scopri|leggi|vedi|lees)\b.*)$",
    re.IGNORECASE,
)
#: Words beside a name that are none: a weekday, who looks after the site, "Article by", the end of a sentence.
_NO_WHOLE_NAME = re.compile(
    r"^(?:(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\.|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:\w+ )?admin\w*|"
    r"web ?master|super ?user|edit|i['’]m on .*|.* (?:by|von|par|por|door|av)|(?-i:.*[a-zß-ÿ]{4}\.))$",
    re.IGNORECASE,
)
_NOT_IN_NAMES = re.compile(r"[\d:：@]")
_PARTICLES = frozenset("de del della di da du van von der den el al ibn bin la le dos".split())
_PAPER = re.compile(
    r"^(?:the|daily|new|financial|washington|los)\b.*\b(?:times|post|telegraph|herald|chronicle|observer|guardian|"
    r"weekly|star|sun|mail|globe|telegram)$",
    re.IGNORECASE,
)


def json_authors(value: Any) -> list[str]:
    """The names of a JSON-LD ``author``, organisations left out."""
    entries = value if isinstance(value, list) else [value]
    names = []
    for entry in entries:
        if isinstance(entry, dict) and "Organization" in str(entry.get("@type")):
            continue
        name = entry.get("name") or _given_and_family(entry) if isinstance(entry, dict) else entry
        names += [n for n in (name if isinstance(name, list) else [name]) if isinstance(n, str)]
    return names


def _given_and_family(person: dict[str, Any]) -> str:
    """The parts of a schema.org Person's name."""
    parts = (person.get("givenName"), person.get("familyName"))
    return " ".join(part for part in parts if isinstance(part, str))


def is_byline(text: str) -> bool:
    """Whether a block is a byline by its words: «كتبت أسماء نصار», "By Jane Doe"."""
    found = _BY.match(text)
    if found is None:
        return False
    rest = text[found.end() :]
    name_like = rest[:1].isupper() or "\u0620" <= rest[:1] <= "\u06ff"
    return name_like and len(text.split()) <= _BYLINE_WORDS and not text.endswith((".", "!", "?", "؟", "।", ":", "،"))


def is_credits(text: str) -> bool:
    """Whether a Chinese line is nothing but who did what: «编辑 张明 校对 李丽», «記者張明／台北報導»."""
    return len(text) <= _LONGEST_CREDITS and _CREDITS.fullmatch(text) is not None


def _without_rest(text: str) -> str:
    return _AFTER_NAME.sub("", text[:_LONGEST_BYLINE]) if _BY.match(text) else text


def bylines(outline: Outline, first: int) -> Iterator[list[str]]:
    """Names beside the headline, the surest first: links to author pages, microdata, boxes named as bylines,
    blocks that begin like one. ``first`` is the first paragraph.
    """
    begin = max(0, outline.headline_or(first) - _BEFORE_HEADLINE)
    near = outline.pieces[begin : first + _AFTER_PARAGRAPH]
    links = [(link, piece.finished and len(piece.text) > _LONGEST_BYLINE) for piece in near for link in piece.links]
    yield [
        link.text
        for link, in_prose in links
        if "author" in link.rel.split() or (not in_prose and _AUTHOR_PAGE.search(link.href))
    ]
    yield list(_microdata(outline))
    named = _in_byline_boxes(outline)
    beside = [outline.pieces[at] for at in named if begin <= at < first + _AFTER_PARAGRAPH]
    yield [name for piece in beside for name in ([link.text for link in piece.links] or [piece.text])]
    texts = [part for piece in near if piece.kind != "heading" for part in _BARS.split(piece.text)]
    yield [text for text in map(_without_rest, texts) if is_byline(text)][:1]
    anywhere = [outline.pieces[at] for at in named[:3] if not _in_other_article(outline, at, first)]
    yield [name for piece in anywhere for name in ([link.text for link in piece.links] or [piece.text])]


def _in_byline_boxes(outline: Outline) -> list[int]:
    """The short pieces in or right under a box named as a byline, outside comments."""
    if all(box.look.kind != "byline" for box in outline.boxes):
        return []
    return [at for at, piece in enumerate(outline.pieces) if _is_name_in_box(outline, piece)]


def _is_name_in_box(outline: Outline, piece: Piece) -> bool:
    if len(piece.text) > _LONGEST_NAME + 10 or all(look.kind != "byline" for look in outline.looks(piece.box, 3)):
        return False
    return all(outline.boxes[box].look.kind != "comments" for box in outline.chain(piece.box))


def _in_other_article(outline: Outline, at: int, first: int) -> bool:
    """Whether a piece stands in an <article> that the first paragraph is not in: a teaser of another story."""
    chain = [outline.boxes[box] for box in outline.chain(outline.pieces[at].box)]
    return any(box.look.tag == "article" and not box.holds(first) for box in chain)


def _microdata(outline: Outline) -> Iterator[str]:
    """``itemprop=author``: its own text, or that of the ``itemprop=name`` inside."""
    waiting = False
    for element in [element for element in outline.elements if "itemprop" in element.written]:
        properties = attributes(element.written).get("itemprop", "").lower().split()
        text = " ".join(unescape(element.text).split())
        if "author" in properties or (waiting and "name" in properties):
            waiting = not text
            if text:
                yield text


def people(names: Iterable[str], outlets: set[str]) -> tuple[str, ...]:
    """The names that can be people: split, without «By», addresses, roles, outlets and repeats."""
    unwanted = {fold(name) for name in outlets}
    found: dict[str, str] = {}
    for name in names:
        plain = _BY.sub("", " ".join(name.split()))
        parts = _NAME_SPLIT.split(plain)
        no_names = "://" in plain or _PAPER.search(plain) or _ADDRESS.search(parts[0])
        if no_names or fold(plain) in unwanted:
            continue
        for part in parts:
            person = _BY.sub("", _INITIALS.sub("", part)).strip(" |-–—*")
            person = _TWICE.sub(r"\1", person)
            person = person if "(" in person else person.rstrip(")）")
            if _is_person(person) and fold(person) not in unwanted:
                found.setdefault(fold(person), person)
    return tuple(found.values())


def _is_person(name: str) -> bool:
    """By its letters alone: a name begins with one, has no digits, and a capital where its script has them."""
    shortest = 2 if name[:1] >= _CJK else 3
    if not shortest <= len(name) <= _LONGEST_NAME or not name[0].isalpha() or _NOT_IN_NAMES.search(name):
        return False
    small = name[0].islower() and (name == name.lower() or name.split(maxsplit=1)[0] not in _PARTICLES)
    if small or _BY.fullmatch(f"{name}: "):
        return False
    return not any(rule.search(name) for rule in (_NO_NAME, _BUTTON, _NO_WHOLE_NAME, _PAPER, _ADDRESS))
