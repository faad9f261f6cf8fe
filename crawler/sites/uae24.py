"""24.ae, Abu Dhabi.

Evidence: a public copy of its home page (github.com/silverfoxy/JSCryptoMinerStudy, pagesource/24.ae, 2018), whose
state names articles ``/article/``, number, words, and sections ``/section/4/`` and words: sure. Addresses of its
public pages have the same form until 2024: sure. The feed's address from a reader's list
(github.com/mrrashedy/sada-app, functions/api/feeds.js): sure.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="uae24",
    domains=("24.ae",),
    language="ar",
    seeds=(
        Feed("https://24.ae/rss.aspx"),
        Robots("https://24.ae/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?24\.ae/article/\d+",
    country="AE",
    timezone="Asia/Dubai",
)
