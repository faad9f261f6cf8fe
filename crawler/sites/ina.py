"""INA, the Iraqi News Agency, Baghdad.

Evidence: public sources. An article's address (``/ar/local/257365-2000.html``) and the listing ``/ar/local`` from
public pages of 2026; the feed's address is in three public lists, others give other ones: likely.
"""

from .site import Feed, Listing, Robots, Site

SITE = Site(
    name="ina",
    domains=("ina.iq",),
    language="ar",
    seeds=(
        Feed("https://www.ina.iq/rss.xml"),
        Listing("https://ina.iq/ar/local"),
        Robots("https://ina.iq/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?ina\.iq/ar/[\w-]+/\d+-[^/?#]+\.html",
    country="IQ",
    timezone="Asia/Baghdad",
)
