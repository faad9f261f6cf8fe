"""Youm7, Cairo.

Evidence: a saved page (2020) with its address; the same form in a saved answer of NewsAPI
(github.com/MAlazhariy/abdullah_mansour_flutter_course, 2021). The feed's address (section 65, breaking news) from
many public lists: sure. The engine gives the saved page exactly, with ``div#articleBody`` and without.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="youm7",
    domains=("youm7.com",),
    language="ar",
    seeds=(
        Feed("https://www.youm7.com/rss/SectionRss?SectionID=65"),
        Robots("https://www.youm7.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?youm7\.com/story/20\d\d/\d{1,2}/\d{1,2}/[^/?#]+/\d+",
    content=("div#articleBody",),
    country="EG",
    timezone="Africa/Cairo",
)
