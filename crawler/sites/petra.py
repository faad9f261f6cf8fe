"""Petra, Jordan's news agency, Amman.

Evidence: public sources. Article addresses (``InnerPage.jsp`` with a number and ``lang=ar``) from another crawler's
requests and public pages of 2021 to 2025: sure. No feed that lists agree on, so the home page is the seed.
"""

from .site import Listing, Robots, Site

SITE = Site(
    name="petra",
    domains=("petra.gov.jo",),
    language="ar",
    seeds=(
        Listing("https://petra.gov.jo/"),
        Robots("https://petra.gov.jo/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?petra\.gov\.jo/Include/InnerPage\.jsp\?(?=.*\bID=\d+)(?=.*\blang=ar)",
    country="JO",
    timezone="Asia/Amman",
)
