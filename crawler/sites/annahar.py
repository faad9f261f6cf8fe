"""Annahar, Beirut.

Evidence: public sources. An article's address (``/lebanon/342933/``) from a public page of 2026; the feed's is in
several public lists, others give other ones: likely.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="annahar",
    domains=("annahar.com",),
    language="ar",
    seeds=(
        Feed("https://www.annahar.com/rss"),
        Robots("https://www.annahar.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?annahar\.com/(?!Library)[\w-]+(/[\w-]+)*/\d{5,}(/|$|[?#])",
    country="LB",
    timezone="Asia/Beirut",
)
