"""Al-Quds Al-Arabi, London.

Evidence: public sources. The feed's address from many public lists, WordPress by its ``wp-content``: sure. An
article's address (words alone) from a saved answer of a news service: the pattern takes one step of words with
hyphens: likely.
"""

from .site import Feed, Site

SITE = Site(
    name="alquds_alarabi",
    domains=("alquds.co.uk",),
    language="ar",
    seeds=(Feed("https://www.alquds.co.uk/feed/"),),
    article_url=r"^https?://(www\.)?alquds\.co\.uk/[^/?#-]+(-[^/?#-]+){3,}/?([?#]|$)",
    country="GB",
    timezone="Europe/London",
)
