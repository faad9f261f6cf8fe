"""Sada El-Balad (elbalad.news), Cairo.

Evidence: a public copy of its home page (github.com/silverfoxy/JSCryptoMinerStudy, pagesource/elbalad.news, 2018),
which links to the feed ``/rss.aspx``; articles are a number, sections ``/list/1``: sure. Addresses of its public
pages have the same form in 2016 and 2026: sure.
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
