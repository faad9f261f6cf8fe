"""RT Arabic.

Evidence: selectors from a saved article page (layout of 2020, transcribed), the address pattern from that page, a
saved listing and a saved feed of 2026 (the same pattern six years later); the feed's address from the page's own link
to it («/rss/»): sure. The sitemap's address is not evidenced, so it is left to robots.txt. The domain rtarabic.com,
with numbers alone, is from a public check of addresses of October 2026.
"""

from .site import Feed, Listing, Robots, Site

SITE = Site(
    name="rt_arabic",
    domains=("arabic.rt.com", "rtarabic.com"),
    language="ar",
    seeds=(
        Feed("https://arabic.rt.com/rss/"),
        Listing("https://arabic.rt.com/news/"),
        Robots("https://arabic.rt.com/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?(arabic\.rt|rtarabic)\.com/[a-z_]+/\d{6,}(-|/|$)",
    content=("div.js-mediator-article",),
    drop=("div.read-more",),
    country="RU",
    timezone="Europe/Moscow",
)
