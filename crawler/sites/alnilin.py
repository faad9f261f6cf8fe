"""Al-Nilin, Khartoum, an aggregator.

Evidence: a public copy of its home page (github.com/silverfoxy/JSCryptoMinerStudy, pagesource/alnilin.com, 2018):
articles are a number and ``.htm``, sections ``/category/``, WordPress by its ``wp-content``: sure for then, likely
for today. The feed's address from three public lists that the index does not name, and WordPress's own: likely.
"""

from .site import Feed, Site

SITE = Site(
    name="alnilin",
    domains=("alnilin.com",),
    language="ar",
    seeds=(Feed("https://www.alnilin.com/feed"),),
    article_url=r"^https?://(www\.)?alnilin\.com/\d+\.htm",
    country="SD",
    timezone="Africa/Khartoum",
)
