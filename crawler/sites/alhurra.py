"""Alhurra, Virginia.

Evidence: public sources. An article's address (section, year, month, day, words) from public code that names a page
of 2021. Lists give more than one address for a feed; this one is in three of them: unsure.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="alhurra",
    domains=("alhurra.com",),
    language="ar",
    seeds=(
        Feed("https://www.alhurra.com/rss"),
        Robots("https://www.alhurra.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?alhurra\.com/[\w-]+/20\d\d/\d\d/\d\d/[^/?#]+",
    country="US",
    timezone="America/New_York",
)
