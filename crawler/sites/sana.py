"""SANA, Syria's news agency, Damascus.

Evidence: its own public page of 2025 (https://sana.sy/syria-and-the-world/2295437/) and addresses of others: section
and number: sure. The feed's address (WordPress's own) from public lists that the index does not name;
github.com/AlmutlabFadi/revolutionary-arabic-news-system (backend/src/services/news_scraper.py) has ``/rss.xml``:
likely.
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
    agency="الوكالة العربية السورية للأنباء (سانا)",
)
