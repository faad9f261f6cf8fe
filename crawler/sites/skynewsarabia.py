"""Sky News Arabia, Abu Dhabi.

Evidence: a saved page (2026, shortened by those who saved it), whose address is ``/middle-east/1879607-``; the
same form, with and without words, in public code of 2014 to 2026: sure. The feed's address is given in more than
one way by public lists (``/rss.xml``, ``/rss``): likely, so the home page is a seed too.
"""

from .site import Feed, Listing, Robots, Site

SITE = Site(
    name="skynewsarabia",
    domains=("skynewsarabia.com",),
    language="ar",
    seeds=(
        Feed("https://www.skynewsarabia.com/rss.xml"),
        Listing("https://www.skynewsarabia.com/"),
        Robots("https://www.skynewsarabia.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?skynewsarabia\.com/[\w-]+/\d{5,}(-|$|[?#])",
    country="AE",
    timezone="Asia/Dubai",
)
