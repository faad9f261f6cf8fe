"""Masrawy, Cairo.

Evidence: public sources. Article addresses (two sections, «details», year, month, day, number, words) from a saved
answer of NewsAPI (github.com/MAlazhariy/abdullah_mansour_flutter_course, 2021): sure. Public lists do not agree on a
feed, so the home page is the seed.
"""

from .site import Listing, Robots, Site

SITE = Site(
    name="masrawy",
    domains=("masrawy.com",),
    language="ar",
    seeds=(
        Listing("https://www.masrawy.com/"),
        Robots("https://www.masrawy.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?masrawy\.com/[\w-]+/[\w-]+/details/20\d\d/\d{1,2}/\d{1,2}/\d+",
    country="EG",
    timezone="Africa/Cairo",
)
