"""Al Arabiya, Riyadh.

Evidence: public sources. Article addresses (sections, year, month, day, words) from a saved answer of NewsAPI
(github.com/MAlazhariy/abdullah_mansour_flutter_course, news_data.dart, 2021): sure. The feed's address from two
public feed lists that agree: likely.
"""

from .site import Feed, Robots, Site

SITE = Site(
    name="alarabiya",
    domains=("alarabiya.net",),
    language="ar",
    seeds=(
        Feed("https://www.alarabiya.net/.mrss/ar/last-24-hours.xml"),
        Robots("https://www.alarabiya.net/robots.txt"),
    ),
    article_url=r"^https?://(www\.)?alarabiya\.net/[\w-]+(/[\w-]+)*/20\d\d/\d\d/\d\d/[^/?#]+",
    country="SA",
    timezone="Asia/Riyadh",
)
