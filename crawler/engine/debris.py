"""What templates, plug-ins and scripts leave in a text for no reader; for the rules for pages and those for text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .wording import spaces_before

_PAIRED = r"(?:embed|gallery|audio|video|playlist|caption)"
#: WordPress's shortcodes (https://codex.wordpress.org/Shortcode): its own, page builders', any that has a value.
#: And «[ad_1]», which republishers' tools put where an advertisement was.
_SHORTCODE = re.compile(
    rf"\[({_PAIRED})\b[^\[\]\n]*\][^\[\]\n]{{0,300}}\[/\1\]"
    rf"|\[/?(?:{_PAIRED}|(?:vc|et_pb|wp)_[a-z_]+|[a-z]+_\d+|[a-z]+(?:[_-][a-z0-9]+)*\s[^\[\]\n=]*=[^\[\]\n]*)\s*/?\]"
)
#: A post or a film of another site by its address alone, where a script would have shown it.
_EMBED = re.compile(
    r"(?:https?://)?(?:www\.|m\.|mobile\.)?(?:youtube\.com/(?:watch|embed|shorts)|youtu\.be/|(?:twitter|x)\.com/\w+/status/"
    r"|pic\.(?:twitter|x)\.com/|instagram\.com/(?:p|reel|tv)/|tiktok\.com/@|facebook\.com/[\w.]+/(?:posts|videos)/"
    r"|vimeo\.com/\d|dailymotion\.com/video/)\S*"
)
#: How a style sheet begins.
_STYLE = re.compile(r"(?=[.#@*])(?:@[^{}]{1,200}\{)?[^{}]{1,200}\{[^{}:]*:[^{}]*\}")
_SCRIPT = re.compile(
    r"\badsbygoogle\b.{0,80}\bpush\(|\bgoogletag\.\w+|\b_taboola\b.{0,80}\bpush\(|\b(?:fbq|gtag|jwplayer)\(|\bdataLayer\.push\("
    r"|\bvar _gaq\b|\bdocument\.(?:write|getElementById|createElement)\("
)
#: What icons count («👍 35», «🕒 10:30»), and the numbers of a list's pages («1 2 3 … 10 Next»).
_COUNTED = re.compile(
    r"[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]+ ?\d[\d.,:]* ?(?:[kKmM]|min)?"
    r"|1 2 3(?: \d+| …| \.{3})*(?: [^\W\d]+| [»›>])?"
)
_PLACEHOLDER = re.compile(r"\{\{.*\}\}|\{%.*%\}|%%\w+%%|<!--.*-->|\[object Object\]|undefined|null|NaN")


def debris(text: str) -> Iterator[tuple[int, int]]:
    """The spans of a line or a paragraph that say nothing, with a space beside; one span where nothing else is left."""
    rest = _SHORTCODE.sub("", text).strip() if "[" in text else text
    if not rest or _says_nothing(text):
        yield 0, len(text)
    elif len(rest) < len(text):
        for found in _SHORTCODE.finditer(text):
            start, stop = found.span()
            yield spaces_before(text, start), stop if start else stop + text.startswith(" ", stop)


def _says_nothing(text: str) -> bool:
    if " " not in text:
        return bool(_EMBED.fullmatch(text) or _PLACEHOLDER.fullmatch(text))
    is_code = (text[-1] == "}" and _STYLE.match(text)) or (text[-1] in ";}" and _SCRIPT.search(text))
    return bool(is_code or _COUNTED.fullmatch(text) or (text[0] in "{<" and _PLACEHOLDER.fullmatch(text)))
