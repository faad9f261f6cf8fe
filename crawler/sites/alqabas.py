"""Al-Qabas, Kuwait.

Evidence: public sources. Article addresses (``/article/162302``) from another crawler
(github.com/athulkannan2000/trash, alqabas.py, 2022) and public tests of 2026: sure. That crawler asks an API for the
articles, so pages may be built by script: they are fetched with a browser where there is one.
"""

from .site import Listing, Robots, Site

SITE = Site(
    name="alqabas",
    domains=("alqabas.com",),
    language="ar",
    seeds=(
        Listing("https://www.alqabas.com/"),
        Robots("https://www.alqabas.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?alqabas\.com/article/\d+",
    country="KW",
    timezone="Asia/Kuwait",
    browser=True,
)
