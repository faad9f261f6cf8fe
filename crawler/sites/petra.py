"""Petra, Jordan's news agency, Amman.

Evidence: another crawler's rules (github.com/17628279559/riskweb, riskweb/spiders/media_petra.py, 2021): articles are
``InnerPage.jsp`` with a number and ``lang=ar``, ``#BodyArtical`` around the text, whose last line has the initials of
who wrote and edited it and the time, ``01/10/2018 07:55:21``: sure. Addresses of its public pages of 2021 to 2025
have the same form (https://petra.gov.jo/Include/InnerPage.jsp?ID=302931&lang=ar&name=news): sure. No feed that lists
agree on, so the home page is the seed.
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
    content=("#BodyArtical",),
    drop_text=(r"^[\w\s/.-]{0,30}\d\d/\d\d/\d{4} \d\d:\d\d:\d\d$",),
    country="JO",
    timezone="Asia/Amman",
    agency="وكالة الأنباء الأردنية (بترا)",
)
