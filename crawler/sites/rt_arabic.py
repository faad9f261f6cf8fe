"""RT Arabic.

Evidence: selectors from a saved article page (layout of 2020, transcribed), the address pattern from that
page, a saved listing and a saved feed of 2026 (the same pattern six years later); the feed's address from
the page's own link to it («/rss/»). The sitemap's address is not evidenced, so it is left to robots.txt.
"""

from .site import Feed, Listing, Robots, Site

SITE = Site(
    name="rt_arabic",
    domains=("arabic.rt.com",),
    language="ar",
    seeds=(
        Feed("https://arabic.rt.com/rss/"),
        Listing("https://arabic.rt.com/news/"),
        Robots("https://arabic.rt.com/robots.txt"),
    ),
    article_url=r"^https?://arabic\.rt\.com/[a-z_]+/\d+-",
    content=("div.js-mediator-article",),
    drop=("div.read-more",),
)
