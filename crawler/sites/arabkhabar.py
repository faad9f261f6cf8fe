"""arabkhabar.com, an aggregator that republishes RT Arabic and others.

Evidence: one document (``/a/2762591``) in plain text; so the address pattern is that page's, the listing is
the home page, and there is no selector: the generic engine finds the article.
"""

from .site import Listing, Site

SITE = Site(
    name="arabkhabar",
    domains=("arabkhabar.com",),
    language="ar",
    seeds=(Listing("https://arabkhabar.com/"),),
    article_url=r"^https?://(www\.)?arabkhabar\.com/a/\d+",
)
