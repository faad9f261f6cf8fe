"""CNN Arabic, Dubai and Atlanta.

Evidence: public sources. Article addresses (section, «article», year, month, day, words) from newspaper4k's README
(github.com/AndyTheFactory/newspaper4k, 2023) and from public apps of 2021 to 2026: sure. The feed's address from two
public lists (``/api/v1/rss/rss.xml``): likely.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="cnn_arabic",
    domains=("arabic.cnn.com",),
    language="ar",
    seeds=(
        Feed("https://arabic.cnn.com/api/v1/rss/rss.xml"),
        Robots("https://arabic.cnn.com/robots.txt"),
    ),
    article_url=r"^https?://arabic\.cnn\.com/[\w-]+/article/20\d\d/\d\d/\d\d/[^/?#]+",
    country="US",
    timezone="Asia/Dubai",
)
