"""Alhurra, Virginia.

Evidence: public sources. An article's address (section, year, month, day, words) from public code of 2021; the
feed's from three public lists that agree: likely. The broadcaster has been cut since 2025, so the feed may be
silent.
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
