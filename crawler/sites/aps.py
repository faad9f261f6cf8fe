"""APS, Algeria's news agency, Algiers.

Evidence: public sources. Article addresses (section, number, Latin words) from public pages of 2021 and 2024; the
feed's address from four public lists: sure.
"""

from .site import Feed, Site

SITE = Site(
    name="aps",
    domains=("aps.dz",),
    language="ar",
    seeds=(Feed("https://www.aps.dz/ar/feed"),),
    article_url=r"^https?://(www\.)?aps\.dz/ar/[\w-]+(/[\w-]+)*/\d{4,}-[\w-]+",
    country="DZ",
    timezone="Africa/Algiers",
)
