"""arabkhabar.com, an aggregator that republishes RT Arabic and others.

Evidence: one document (``/a/2762591``) in plain text, and public pages of 2023 to 2025
(https://www.arabkhabar.com/a/5264636), a date as «25th, November 2025 GMT» on each: sure. The listing is the home
page, and there is no selector: the generic engine finds the article.
"""

from .site import Listing, Site

SITE = Site(
    name="arabkhabar",
    domains=("arabkhabar.com",),
    language="ar",
    seeds=(Listing("https://arabkhabar.com/"),),
    article_url=r"^https?://(www\.)?arabkhabar\.com/a/\d+",
)
