"""``mode=backfill``: back through a site's archives, a day at a time, within the run's days and budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone

from scrapy.http import Request

from crawler.seeds import moment
from crawler.sites import Archive
from crawler.state import seeds as known

from .discovery import SeedSpider, Walk


class BackfillSpider(SeedSpider):
    """A day is a listing; when it is walked to its end the day before it is asked for."""

    def ask_archives(self, archives: Iterable[Archive]) -> Iterator[Request]:
        """The last day of each archive."""
        until = self.arguments.until
        last = date.fromisoformat(until) if until else self.today()
        for archive in archives:
            yield from self.ask_day_before(Walk(archive, last + timedelta(days=1)))

    def ask_day_before(self, walk: Walk) -> Iterator[Request]:
        """In a backfill, the archive's next earlier day that was not walked whole after it had ended."""
        archive, day = walk.archive, walk.day
        if archive is None or day is None:
            return
        while (day := day - timedelta(days=1)) >= self.first_day() and not self.has_enough():
            listing = archive.on(day)
            [row] = known.know(self.run.database, self.name, [(listing.url, "Listing", None)])
            ended = moment((day + timedelta(days=2)).isoformat()) or 0
            if row.complete is None or (row.success or 0) < ended:
                yield self.ask_seed(listing, row, Walk(archive, day))
                return

    def first_day(self) -> date:
        """The first day of a backfill: ``since``, or thirty days ago."""
        since = self.arguments.since
        return date.fromisoformat(since) if since else self.today() - timedelta(days=30)

    def today(self) -> date:
        """The day on which the run began (UTC)."""
        return datetime.fromtimestamp(self.run.began, timezone.utc).date()

    def has_enough(self) -> bool:
        """Whether the archive has given as many addresses as the run may fetch."""
        most = self.arguments.max_articles
        return most is not None and self.found >= most
