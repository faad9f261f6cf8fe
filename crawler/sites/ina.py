"""INA, the Iraqi News Agency, Baghdad.

Evidence: its own public pages until 2026, by their addresses (https://ina.iq/ar/local/270776-.html: section, number,
hyphen, often nothing more; https://ina.iq/kurd/47778--.html) and the listing ``/ar/local``: sure. Public lists that
the index does not name have ``/rss.xml``, others other feeds: likely, so the listing is a seed too.
"""

from .site import Feed, Listing, Robots, Site

SITE = Site(
    name="ina",
    domains=("ina.iq",),
    language="ar",
    seeds=(
        Feed("https://www.ina.iq/rss.xml"),
        Listing("https://ina.iq/ar/local"),
        Robots("https://ina.iq/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?ina\.iq/ar/[\w-]+/\d+-[^/?#]*\.html",
    country="IQ",
    timezone="Asia/Baghdad",
    agency="وكالة الأنباء العراقية (واع)",
)
