"""France 24 in Arabic, Paris.

Evidence: public sources. The feed's address from many public lists. No article's address was seen: the pattern (a
section, eight digits, words) is a guess from one video's, ``/ar/فيديو/20261003``: unsure.
"""

from .site import Feed, Site

SITE = Site(
    name="france24_arabic",
    domains=("france24.com",),
    language="ar",
    seeds=(Feed("https://www.france24.com/ar/rss"),),
    article_url=r"^https?://(www\.)?france24\.com/ar/(?!%D9%81%D9%8A%D8%AF%D9%8A%D9%88/|فيديو/)[^?#]+/20\d{6}-[^/?#]+",
    country="FR",
    timezone="Europe/Paris",
)
