"""Anadolu Agency in Arabic, Ankara.

Evidence: public sources. An article's address (section, words, number) from a public list of sources of 2026: sure.
The feed's address from many public lists: sure.
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
)
