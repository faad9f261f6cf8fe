"""Young Journalists Club, Tehran (Persian).

Evidence: a saved page (2020) with its address and its link to the feed ``/fa/rss/allnews``: sure. The engine gives
the saved page exactly.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="yjc",
    domains=("yjc.ir",),
    language="fa",
    seeds=(
        Feed("https://www.yjc.ir/fa/rss/allnews"),
        Robots("https://www.yjc.ir/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?yjc\.ir/fa/news/\d+",
    country="IR",
    timezone="Asia/Tehran",
)
