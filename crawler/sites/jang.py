"""Jang, Karachi (Urdu).

Evidence: a saved live blog (2026, shortened by those who saved it) with its address and that of an article in it
(``/news/1597295``): sure. Of a live blog the engine takes the newest entry. No feed is linked there, so the home page
is the seed.
"""

from .site import Listing, Robots, Site

SITE = Site(
    name="jang",
    domains=("jang.com.pk",),
    language="ur",
    seeds=(
        Listing("https://jang.com.pk/"),
        Robots("https://jang.com.pk/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?jang\.com\.pk/(news/\d+|liveblog/\d+)",
    country="PK",
    timezone="Asia/Karachi",
)
