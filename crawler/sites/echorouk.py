"""Echorouk, Algiers.

Evidence: public sources. Article addresses (words alone) from public pages; the feed's address from five public
lists: sure.
"""

from .site import Feed, Site

SITE = Site(
    name="echorouk",
    domains=("echoroukonline.com",),
    language="ar",
    seeds=(Feed("https://www.echoroukonline.com/feed"),),
    article_url=r"^https?://(www\.)?echoroukonline\.com/[^/?#-]+(-[^/?#-]+){3,}/?([?#]|$)",
    country="DZ",
    timezone="Africa/Algiers",
)
