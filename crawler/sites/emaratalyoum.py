"""Emarat Al-Youm, Dubai.

Evidence: another crawler's rules (github.com/ahmedgalal007/eqranews.react.net.spa, Data/DataSeedSteps.cs): sections
as ``/politics``, ``#articledetails`` around the text: likely for today. Articles (sections, date, number, as
Al-Bayan's: the same system) from the addresses of its public pages of 2008 to 2020
(https://www.emaratalyoum.com/local-section/other/2019-07-08-1.1230866): sure. Public lists do not agree on a feed, so
the home page is the seed.
"""

from .site import Listing, Robots, Site

SITE = Site(
    name="emaratalyoum",
    domains=("emaratalyoum.com",),
    language="ar",
    seeds=(
        Listing("https://www.emaratalyoum.com/"),
        Robots("https://www.emaratalyoum.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?emaratalyoum\.com/[\w-]+(/[\w-]+)*/20\d\d-\d\d-\d\d-1\.\d+",
    content=("#articledetails",),
    country="AE",
    timezone="Asia/Dubai",
)
