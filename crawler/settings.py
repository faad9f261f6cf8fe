"""Every Scrapy setting that differs from its default, each with its reason."""

from __future__ import annotations

import sys
from typing import Any

from crawler.formats import FORMATS
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
DOWNLOADER = "crawler.downloader.Downloader"  # without a delay Scrapy's own asks for all at once
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.5
AUTOTHROTTLE_MAX_DELAY = 30.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0

# A host that answers 429 or 503 is left alone for as long as it asks; for longer than this the run ends, and the
# next ones wait too. Seconds.
RETRY_AFTER_MAX = 300

# At most so much in a run; 0 is no limit. What is left over waits for the next run.
CRAWL_MAX_REQUESTS = 0
CRAWL_MAX_BYTES = 0

# News pages are public: a session would only follow readers around. What a redirect sets is sent with the request that
# follows it, and forgotten (crawler/redirects.py).
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
# machine's network, nor leave http(s). (`scrapy shell` may read files.)
ALLOWED_SCHEMES = ["http", "https"]
PRIVATE_NETWORKS_ALLOWED = False
TWISTED_DNS_RESOLVER = "crawler.middlewares.GuardedResolver"

RETRY_TIMES = 3  # a newsroom's server heals quickly; three tries cost little
URLLENGTH_LIMIT = 0  # six bytes a letter of Arabic: with Scrapy's 2,083 a long headline's is never asked for
REDIRECT_MAX_TIMES = 8  # honest chains have two or three hops
METAREFRESH_MAXDELAY = 20  # seconds: what sends readers on does so at once, and a page that does later reloads itself

# --- The way of a page --------------------------------------------------------------------------

DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.AddressGuard": 50,  # before robots.txt (100) asks anything
    "crawler.middlewares.BusyHosts": 560,  # sees a 429 before RetryMiddleware (550) asks again
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.redirects.MetaRefresh": 580,  # in its place
    "crawler.redirects.RedirectCookies": 700,  # where Scrapy's CookiesMiddleware stands
    "crawler.middlewares.Budget": 950,  # counts what goes over the wire
    "crawler.middlewares.Archive": 990,  # sees answers as they came, before HttpCompression (590)
}
EXTENSIONS = {
    "crawler.extensions.run.Run": -10,  # before the feeds, which ask it
    "scrapy.extensions.feedexport.FeedExporter": None,
    "crawler.extensions.feeds.RecordedFeeds": 0,
    "crawler.extensions.report.Report": 10,
    "scrapy.extensions.logstats.LogStats": None,
    "crawler.extensions.progress.ShowProgress": 20,
    "crawler.extensions.politeness.CrawlDelay": 900,  # after AutoThrottle (0), whose delay it bounds
}
# A page gives one record, and Scrapy makes so many tasks for each page as it may give.
CONCURRENT_ITEMS = 2
ITEM_PIPELINES = {
    "crawler.pipelines.Extract": 100,
    "crawler.pipelines.Clean": 200,
    "crawler.pipelines.Judge": 300,
    "crawler.pipelines.Revise": 350,
    "crawler.pipelines.Deduplicate": 400,
    "crawler.pipelines.Store": 900,  # after yours: it has the article as the feeds do
}
# libuv's loop, where there is one: a twelfth less time for a crawl of a local site than with Python's own.
ASYNCIO_EVENT_LOOP = "uvloop.Loop" if sys.platform != "win32" else None
# Scrapy would read each callback's source for every response, to warn of a return that our own checks find.
WARN_ON_GENERATOR_RETURN_VALUE = False
LOG_FORMATTER = "crawler.extensions.logs.ShortItems"  # an item in the log is a line, not a page
LOG_LEVEL = "INFO"  # DEBUG names every request
# A terminal shows the crawl as it goes, below the log; anything else, and a terminal without this, gets a line in the
# log every LOGSTATS_INTERVAL (60) seconds.
PROGRESS_LIVE = True

# Worker processes for the engine. 0: it works in this process, which is enough for a polite crawl of one site. With
# more a page that takes longer than ENGINE_TIMEOUT seconds is a Rejection(TIMEOUT), and articles carry raw_text, blocks
# and edits only where a feed has them.
ENGINE_PROCESSES = 0
ENGINE_TIMEOUT = 30

# Thresholds of the engine by name, as crawler/engine/options.py lists them: {"min_body_words": 40}
ENGINE_OPTIONS: dict[str, Any] = {}

# A file that `scrapy clean --learn` wrote: the lines that each site repeats on many pages, taken out of its articles.
SITE_BOILERPLATE: str | None = None

