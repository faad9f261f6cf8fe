"""Deutsche Welle in Arabic, Bonn.

Evidence: public sources. Article addresses (words and ``/a-64910971``) from a public app of 2023; sections end in
``/s-8391`` (github.com/motazsaad/Arabic-News, config/sitelist_20190419.hjson): sure. The feed's address from a
public list, of the form that the other languages' feeds have (``rss-en-all``): likely.
"""

from .site import Feed, Site

SITE = Site(
    name="dw_arabic",
    domains=("dw.com",),
    language="ar",
    seeds=(Feed("https://rss.dw.com/xml/rss-ar-all"),),
    article_url=r"^https?://(www\.)?dw\.com/ar/[^?#]+/a-\d+",
    country="DE",
    timezone="Europe/Berlin",
)
