"""WAFA, the Palestinian news agency, Ramallah.

Evidence: public sources. An article's address (``/Pages/Details/117999``) from a public page of 2026; the feed's
from one project's lists: likely, so the home page is a seed too.
"""

from .site import Feed, Listing, Robots, Site

SITE = Site(
    name="wafa",
    domains=("wafa.ps",),
    language="ar",
    seeds=(
        Feed("https://wafa.ps/ar/Rss/GetRss"),
        Listing("https://wafa.ps/"),
        Robots("https://wafa.ps/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?wafa\.ps/Pages/Details/\d+",
    country="PS",
    timezone="Asia/Hebron",
)
