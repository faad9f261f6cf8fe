"""What a newer version of a story changes. Values in, values out."""

from __future__ import annotations

import json
import zlib
from difflib import SequenceMatcher

from crawler.items import Article, Change


def pack(article: Article) -> bytes:
    """The words of an article as the state keeps them."""
    return zlib.compress(json.dumps([article.headline, article.body], ensure_ascii=False).encode(), level=1)


def unpack(words: bytes) -> tuple[str | None, str]:
    """Headline and body of what ``pack`` made."""
    headline, body = json.loads(zlib.decompress(words))
    return headline, body


def changes(headline: str | None, body: str, article: Article) -> tuple[Change, ...]:
    """From an earlier headline and body to the article: paragraphs that came, went or were rewritten, in order."""
    found = []
    if headline != article.headline:
        found.append(Change(field="headline", before=headline, after=article.headline))
    old, new = body.split("\n\n"), article.body.split("\n\n")
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            before, after = "\n\n".join(old[a:b]), "\n\n".join(new[c:d])
            found.append(Change(field="body", before=before or None, after=after or None))
    return tuple(found)
