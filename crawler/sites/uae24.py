"""24.ae, Abu Dhabi.

Evidence: public sources. Article addresses (``/article/``, number, words) from public pages of 2018 to 2024,
sections are ``/section/4/``; the feed's address from four public lists: sure.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="uae24",
    domains=("24.ae",),
    language="ar",
    seeds=(
        Feed("https://24.ae/rss.aspx"),
        Robots("https://24.ae/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?24\.ae/article/\d+",
    country="AE",
    timezone="Asia/Dubai",
)
