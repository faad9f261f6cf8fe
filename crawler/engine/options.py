"""Every threshold of the engine, in one place. Lengths are in characters unless they say words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..errors import OptionError


class Sureness(NamedTuple):
    """How sure a decision about a line of plain text must be, from 0 to 1, to take it out."""

    rules: float  # a rule's confidence
    labeller: tuple[float, float, float]  # the labeller's, where no, one or more others are boilerplate for sure


#: What ``Options.mode`` may be: which error is worse, a lost line or one too many.
MODES = {
    "precision": Sureness(0.7, (0.95, 0.6, 0.45)),
    "balanced": Sureness(0.6, (0.7, 0.5, 0.4)),
    "recall": Sureness(0.5, (0.5, 0.4, 0.3)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the engine may be told. The defaults never lose a sentence of the article knowingly."""

    mode: str = "precision"  # for documents without markup: one of MODES

    max_bytes: int = 10_000_000  # a larger page is a Rejection(TOO_LARGE)
    min_body_words: int = 20  # a shorter body is a Rejection(TOO_SHORT)
    interstitial_words: int = 200  # a longer one is an article, even where a robot check or a soft 404 begins like it

    listing_link_share: float = 0.5  # a body with more of it inside links is a Rejection(NOT_ARTICLE) …
    listing_prose: int = 1500  # … unless so much of it is running text: what to buy, with a link for each

    # content.py: what counts as prose, and when a container is the article
    prose_length: int = 60
    heading_length: int = 90  # a heading with a full stop that is so long is a paragraph
    lead_length: int = 50  # a block named "lead" above the article is one from this length on
    text_length: int = 40  # beside the article this much is text of it, too
    prose_link_share: float = 0.35
    descend_share: float = 0.8  # a child with this share of its parent's prose is the better root
    split_share: float = 0.05  # boxes of the child's name beside it with this share of the prose: the body is split
    named_share: float = 0.7  # the same where the child's name says "article body"
    body_share: float = 0.3  # the only box that says "article body" is believed with this share of the page's prose
    rival_share: float = 0.3  # another one with this share of its prose makes it two
    box_share: float = 0.45  # a named box with more of the page's prose is no boilerplate box

    # block_rules.py: what counts as a line, a headline, a list of links
    line_length: int = 160
    headline_words: tuple[int, int] = (4, 22)
    link_line_share: float = 0.7
    finished_share: float = 0.7  # share of paragraphs that must end in a full stop
    story_length: int = 400  # with so much prose a story can be over, and the next one begin
    value_length: int = 220  # a label's value («المصدر: …») that is longer is a sentence

    # labels.py: from which probability of being body on
    keep_from: float = 0.45  # a block that no rule took stays
    between_from: float = 0.3  # … and one that looks like the two paragraphs of the article around it
    lead_from: float = 0.35  # … and a first paragraph that is called a lead, or stands right under the headline
    restore_from: float = 0.6  # a block that a rule took by its shape comes back

    # text.py: documents without markup
    sure_from: float = 0.85  # a line that is boilerplate for sure makes the doubtful ones likelier

    def __post_init__(self) -> None:
        """Raises OptionError where the mode is none."""
        if self.mode not in MODES:
            raise OptionError(f"mode={self.mode!r}: one of {', '.join(MODES)}")


DEFAULT = Options()
