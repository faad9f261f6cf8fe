"""Arabi21, London.

Evidence: public sources. Article addresses (``/story/1602948/`` and words) from public pages of 2016 to 2026: sure.
The feed's address is in two public lists, another says ``/rss.xml``: likely, so the home page is a seed too.
"""

from .site import Feed, Listing, Robots, Site

SITE = Site(
    name="arabi21",
    domains=("arabi21.com",),
    language="ar",
    seeds=(
        Feed("https://arabi21.com/rss"),
        Listing("https://arabi21.com/"),
        Robots("https://arabi21.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?arabi21\.com/story/\d+",
    country="GB",
    timezone="Europe/London",
)
