"""Sada El-Balad (elbalad.news), Cairo.

Evidence: public sources. Article addresses (a number) from public pages of 2016 to 2026: sure. The feed's address
from two public lists: likely.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="elbalad",
    domains=("elbalad.news",),
    language="ar",
    seeds=(
        Feed("https://www.elbalad.news/rss.aspx"),
        Robots("https://www.elbalad.news/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?elbalad\.news/\d{5,}",
    country="EG",
    timezone="Africa/Cairo",
)
