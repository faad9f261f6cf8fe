"""SANA, Syria's news agency, Damascus.

Evidence: public sources. An article's address (``/education/2555148/``) from public code of 2026; the feed's
(WordPress) from public lists: sure.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="sana",
    domains=("sana.sy",),
    language="ar",
    seeds=(
        Feed("https://sana.sy/feed/"),
        Robots("https://sana.sy/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?sana\.sy/(?!en/)[\w-]+/\d{5,}(/|$|[?#])",
    country="SY",
    timezone="Asia/Damascus",
)
