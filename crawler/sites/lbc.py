"""LBC, Beirut.

Evidence: another project's rules (github.com/flairNLP/fundus, publishers/lb/lbc_group.py, tested there on saved
pages): both sitemaps and ``div.LongDesc`` around the text: sure. English articles end in ``/en``
(https://www.lbcgroup.tv/news/lebanon-news/63794/introduction-to-the-evening-news-06-12-2012/en, and one of 2026); that
Arabic ones end in ``/ar`` is a guess from them: unsure.
"""

from .site import Site, Sitemap

SITE = Site(
    name="lbc",
    domains=("lbcgroup.tv",),
    language="ar",
    seeds=(
        Sitemap("https://www.lbcgroup.tv/newssitemap.xml"),
        Sitemap("https://www.lbcgroup.tv/sitemap.xml"),
    ),
    article_url=r"^https?://(www\.)?lbcgroup\.tv/news/[\w-]+/\d+/[^/?#]+/ar([/?#]|$)",
    content=("div.LongDesc",),
    country="LB",
    timezone="Asia/Beirut",
)
