"""Al-Ghad, Amman.

Evidence: public sources. Article addresses (``/Section-170/``, a category, words) from public pages of 2026; the
feed's is in several public lists, others say ``/rss``: likely.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="alghad",
    domains=("alghad.com",),
    language="ar",
    seeds=(
        Feed("https://alghad.com/feed/"),
        Robots("https://alghad.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?alghad\.com/Section-\d+/[^/?#]+/[^/?#-]+(-[^/?#-]+){2,}",
    country="JO",
    timezone="Asia/Amman",
)
