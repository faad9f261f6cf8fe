"""Al-Yaum, Dammam.

Evidence: public sources. Article addresses and ``div.aksa-articleBody`` around the text from another crawler
(github.com/asas-lab/web_scraping, alyaum.py, 2023); the feed's address from many public lists: sure.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="alyaum",
    domains=("alyaum.com",),
    language="ar",
    seeds=(
        Feed("https://www.alyaum.com/rssFeed/1005"),
        Robots("https://www.alyaum.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?alyaum\.com/articles/\d+",
    content=("div.aksa-articleBody",),
    country="SA",
    timezone="Asia/Riyadh",
)
