"""WAFA, the Palestinian news agency, Ramallah.

Evidence: its own public pages, by their addresses (https://wafa.ps/Pages/Details/117999): sure. Of before there is a
public copy of its home page (github.com/silverfoxy/JSCryptoMinerStudy, pagesource/wafa.ps, 2018) with sections
``ar_category.aspx?id=``; its articles' form was not seen there. Public lists that the index does not name do not
agree on a feed: unsure, so the home page is a seed too.
"""

from .site import Feed, Listing, Robots, Site

SITE = Site(
    name="wafa",
    domains=("wafa.ps",),
    language="ar",
    seeds=(
        Feed("https://wafa.ps/ar/Rss/GetRss"),
        Listing("https://wafa.ps/"),
        Robots("https://wafa.ps/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?wafa\.ps/Pages/Details/\d+",
    country="PS",
    timezone="Asia/Hebron",
    agency="وكالة الأنباء والمعلومات الفلسطينية (وفا)",
)
