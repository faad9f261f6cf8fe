"""Annahar, Beirut.

Evidence: its own public pages of 2021 to 2026, by their addresses
(https://annahar.com/arabic/section/76-سياسة/312177/ and words, also a time for the number;
https://www.annahar.com/lebanon/342933/ today): sure. The feed's address is in several public lists that the index
does not name, others give other ones: unsure.
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
    article_url=r"^https?://(www\.)?annahar\.com/(?!Library/)[^/?#]+(/[^/?#]+)*/\d{5,}(/|$|[?#])",
    country="LB",
    timezone="Asia/Beirut",
)
