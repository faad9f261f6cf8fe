"""France 24 in Arabic, Paris.

Evidence: the feed's address from three readers' lists (github.com/elgammalqa/fyi_32oct, arabic/f.php, 2019;
github.com/Ilyasslamti/yaqeen-agent, manadger_lib.py; github.com/mrrashedy/sada-app, functions/api/feeds.js): sure. No
article's address was seen, so what the feed names is one, save videos, of which one was seen (``/ar/فيديو/``):
unsure.
"""

from .site import Feed, Site

SITE = Site(
    name="france24_arabic",
    domains=("france24.com",),
    language="ar",
    seeds=(Feed("https://www.france24.com/ar/rss"),),
    article_url=r"^https?://(www\.)?france24\.com/ar/(?!%D9%81%D9%8A%D8%AF%D9%8A%D9%88/|فيديو/)[^/?#]+/[^?#]*[^/?#]([?#]|$)",
    country="FR",
    timezone="Europe/Paris",
)
