"""Alhurra, Virginia, which stopped broadcasting in April 2025 (https://www.sawt-alasima.net/news/76197).

Evidence: the feed's address from two readers' lists (github.com/Ilyasslamti/yaqeen-agent, manadger_lib.py;
github.com/mrrashedy/sada-app, functions/api/feeds.js): likely. Articles (section, year, month, day, words) and those
of before (``/a/``, words, number) from one address each in public code that the index does not name, the first of
2021: likely.
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
    article_url=r"^https?://(www\.)?alhurra\.com/(a/[^/?#]+/\d+\.html|[\w-]+/20\d\d/\d\d/\d\d/[^/?#]+)",
    country="US",
    timezone="America/New_York",
)
