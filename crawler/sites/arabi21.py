"""Arabi21, London.

Evidence: its own public pages of 2016 to 2026, by their addresses (https://arabi21.com/story/1602948/, a number and
words), and a public listing (https://arabi21.com/stories/s/293/0/ and words, 2022): sure. The feed's address from a
reader's list (github.com/Ilyasslamti/yaqeen-agent, manadger_lib.py); github.com/elgammalqa/fyi_32oct
(arabic/feed.php, 2019) has ``/feed``: likely, so the home page is a seed too.
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
