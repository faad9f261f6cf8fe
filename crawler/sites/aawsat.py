"""Asharq Al-Awsat, London.

Evidence: public sources. Article addresses (section, perhaps a second one, number, words) from public pages of 2025
and 2026, ``/home/article/403536/`` from before: sure. The feed's address from many public lists: sure.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="aawsat",
    domains=("aawsat.com",),
    language="ar",
    seeds=(
        Feed("https://aawsat.com/feed"),
        Robots("https://aawsat.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?aawsat\.com/(home/article/\d+|[^/?#]+(/[^/?#]+)?/\d{6,}(-|$|[?#/]))",
    country="GB",
    timezone="Asia/Riyadh",
)
