"""HTML's elements: which are blocks, which hold a line of text, and what the walk does where one begins or ends."""

from __future__ import annotations

BLOCK_TAGS = frozenset(
    (
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section "
        "summary table tbody td tfoot th thead tr ul button label amp-img"
    ).split()
)
#: Elements whose text is one block, or the beginning of one.
TEXT_TAGS = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd td th figcaption blockquote summary label button".split())
#: Inline elements whose name says "caption" stand alone, as the <span class="caption"> after a picture does.
_CAPTION_TAGS = frozenset(["span", "em", "small", "i", "cite"])
#: What the walk does at a tag.
BLOCK, ALONE, BREAK, ANCHOR, IMAGE, HEAD, CUSTOM, CONTROL = range(1, 9)
SORTS_OF_TAGS = {
    **dict.fromkeys(BLOCK_TAGS, BLOCK),
    **dict.fromkeys(["button", "label"], CONTROL),
    **dict.fromkeys(_CAPTION_TAGS, ALONE),
    **dict.fromkeys(["meta", "link", "title", "time", "base"], HEAD),
    "br": BREAK,
    "a": ANCHOR,
    "img": IMAGE,
}
