"""Akhbar el-Yom, Cairo.

Evidence: a public copy of its home page (github.com/silverfoxy/JSCryptoMinerStudy, pagesource/akhbarelyom.com, 2018):
articles are ``/news/newdetails/``, number, journal, words; sections ``/news/newssection/``: sure. Addresses of its
public pages have the same form in 2013 and 2026; videos are ``/news/VideoDisplay/``: sure. Public lists do not agree
on a feed, so the home page is the seed.
"""

from .site import Listing, Robots, Site

SITE = Site(
    name="akhbarelyom",
    domains=("akhbarelyom.com",),
    language="ar",
    seeds=(
        Listing("https://akhbarelyom.com/"),
        Robots("https://akhbarelyom.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?akhbarelyom\.com/news/newdetails/\d+",
    country="EG",
    timezone="Africa/Cairo",
)
