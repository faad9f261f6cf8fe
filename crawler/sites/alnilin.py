"""Al-Nilin, Khartoum, an aggregator.

Evidence: public sources. The feed's address (WordPress by its ``wp-content``) from three public lists:
sure. No article's address was seen, so the pattern takes any page one step below the root that is no part of
WordPress: unsure.
"""

from .site import Feed, Site

SITE = Site(
    name="alnilin",
    domains=("alnilin.com",),
    language="ar",
    seeds=(Feed("https://www.alnilin.com/feed"),),
    article_url=r"^https?://(www\.)?alnilin\.com/(?!category|tag|author|page|feed|comments|wp-)[^/?#]+/?([?#]|$)",
    country="SD",
    timezone="Africa/Khartoum",
)
