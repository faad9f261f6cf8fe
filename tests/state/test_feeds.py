"""State follows the written record: what is done, what waits, through every way a feed can end."""

from __future__ import annotations

from crawler.state import feeds, runs
from crawler.state.addresses import Address, Naming, note
from crawler.state.database import Database
from crawler.state.feeds import Written
from crawler.state.queue import waiting
from tests.state.test_addresses import DAWN, named, numbers


def written(address: Address, run: int, *held: int, status: str | None = "done") -> Written:
    return Written(address.id, run, status, DAWN, address.revision + 1, fingerprint="f", feeds=held)


def opened(database: Database, run: int, template: str) -> int:
    return feeds.open_feed(database, run, "site", template, f"{template}-{run}", None)


def closing(database: Database, feed: int) -> None:
    feeds.closing(database, feed, records=1, size=1, sha256="")


def test_an_address_is_done_when_its_feed_is_stored_and_not_before(database: Database, run: int) -> None:
    note(database, Naming("site", run, DAWN), [named(1), named(2)])
    one, _ = waiting(database, "site")
    feed = opened(database, run, "a")
    feeds.write(database, [written(one, run, feed)])
    assert numbers(waiting(database, "site")) == [2], "it is on its way"
    closing(database, feed)
    assert [f.uri for f in feeds.unfinished(database, "site", "closing")] == [f"a-{run}"]
    feeds.stored(database, feed, DAWN)
    assert numbers(waiting(database, "site")) == [2]
    assert feeds.unfinished(database, "site", "closing") == []
    runs.finish(database, run, "finished", {"news/pages": 2}, DAWN)


def test_what_a_lost_feed_held_waits_again(database: Database, run: int) -> None:
    note(database, Naming("site", run, DAWN), [named(1)])
    [one] = waiting(database, "site")
    feed = opened(database, run, "a")
    feeds.write(database, [written(one, run, feed)])
    feeds.lose(database, [feed])
    assert waiting(database, "site") == [one]


def test_an_address_that_one_feed_holds_and_another_lost_is_fetched_for_the_other_alone(
    database: Database, run: int
) -> None:
    note(database, Naming("site", run, DAWN), [named(1)])
    [one] = waiting(database, "site")
    a, b = opened(database, run, "a"), opened(database, run, "b")
    feeds.write(database, [written(one, run, a, b)])
    closing(database, a)
    feeds.stored(database, a, DAWN)
    assert waiting(database, "site") == []
    feeds.lose(database, [b])
    [again] = waiting(database, "site")
    assert again.partly
    assert feeds.holders(database, again.id, again.revision + 1) == {"a"}
    other = opened(database, run, "b2")
    feeds.write(database, [written(again, run, other)])
    closing(database, other)
    feeds.stored(database, other, DAWN)
    assert waiting(database, "site") == []


def test_a_record_that_a_feed_could_not_take_waits_on(database: Database, run: int) -> None:
    note(database, Naming("site", run, DAWN), [named(1)])
    [one] = waiting(database, "site")
    feed = opened(database, run, "a")
    feeds.write(database, [written(one, run, feed, status=None)])
    closing(database, feed)
    feeds.stored(database, feed, DAWN)
    [again] = waiting(database, "site")
    assert again.partly


def test_a_rejection_that_no_feed_takes_counts_at_once(database: Database, run: int) -> None:
    note(database, Naming("site", run, DAWN), [named(1)])
    [one] = waiting(database, "site")
    feeds.write(database, [Written(one.id, run, "refused", DAWN, 0, reason="PAYWALL", tries=1)])
    assert waiting(database, "site") == []


def test_a_lost_revision_leaves_the_one_before_it(database: Database, run: int) -> None:
    note(database, Naming("site", run, DAWN), [named(1)])
    [one] = waiting(database, "site")
    first = opened(database, run, "a")
    feeds.write(database, [written(one, run, first)])
    closing(database, first)
    feeds.stored(database, first, DAWN)
    note(database, Naming("site", run, DAWN + 5), [named(1, modified=DAWN + 1)])
    [changed] = waiting(database, "site")
    second = feeds.open_feed(database, run, "site", "a", "second", None)
    feeds.write(database, [Written(changed.id, run, "done", DAWN + 6, 2, fingerprint="g", feeds=(second,))])
    feeds.lose(database, [second])
    [again] = waiting(database, "site")
    assert (again.revision, again.fingerprint, again.partly) == (1, "f", False)
