"""Khabar Online, Tehran (Persian).

Evidence: a saved page (2020) with its address: sure. No feed is linked there, so the home page is the seed. The
engine gives the saved page exactly.
"""

from .site import Listing, Robots, Site

SITE = Site(
    name="khabaronline",
    domains=("khabaronline.ir",),
    language="fa",
    seeds=(
        Listing("https://www.khabaronline.ir/"),
        Robots("https://www.khabaronline.ir/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?khabaronline\.ir/news/\d+",
    country="IR",
    timezone="Asia/Tehran",
)
