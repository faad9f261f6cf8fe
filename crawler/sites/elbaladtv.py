"""Sada El-Balad TV, Cairo.

Evidence: a saved page (2020, WordPress with the JNews theme) with its address, words alone, and its link to the
feed: sure. The engine gives the saved page exactly; its inline «إقرأ أيضاً» box has a class of its own.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="elbaladtv",
    domains=("elbaladtv.net",),
    language="ar",
    seeds=(
        Feed("https://elbaladtv.net/feed/"),
        Robots("https://elbaladtv.net/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?elbaladtv\.net/[^/?#-]+(-[^/?#-]+){2,}/?([?#]|$)",
    drop=("div.jnews_inline_related_post_wrapper",),
    country="EG",
    timezone="Africa/Cairo",
)
