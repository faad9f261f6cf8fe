"""Sputnik Arabic, Moscow.

Evidence: a saved page (2020), with its address and its link to the feed ``/export/rss2/archive/index.xml``: sure.
Public lists of 2025 and 2026 have the same feed at sputnikarabic.ae (github.com/Ilyasslamti/yaqeen-agent,
manadger_lib.py): likely. Its public page of February 2026 is at sarabic.ae (``/20260222/``, words,
``-1110623140.html``): sure; that sputnikarabic.ae names articles alike is a guess. The engine gives the saved page
exactly; the lead stands outside ``div.b-article__text``, so that is no selector.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="sputnik_arabic",
    domains=("sputnikarabic.ae", "sarabic.ae", "arabic.sputniknews.com"),
    language="ar",
    seeds=(
        Feed("https://sputnikarabic.ae/export/rss2/archive/index.xml"),
        Robots("https://sputnikarabic.ae/robots.txt"),
    ),
    article_url=(
        r"^https?://(arabic\.sputniknews\.com/[\w-]+/20\d{10,}"
        r"|(sputnikarabic|sarabic)\.ae/20\d{6}/[^/?#]+-\d+\.html)"
    ),
    country="RU",
    timezone="Europe/Moscow",
)
