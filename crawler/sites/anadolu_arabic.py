"""Anadolu Agency in Arabic, Ankara.

Evidence: its own public pages of 2019, 2024 and 2026, by their addresses (section, words, number; as
https://www.aa.com.tr/ar/turkey/words/3185913 with Arabic words) and their text, which ends in a notice to subscribers
(a phrase of this project): sure. The feed's address from many public lists; github.com/elgammalqa/fyi_32oct
(arabic/feed.php, 2019) reads the same one with ``cat=live``: sure.
"""

from .site import Feed, Site

SITE = Site(
    name="anadolu_arabic",
    domains=("aa.com.tr",),
    language="ar",
    seeds=(Feed("https://www.aa.com.tr/ar/rss/default?cat=guncel"),),
    article_url=r"^https?://(www\.)?aa\.com\.tr/ar/[^/?#]+/[^/?#]+/\d+",
    country="TR",
    timezone="Europe/Istanbul",
    agency="وكالة الأناضول",
)
