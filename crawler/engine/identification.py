"""Which language a text is written in, by CLD3 (gcld3, kept: compiled, 0.15 ms a page and no memory to speak of, where
py3langid, as right as this one, takes 1.3 ms and 100 MB). Pages that call a German text English are many: themes do.
"""

from __future__ import annotations

import re

import gcld3

_READ = (300, 1000)  # characters: most texts are told by a few sentences
_LEAST_BYTES = 60
_SURE = 0.95
_CLD3 = gcld3.NNetLanguageIdentifier(min_num_bytes=_LEAST_BYTES, max_num_bytes=4 * _READ[-1])
#: What it can tell: a page in another language («oc», «ckb») is not told by it that it is written in one of these.
_KNOWN = frozenset(
    (
        "af am ar bg bn bs ca ceb co cs cy da de el en eo es et eu fa fi fil fr fy ga gd gl gu ha haw he hi hmn hr "
        "ht hu hy id ig is it ja jv ka kk km kn ko ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my nb ne nl nn no "
        "ny pa pl ps pt ro ru sd si sk sl sm sn so sq sr st su sv sw ta te tg th tr uk ur uz vi xh yi yo zh zu"
    ).split()
)
#: Too near each other to correct a page by a few sentences.
_KIN = tuple(map(frozenset, (["no", "nb", "nn"], ["sr", "hr", "bs"], ["id", "ms"], ["gl", "pt"], ["cs", "sk"])))
_NEWER = {"iw": "he"}  # ISO 639 codes that were replaced


def identified(text: str) -> str | None:
    """The language (ISO 639) that a text's beginning is surely written in; ``None`` for a few words."""
    for length in _READ:
        found = _CLD3.FindLanguage(text=text[:length])
        if found.is_reliable and found.probability >= _SURE and "-" not in found.language:  # «ru-Latn»: transliterated
            return str(_NEWER.get(found.language, found.language))
        if len(text) <= length:
            break
    return None


def contradicts(text_language: str | None, declared: str) -> bool:
    """Whether a text is so surely in another language that the page is wrong about it."""
    if text_language is None or declared not in _KNOWN or text_language == declared:
        return False
    return not any({text_language, declared} <= kin for kin in _KIN)


def primary(tag: str | None) -> str:
    """The language that a tag names, without script and region: «zh» of «zh-Hant-TW» (RFC 5646, 2.2.1) and of «zh_TW»,
    as Open Graph has it; empty where there is none.
    """
    return re.split("[-_]", (tag or "").lower())[0]
