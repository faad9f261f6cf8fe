"""Sabq, Riyadh.

Evidence: a saved digest (2020, another project's page) with addresses of six letters; https://sabq.org/saudia/prkmxt
and https://sabq.org/article/HI8Xj8y from public pages of 2018 to 2026: sure. Codes have six or ten letters; where no
section stands before them they hold a capital or a digit, which sections' names do not. Public lists do not agree on
a feed, so the home page is the seed.
"""

from .site import Listing, Robots, Site

SITE = Site(
    name="sabq",
    domains=("sabq.org",),
    language="ar",
    seeds=(
        Listing("https://sabq.org/"),
        Robots("https://sabq.org/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?sabq\.org/((?=[a-z]*[A-Z\d])\w{6}|article/[\w-]+|[a-z]+/(\w{6}|\w{10}))/?([?#]|$)",
    country="SA",
    timezone="Asia/Riyadh",
)
