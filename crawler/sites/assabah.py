"""Assabah, Tunis.

Evidence: a saved page (2019, Drupal) with its address and its link to ``/rss-feed.xml``: sure. The engine gives the
saved page exactly.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="assabah",
    domains=("assabah.com.tn",),
    language="ar",
    seeds=(
        Feed("http://www.assabah.com.tn/rss-feed.xml"),
        Robots("http://www.assabah.com.tn/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?assabah\.com\.tn/article/\d+",
    country="TN",
    timezone="Africa/Tunis",
)
