"""``Run``: this crawl's share of the state. The spider, the pipelines and the feeds ask it; it asks the database."""

from __future__ import annotations

import logging
import os
import re
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings
from sqlalchemy.exc import SQLAlchemyError

from crawler import revisions
from crawler.extensions.outcomes import delivered, refused
from crawler.items import Article, Page, Rejection
from crawler.retries import DAY
from crawler.seeds import moment
from crawler.state import addresses, feeds, queue, runs
from crawler.state.addresses import Address, Named, Naming
from crawler.state.database import Database, key_of
from crawler.state.feeds import Written
from crawler.state.similar import Similar
from crawler.urls import identity, untracked

logger = logging.getLogger(__name__)
_SECRET = re.compile("KEY|SECRET|TOKEN|PASS|URL|URI|FEEDS", re.IGNORECASE)
BATCH = 50  # records noted in one transaction; before a feed is stored all of them are


class Run:
    """Opened before anything is asked, finished after the last feed is stored.

    A spider without ``keeps_state`` gets a state of its own, in memory. For one that ``replays`` it is on the disk,
    gone at the end, and a record counts once it is written: what it reads may be read again.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        spider: Any = crawler.spider or crawler.spidercls
        kept = getattr(spider, "keeps_state", False)
        self.spider: str = spider.name
        self.settings = crawler.settings
        self.replays = bool(getattr(spider, "replays", False))
        self._scratch = TemporaryDirectory(prefix="crawler-") if self.replays else None
        own = f"sqlite:///{self._scratch.name}/state.sqlite" if self._scratch else "sqlite://"
        self.database = Database((kept and self.settings["STATE_URL"]) or own)
        since = f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC"
        owner = f"process {os.getpid()} on {socket.gethostname()}, since {since}"
        self.lock = runs.Lock(self.database, getattr(spider, "lock_name", self.spider), owner)
        self.lock.__enter__()
        self.began = self.now()
        asked = runs.Asked(getattr(spider, "given", {}), _of_the_command_line(self.settings))
        self.id = runs.begin(self.database, self.lock, self.spider, asked, self.began)
        self.afresh = bool(getattr(spider, "afresh", False))
        self.claims = bool(getattr(spider, "only_named", False))
        self.similar = Similar(self.database, self.began - self.settings.getint("DUPLICATE_DAYS") * DAY)
        self._asked: dict[str, Address] = {}  # by the address as it was asked for: its record is still to come
        self._validators: dict[int, tuple[str | None, str | None]] = {}
        self._dates: dict[int, int | None] = {}
        self._written: list[Written] = []
        self.at_the_end: list[Callable[[], None]] = []  # asked when the last feed is stored, the state still open

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Run:
        """STATE_URL and its kin come from the settings. StateError, LockedError."""
        run = cls(crawler)
        for signal in (signals.item_dropped, signals.item_error):
            crawler.signals.connect(run.item_lost, signal=signal)
        crawler.signals.connect(run.close, signal=signals.engine_stopped)
        return run

    @classmethod
    def of(cls, crawler: Crawler) -> Run:
        """The crawl's run. Scrapy makes extensions before all that asks for it."""
        run = crawler.get_extension(cls)
        assert run is not None, "EXTENSIONS has no crawler.extensions.run.Run"
        return run

    def now(self) -> int:
        """Seconds since 1970."""
        return int(time.time())

    # --- addresses ------------------------------------------------------------------------------

    def note(self, named: Sequence[Named], *, seed: int | None, always: bool = False) -> list[int]:
        """Remember the addresses that a seed names; for each the number of the run that first saw it."""
        policy = self.settings["CHANGED_STORIES"]
        again = always and policy == "all"
        naming = Naming(self.spider, self.id, self.began, seed, changes=policy != "ignore", always=again)
        return addresses.note(self.database, replace(naming, afresh=self.afresh, claims=self.claims), named)

    def wake(self, since: int | None, until: int | None) -> None:
        """What earlier runs have put off waits again where its time has come."""
        queue.wake(self.database, self.spider, self.began, since=since, until=until)

    def waiting(self, *, after: Address | None, mine: bool) -> list[Address]:
        """The next addresses to fetch, newest first; with ``mine`` only those that this run has named."""
        return queue.waiting(self.database, self.spider, after=after, run=self.id if mine else None)

    def how_many_wait(self, *, mine: bool) -> int:
        """How long that queue is."""
        return queue.how_many_wait(self.database, self.spider, run=self.id if mine else None)

    def asking(self, address: Address) -> None:
        """An address is asked for: its record will come."""
        self._asked[untracked(address.url)] = address

    def answered(self, address: Address, etag: str | None, last_modified: str | None) -> None:
        """By what the site can tell that the page has not changed."""
        self._validators[address.id] = (etag, last_modified)

    def unwanted(self, record: Article) -> None:
        """An article outside the run's dates: a run that wants its date finds it."""
        self._dates[self.address_of(record).id] = moment(record.date_published)

    def unchanged(self, address: Address) -> None:
        """The site says that the page has not changed."""
        self._asked.pop(untracked(address.url), None)
        addresses.unchanged(self.database, address, self.now())

    def forbidden(self, address: Address) -> None:
        """robots.txt or the address guard forbids it; they are asked again in a day."""
        self._asked.pop(untracked(address.url), None)
        queue.put_off(self.database, address, self.now() + DAY)

    def closed_until(self, host: str) -> float:
        """When a host may be asked again, in seconds since 1970."""
        return float(runs.closed_until(self.database, host))

    def stay_away(self, host: str, until: float) -> None:
        """A host asks to be left alone, by later runs too."""
        runs.stay_away(self.database, host, int(until))

    def left(self, address: Address) -> None:
        """An address that gives no record in this run; it waits on."""
        self._asked.pop(untracked(address.url), None)

    def address_of(self, record: Article | Rejection | Page) -> Address:
        """The address that a record answers; one that nobody has asked for here is noted first."""
        url = record.requested_url or record.url
        if url not in self._asked:
            key = key_of(identity(url))
            self.note([Named(key, url)], seed=None)
            self._asked[url] = addresses.find(self.database, self.spider, key)
        return self._asked[url]

    def item_lost(self, item: Any) -> None:
        """A pipeline of somebody's has dropped or broken a record: its address waits on."""
        if isinstance(item, Article | Rejection | Page):
            self.left(self.address_of(item))

    # --- records --------------------------------------------------------------------------------

    def earlier(self, address: Address) -> tuple[str | None, str] | None:
        """Headline and body of the revision that is stored."""
        words = feeds.words(self.database, address.id)
        return revisions.unpack(words) if words else None

    def holders(self, record: Article | Rejection) -> set[str]:
        """The feeds (keys of FEEDS) that hold this revision already: a kill left another one without it."""
        address = self.address_of(record)
        return feeds.holders(self.database, address.id, address.revision + 1) if address.partly else set()

    def write(self, record: Article | Rejection, feed_ids: Iterable[int], *, owed: bool = False) -> None:
        """A record's lines are written; it counts once those feeds are stored, and no other feed owes it a line."""
        address = self.address_of(record)
        held = () if self.replays else tuple(feed_ids)
        etag, last_modified = self._validators.pop(address.id, (None, None))
        self._asked.pop(untracked(address.url), None)
        if isinstance(record, Article) and not held and not address.partly and not self.replays:
            return  # no feed holds it
        common: dict[str, Any] = {"address": address.id, "run": self.id, "fetched": self.now(), "feeds": held}
        common |= {"etag": etag, "last_modified": last_modified}
        if owed:
            self._written.append(Written(**common, status=None, revision=address.revision + 1))
        elif isinstance(record, Article):
            self._written.append(delivered(record, address, common))
        else:
            self._written.append(refused(record, address, common, self._dates.pop(address.id, None)))
        if len(self._written) >= BATCH or self.replays:
            try:
                self.flush()
            except SQLAlchemyError as error:
                logger.warning("The state does not answer, its notes are kept for later: %s", str(error).split("\n")[0])

    def flush(self) -> None:
        """Note all records whose lines are written."""
        feeds.write(self.database, self._written)
        self._written = []
        self.similar.flush(self.now())

    def close(self) -> None:
        """The run ends: what is still open was not stored."""
        stats = self.crawler.stats.get_stats() if self.crawler.stats else {}
        counts = {name: value for name, value in stats.items() if isinstance(value, int | float | str)}
        try:
            self.flush()
            self.lose_open_feeds()
            for ask in self.at_the_end:
                ask()
            runs.finish(self.database, self.id, str(stats.get("finish_reason")), counts, self.now())
            self._forget()
        except SQLAlchemyError:
            logger.exception("The state could not be finished: the next run does what is left")
        finally:
            self.lock.__exit__(None, None, None)
            self.database.close()
            if self._scratch:
                self._scratch.cleanup()

    def lose_open_feeds(self) -> None:
        """What feeds held that were not finished is fetched again."""
        lost = feeds.unfinished(self.database, self.lock.name, "open")
        feeds.lose(self.database, [feed.id for feed in lost])
        for feed in lost:
            logger.warning("Feed %s was not finished: what it held is fetched again", feed.uri)
            if feed.spool:
                Path(feed.spool).unlink(missing_ok=True)

    def _forget(self) -> None:
        """Once a day: it reads all addresses."""
        days = self.settings.getint("STATE_KEEP_DAYS")
        if days and runs.is_first_of_its_day(self.database, self.id):
            forgotten = runs.forget(self.database, self.spider, self.began - days * DAY)
            logger.info("Forgot %d addresses that no seed has named for %d days", forgotten, days)


def _of_the_command_line(settings: BaseSettings) -> dict[str, str]:
    """What -s has set; not what looks like a secret, nor an address that may hold one."""
    least = SETTINGS_PRIORITIES["cmdline"]
    given = (name for name in settings if (settings.getpriority(name) or 0) >= least)
    return {name: str(settings[name]) for name in given if not _SECRET.search(name)}
