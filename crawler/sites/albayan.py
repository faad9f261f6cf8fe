"""Al-Bayan, Dubai.

Evidence: a saved page (2020) with its address; the same form (sections, date, number) in a saved answer of NewsAPI
(github.com/MAlazhariy/abdullah_mansour_flutter_course, 2021) and until 2024: sure. The page's own feeds are of
files and videos, so the home page is the seed. The engine gives the saved page exactly.
"""

from .site import Listing, Robots, Site

SITE = Site(
    name="albayan",
    domains=("albayan.ae",),
    language="ar",
    seeds=(
        Listing("https://www.albayan.ae/"),
        Robots("https://www.albayan.ae/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?albayan\.ae/(?!amp/)[\w-]+(/[\w-]+)*/20\d\d-\d\d-\d\d-1\.\d+",
    country="AE",
    timezone="Asia/Dubai",
)
