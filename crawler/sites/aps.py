"""APS, Algeria's news agency, Algiers.

Evidence: its own public pages of 2021 and 2024, by their addresses (section, number, Latin words; as
https://www.aps.dz/ar/sante-science-technologie/168710-2025-2024-800, its words shortened): sure. Public lists that
the index does not name have ``/ar/feed``, some ``/ar/rss`` or ``/ar/rss.xml``: likely.
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
    agency="وكالة الأنباء الجزائرية (وأج)",
)