# Fetch the articles of sites that build them by script with a browser (docs/sites.md). It takes seconds a page and
# hundreds of MB, so it is not the default; without it those articles are mostly rejections.
BROWSER = False
ADDONS = {"crawler.browser.Browser": 0}

# Pages of one article that are fetched and delivered as one: rel=next, numbered pages, a site config's next_page_link.
ARTICLE_MAX_PAGES = 10

# What becomes of an article whose words stand in another one, of any site and run of the last DUPLICATE_DAYS: "mark" it
# (duplicate_of names the first) or "drop" it. The same words twice on one site are one article in any case.
NEAR_DUPLICATES = "mark"
DUPLICATE_DAYS = 14  # stories are republished within days; the index grows by 2 KB an article

# A folder of FiveFilters site configs (docs/sites.md), for sites that have no definition here.
SITE_CONFIG_DIR: str | None = None

# Fetch a site from another origin: {"rt_arabic": "http://127.0.0.1:8001"} (a mirror, the demo).
SITE_MIRRORS: dict[str, str] = {}

# --- What earlier runs did ----------------------------------------------------------------------

# What was delivered, what waits, what seeds answered. Several machines share postgresql+psycopg://user:password@host/name
# (pip install -r requirements-remote.txt). Empty: nothing is remembered.
STATE_URL = "sqlite:///output/state.sqlite"
STATE_KEEP_DAYS = 180  # forget delivered addresses that no seed has named for so long; 0: never

# A delivered story that a seed says has changed: "ignore" it, fetch it and deliver the new revision ("latest"), or ask
# for every story that feeds and listings still name in each run, so that no revision is missed ("all").
CHANGED_STORIES = "latest"

# --- Reports and monitors -----------------------------------------------------------------------

# A folder for the report of each crawl: index.html is the last one's, <spider>.html each spider's. None: no reports;
# `scrapy report` writes that of any past run.
REPORT_FOLDER: str | None = "output/report"
# Where monitors begin to complain, by name: crawler/reports/monitors.py, Limits. {"fewer": 0.5}
MONITORS: dict[str, Any] = {}
MONITORS_FAIL = False  # `scrapy crawl` ends with 4 where a monitor complains
MONITORS_WEBHOOK: str | None = None  # is sent complaints as JSON, with "text" as chat services read it
MONITORS_PROMETHEUS: str | None = None  # a folder for <spider>.prom, for node_exporter's textfile collector

# --- The database of articles -------------------------------------------------------------------

# Articles, revisions and removed pieces for `scrapy search` and SQL: "sqlite:///output/articles.sqlite" or
# postgresql+psycopg://user:password@host/name. None: no database, feeds alone.
STORE_URL: str | None = None

# --- Archives -----------------------------------------------------------------------------------

# A folder for WARC files with every answer of every crawl: `scrapy crawl archive -a path=…` makes the articles again,
# with a better engine, without a request. None: no archive.
WARC_STORE: str | None = None
WARC_MAXSIZE = 1024 * 1024 * 1024  # bytes; a larger file is followed by the next one

# --- Feeds --------------------------------------------------------------------------------------

# JSON Lines for articles, and what gave none beside it. Times are UTC, the number is the run's.
FEED_URI_PARAMS = "crawler.extensions.feeds.uri_params"
FEEDS: dict[str, dict[str, Any]] = {
    "output/%(name)s/%(time)s-%(run)d.jsonl": {
        "format": "jsonlines",
        "item_classes": ["crawler.items.Article"],
        "fields": list(ARTICLE_FIELDS),
    },
    "output/%(name)s/%(time)s-%(run)d.rejections.jsonl": {
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
    "ftp": "crawler.storages.WholeFtpStorage",
    "ftps": "crawler.storages.WholeFtpStorage",
    "sftp": "crawler.storages.SftpStorage",
}
# sftp:// — a private key, where it is not the user's own; the hosts that are known, where not ~/.ssh/known_hosts.
FEED_STORAGE_SFTP_KEY: str | None = None
FEED_STORAGE_SFTP_KNOWN_HOSTS: str | None = None
FEED_SPOOL = "output/.spool"  # feeds for other machines, until their storage has them
FEED_STORE_RETRIES = 3  # after 2, 8 and 32 seconds; then the feed stays in the spool and the next run stores it
# Beside the feeds of a run: their sizes and SHA-256, for `scrapy verify`. Empty: none.
FEED_MANIFEST = "%(time)s-%(run)d.manifest.json"
FEED_EXPORTERS = {name: form.exporter for name, form in FORMATS.items()}
