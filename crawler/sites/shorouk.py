"""Al-Shorouk, Cairo.

Evidence: public sources. Article addresses from a saved answer of newsdata.io
(github.com/KhaledAbdulBaset/flutter_news-x, lib/api.dart, 2023) and of 2025: sure. ``/Economy`` is a listing of
another crawler; public lists do not agree on a feed, so there is none.
"""

from .site import Listing, Robots, Site

SITE = Site(
    name="shorouk",
    domains=("shorouknews.com",),
    language="ar",
    seeds=(
        Listing("https://www.shorouknews.com/"),
        Listing("https://www.shorouknews.com/Economy"),
        Robots("https://www.shorouknews.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?shorouknews\.com/news/view\.aspx\?.*\bid=[\w-]+",
    country="EG",
    timezone="Africa/Cairo",
)
