"""Al-Ghad, Amman.

Evidence: a public copy of its home page (github.com/silverfoxy/JSCryptoMinerStudy, pagesource/alghad.com, 2018):
articles are ``/articles/``, number, words, sections ``/categories/``: sure. Articles of today (``/Section-170/``, a
category, words) from the addresses of its public pages of 2026: sure. Public lists have ``/feed/`` or ``/rss`` as its
feed: unsure.
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
    article_url=r"^https?://(www\.)?alghad\.com/(articles/\d+|Section-\d+/[^/?#]+/[^/?#-]+(-[^/?#-]+){2,})",
    country="JO",
    timezone="Asia/Amman",
)
