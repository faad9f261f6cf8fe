"""Al-Masry Al-Youm, Cairo.

Evidence: public sources. Article addresses from a saved answer of NewsAPI
(github.com/MAlazhariy/abdullah_mansour_flutter_course, 2021) and ``#NewsStory`` around the text from another crawler
(github.com/asas-lab/web_scraping, almasryalyoum/main.py, 2023): sure. The feed's address is one of several
that public lists give: unsure.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="almasryalyoum",
    domains=("almasryalyoum.com",),
    language="ar",
    seeds=(
        Feed("https://www.almasryalyoum.com/rss/rssfeeds"),
        Robots("https://www.almasryalyoum.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?almasryalyoum\.com/news/details/\d+",
    content=("div#NewsStory",),
    country="EG",
    timezone="Africa/Cairo",
)
