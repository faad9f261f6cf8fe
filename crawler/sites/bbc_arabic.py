"""BBC News Arabic, London.

Evidence: a saved page (2024), whose address is ``/arabic/articles/`` and a code; ``/arabic/media-57685012``, as they
were before, from a saved answer of NewsAPI (github.com/MAlazhariy/abdullah_mansour_flutter_course, 2021). The
feed's address from many public feed lists: sure. robots.txt names the sitemaps of the whole BBC, so it is no seed.
The layout's classes are hashes that change, so there is no selector; the engine gives the saved page exactly.
"""

from .site import Feed, Listing, Site

SITE = Site(
    name="bbc_arabic",
    domains=("bbc.com", "bbci.co.uk"),
    language="ar",
    seeds=(
        Feed("https://feeds.bbci.co.uk/arabic/rss.xml"),
        Listing("https://www.bbc.com/arabic"),
    ),
    article_url=r"^https?://(www\.)?bbc\.com/arabic/(articles/\w+|[a-z]+-\d{7,})",
    country="GB",
    timezone="Europe/London",
)
