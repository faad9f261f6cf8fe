"""Al-Quds Al-Arabi, London.

Evidence: the feed's address from two readers' lists (github.com/mrrashedy/sada-app, functions/api/feeds.js;
github.com/Ilyasslamti/yaqeen-agent, manadger_lib.py), WordPress by a public copy of its home page
(github.com/silverfoxy/JSCryptoMinerStudy, pagesource/alquds.co.uk, 2018), where articles are ``/?p=`` and a number:
sure. Articles of today (words alone) from one address in a saved answer of a news service: the pattern takes one step
of words with hyphens: likely.
"""

from .site import Feed, Site

SITE = Site(
    name="alquds_alarabi",
    domains=("alquds.co.uk",),
    language="ar",
    seeds=(Feed("https://www.alquds.co.uk/feed/"),),
    article_url=r"^https?://(www\.)?alquds\.co\.uk/(\?p=\d+|[^/?#-]+(-[^/?#-]+){3,}/?([?#]|$))",
    country="GB",
    timezone="Europe/London",
)
