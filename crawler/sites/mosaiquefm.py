"""Mosaïque FM, Tunis.

Evidence: public sources. Article addresses (section, number, words) from a saved answer of NewsAPI
(github.com/MAlazhariy/abdullah_mansour_flutter_course, news_data.dart, 2021): sure. No feed is known, so the Arabic
home page is the seed.
"""

from .site import Listing, Robots, Site

SITE = Site(
    name="mosaiquefm",
    domains=("mosaiquefm.net",),
    language="ar",
    seeds=(
        Listing("https://www.mosaiquefm.net/ar/"),
        Robots("https://www.mosaiquefm.net/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?mosaiquefm\.net/ar/[^/?#]+/\d{5,}/[^/?#]+",
    country="TN",
    timezone="Africa/Tunis",
)
