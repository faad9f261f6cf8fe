"""Echorouk, Algiers.

Evidence: its own public page of 2025 (https://www.echoroukonline.com/السادسة-لرحيل-علي-فضيل) and addresses of others:
words alone, so the pattern takes one step of words with hyphens: sure. The feed's address from many public lists that
the index does not name; they agree: likely.
"""

from .site import Feed, Site

SITE = Site(
    name="echorouk",
    domains=("echoroukonline.com",),
    language="ar",
    seeds=(Feed("https://www.echoroukonline.com/feed"),),
    article_url=r"^https?://(www\.)?echoroukonline\.com/[^/?#-]+(-[^/?#-]+){3,}/?([?#]|$)",
    country="DZ",
    timezone="Africa/Algiers",
)
