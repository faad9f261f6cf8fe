"""Sputnik Arabic, Moscow.

Evidence: a saved page (2020), with its address and its link to the feed ``/export/rss2/archive/index.xml``. The
domain is another one today: sputnikarabic.ae with the same feed stands in public lists (2025, 2026): likely. The
engine gives the saved page exactly; ``div.b-article__text`` has not the lead, so it is no selector.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="sputnik_arabic",
    domains=("sputnikarabic.ae", "arabic.sputniknews.com"),
    language="ar",
    seeds=(
        Feed("https://sputnikarabic.ae/export/rss2/archive/index.xml"),
        Robots("https://sputnikarabic.ae/robots.txt"),
    ),
    article_url=r"^https?://(sputnikarabic\.ae|arabic\.sputniknews\.com)/([\w-]+/20\d{10,}|20\d{6}/)[^/?#]*",
    country="RU",
    timezone="Europe/Moscow",
)
