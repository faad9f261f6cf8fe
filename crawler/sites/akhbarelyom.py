"""Akhbar el-Yom, Cairo.

Evidence: public sources. Article addresses (``/news/newdetails/``, number, journal, words) from public pages of 2013
to 2026 and another crawler's pattern; videos are ``/news/VideoDisplay/``, sections ``/news/newssection/``: sure.
Public lists do not agree on a feed, so the home page is the seed.
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
