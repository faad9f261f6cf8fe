"""Al Jazeera, Doha.

Evidence: public sources. The feed's address from many public lists. Article addresses (section, year, month, day,
words) from the ``test_url`` of a FiveFilters rule (github.com/yue-dongchen/ftr-site-config, aljazeera.net.txt, 2022),
from a public app (2017) and from a check of addresses of October 2026: sure. The rule's body is the whole ``main``,
so there is no selector.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="aljazeera",
    domains=("aljazeera.net",),
    language="ar",
    seeds=(
        Feed(
            "https://www.aljazeera.net/aljazeerarss/"
            "a7c186be-1baa-4bd4-9d80-a84db769f779/73d0e1b4-532f-45ef-b135-bfdff8b8cab9"
        ),
        Robots("https://www.aljazeera.net/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?aljazeera\.net/[\w-]+(/[\w-]+)*/20\d\d/\d{1,2}/\d{1,2}/[^/?#]+",
    country="QA",
    timezone="Asia/Qatar",
)
