"""Every Scrapy setting that differs from its default, each with its reason."""

from __future__ import annotations

from typing import Any

from crawler.items import ARTICLE_FIELDS, REJECTION_FIELDS

BOT_NAME = "crawler"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
COMMANDS_MODULE = "crawler.commands"

# --- A good citizen -----------------------------------------------------------------------------

# Says what it is and whom to write to. Put your own contact here, or pass -s USER_AGENT=…
USER_AGENT = "NewsArticleCrawler/1.0 (+https://github.com/your-org/your-crawler; contact: crawler@example.org)"

# robots.txt is obeyed, and so is its Crawl-delay, which Scrapy by itself does not read.
ROBOTSTXT_OBEY = True
CRAWL_DELAY_ENABLED = True
CRAWL_DELAY_MAX = 60.0  # a larger one is a mistake or a trap: the site would take years

# At most two requests a second to a host, slower when it answers slowly.
DOWNLOAD_DELAY = 0.5
CONCURRENT_REQUESTS_PER_DOMAIN = 2
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.5
AUTOTHROTTLE_MAX_DELAY = 30.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0

# News pages are public: a session would only follow readers around.
COOKIES_ENABLED = False

# --- Safe to leave alone ------------------------------------------------------------------------

# Both execute code that others send.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

# The largest real news page seen has 3 MB, the largest sitemap 50 MB uncompressed by its
# specification; Scrapy's default is 1 GiB.
DOWNLOAD_MAXSIZE = 60 * 1024 * 1024
DOWNLOAD_WARNSIZE = 10 * 1024 * 1024
DOWNLOAD_TIMEOUT = 60  # a page that takes longer is retried, then a Rejection(TIMEOUT)

# Feeds, redirects and robots.txt name addresses that others chose: they may not reach into this
# machine's network, nor leave http(s). `scrapy shell ./saved.html` wants -s ALLOWED_SCHEMES=file.
ALLOWED_SCHEMES = ["http", "https"]
PRIVATE_NETWORKS_ALLOWED = False
TWISTED_DNS_RESOLVER = "crawler.middlewares.GuardedResolver"

RETRY_TIMES = 3  # a newsroom's server heals quickly; three tries cost little
REDIRECT_MAX_TIMES = 8  # honest chains have two or three hops

# --- The way of a page --------------------------------------------------------------------------

DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.AddressGuard": 50,  # before robots.txt (100) asks anything
}
EXTENSIONS = {
    "crawler.extensions.CrawlDelay": 900,  # after AutoThrottle (0), whose delay it bounds
}
ITEM_PIPELINES = {
    "crawler.pipelines.Extract": 100,
    "crawler.pipelines.Clean": 200,
    "crawler.pipelines.Judge": 300,
    "crawler.pipelines.Deduplicate": 400,
}
LOG_FORMATTER = "crawler.extensions.ShortItems"  # an item in the log is a line, not a page
LOG_LEVEL = "INFO"  # DEBUG names every request

# Thresholds of the engine by name, as crawler/engine/options.py lists them: {"min_body_words": 40}
ENGINE_OPTIONS: dict[str, Any] = {}

# A file that `scrapy clean --learn` wrote: the lines that each site repeats on many pages, taken out of its articles.
SITE_BOILERPLATE: str | None = None

# What an article is whose words stand in another of the same run: "mark" it or "drop" it.
NEAR_DUPLICATES = "mark"

# Fetch a site from another origin: {"rt_arabic": "http://127.0.0.1:8001"} (a mirror, the demo).
SITE_MIRRORS: dict[str, str] = {}

# --- Feeds --------------------------------------------------------------------------------------

# JSON Lines for articles, and what gave none beside it. Times are UTC.
FEEDS: dict[str, dict[str, Any]] = {
    "output/%(name)s/%(time)s.jsonl": {
        "format": "jsonlines",
        "item_classes": ["crawler.items.Article"],
        "fields": list(ARTICLE_FIELDS),
    },
    "output/%(name)s/%(time)s.rejections.jsonl": {
        "format": "jsonlines",
        "item_classes": ["crawler.items.Rejection"],
        "fields": list(REJECTION_FIELDS),
    },
}
FEED_EXPORT_ENCODING = "utf-8"  # Arabic as letters, not as \u0627
FEED_STORE_EMPTY = False  # an empty crawl leaves the last feed as it was
FEED_STORAGES = {  # whole or absent: Scrapy writes into the final path and a kill destroys it
    "": "crawler.storages.WholeFileStorage",
    "file": "crawler.storages.WholeFileStorage",
}
FEED_EXPORTERS = {"csv": "crawler.exporters.ReadableCsv"}
