"""Okaz, Jeddah.

Evidence: public sources. ``div.bodyText`` around the text from two other projects (a rule in picoFeed's form whose
``test_url`` is ``/news/local/2020308``; github.com/asas-lab/web_scraping, okaz_.py, 2023), article addresses from
them and from public pages until 2026: sure. The feed's address from a public program that says it was tried:
likely.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="okaz",
    domains=("okaz.com.sa",),
    language="ar",
    seeds=(
        Feed("https://www.okaz.com.sa/rssFeed/0"),
        Robots("https://www.okaz.com.sa/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?okaz\.com\.sa/[\w-]+(/[\w-]+)*/\d{5,}",
    content=("div.bodyText",),
    country="SA",
    timezone="Asia/Riyadh",
)
