"""Asharq Al-Awsat, London.

Evidence: a public copy of its home page (github.com/silverfoxy/JSCryptoMinerStudy, pagesource/aawsat.com, 2018):
articles are ``/home/article/`` and a number, sections ``/home/international/section/``, galleries ``/node/``: sure.
Articles of today (section, perhaps a second one, number, words) from the addresses of its public pages of 2025 and
2026: sure. The feed's address from another reader's list (github.com/mrrashedy/sada-app, functions/api/feeds.js),
those of its sections from github.com/elgammalqa/fyi_32oct (arabic/feed.php, 2019): sure.
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
    article_url=r"^https?://(www\.)?aawsat\.com/(?!taxonomy/|node/)(home/article/\d+|[^/?#]+(/[^/?#]+)?/\d{6,}(-|$|[?#/]))",
    country="GB",
    timezone="Asia/Riyadh",
)
