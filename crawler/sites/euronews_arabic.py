"""Euronews in Arabic, Lyon.

Evidence: public sources. Article addresses (year, month, day, words) from a crawl of 2019
(github.com/motazsaad/Arabic-News, data/2019/04/09/arabic.euronews.com) and public apps of 2021: sure. The feed's
address from many public lists: sure. A page of 2020 that was looked at has all letters as numeric references and
``div.c-article-content`` around the text; the scorer finds it.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="euronews_arabic",
    domains=("arabic.euronews.com",),
    language="ar",
    seeds=(
        Feed("https://arabic.euronews.com/rss"),
        Robots("https://arabic.euronews.com/robots.txt"),
    ),
    article_url=r"^https?://arabic\.euronews\.com/20\d\d/\d\d/\d\d/[^/?#]+",
    country="FR",
    timezone="Europe/Paris",
)
