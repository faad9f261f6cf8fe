"""Emarat Al-Youm, Dubai.

Evidence: public sources. Article addresses (sections, date, number, as Al-Bayan's: the same system) from public
pages of 2008 to 2026: sure. Public lists do not agree on a feed, so the home page is the seed.
"""

from .site import Listing, Robots, Site

SITE = Site(
    name="emaratalyoum",
    domains=("emaratalyoum.com",),
    language="ar",
    seeds=(
        Listing("https://www.emaratalyoum.com/"),
        Robots("https://www.emaratalyoum.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?emaratalyoum\.com/[\w-]+(/[\w-]+)*/20\d\d-\d\d-\d\d-1\.\d+",
    country="AE",
    timezone="Asia/Dubai",
)
