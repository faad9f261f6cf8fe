"""What waits to be fetched, and what makes a delivered story wait again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.retries import DAY
from crawler.state import addresses, feeds, runs
from crawler.state.addresses import Address, Named, Naming, note
from crawler.state.database import Database, key_of
from crawler.state.feeds import Written
from crawler.state.queue import how_many_wait, waiting, wake

DAWN = 1_000_000


def named(number: int, **more: object) -> Named:
    return Named(key_of(str(number)), f"https://news.example/{number}", **more)  # type: ignore[arg-type]


def numbers(found: list[Address]) -> list[int]:
    return [int(address.url.rpartition("/")[2]) for address in found]


def deliver(database: Database, run: int, address: Address, now: int, **more: object) -> None:
    """As if its feed had been written and stored."""
    feed = feeds.open_feed(database, run, "site", "t", f"uri-{now}-{address.id}", None)
    written = Written(address.id, run, "done", now, address.revision + 1, fingerprint="f", feeds=(feed,), **more)  # type: ignore[arg-type]
    feeds.write(database, [written])
    feeds.closing(database, feed, records=1, size=1, sha256="")
    feeds.stored(database, feed, now)


def test_what_seeds_name_waits_newest_first_in_pages(database: Database, run: int) -> None:
    naming = Naming("site", run, DAWN)
    dated = [named(n, published=DAWN - n * 60) for n in (3, 1, 2)]
    assert note(database, naming, [*dated, named(9, published=1), dated[0]]) == [run] * 5
    first = waiting(database, "site", limit=2)
    assert numbers(first) == [1, 2]
    assert numbers(waiting(database, "site", after=first[-1], limit=2)) == [3, 9]
    assert waiting(database, "other") == []
    assert (how_many_wait(database, "site"), how_many_wait(database, "other")) == (4, 0)


def test_undated_addresses_keep_the_order_of_their_seed(database: Database, run: int) -> None:
    note(database, Naming("site", run, DAWN), [named(n) for n in (5, 4, 8, 1)])
    assert numbers(waiting(database, "site")) == [5, 4, 8, 1]
    second = waiting(database, "site", limit=2)[-1]
    assert numbers(waiting(database, "site", after=second)) == [8, 1]


def test_an_address_that_is_named_again_stays_what_it_is(database: Database, run: int) -> None:
    naming = Naming("site", run, DAWN)
    note(database, naming, [named(1), named(2)])
    deliver(database, run, waiting(database, "site")[0], DAWN)
    later = replace(naming, run=run + 1, claims=True)
    assert note(database, later, [named(1), named(2), named(3)]) == [run, run, run + 1]
    assert numbers(waiting(database, "site")) == [2, 3]
    assert numbers(waiting(database, "site", run=run + 1)) == [2, 3]
    assert numbers(waiting(database, "site", run=run)) == []


def test_a_seed_that_knows_the_date_of_what_waits_puts_it_in_its_place(database: Database, run: int) -> None:
    naming = Naming("site", run, DAWN)
    note(database, naming, [named(1, hints={"headline": "من القائمة"}), named(2, published=DAWN - 50)])
    assert numbers(waiting(database, "site")) == [1, 2]
    dated = named(1, published=DAWN - 90, modified=DAWN - 80, hints={"date_published": "then", "headline": "x"})
    note(database, naming, [dated, named(2, published=DAWN - 50)])
    two, one = waiting(database, "site")
    assert numbers([two, one]) == [2, 1]
    assert one.hints == {"headline": "من القائمة", "date_published": "then"}
    deliver(database, run, one, DAWN - 85)
    note(database, replace(naming, run=run + 1), [dated])
    assert numbers(waiting(database, "site")) == [2], "its date was known before it was fetched"


@pytest.mark.parametrize(
    ("entry", "naming", "changed"),
    [
        ({}, {}, False),
        ({"modified": DAWN + 9}, {}, False),  # fetched after that
        ({"modified": DAWN + 11}, {}, True),
        ({"modified": DAWN + 11}, {"changes": False}, False),
        ({}, {"always": True}, True),
        ({"said": b"otherwrd"}, {"seed": 7}, True),
        ({"said": b"otherwrd"}, {"seed": 8}, False),  # another feed puts it otherwise
        ({"said": b"thewords"}, {"seed": 7}, False),
    ],
)
def test_what_makes_a_delivered_story_wait_again(
    database: Database, run: int, entry: dict[str, object], naming: dict[str, object], changed: bool
) -> None:
    note(database, Naming("site", run, DAWN, seed=7), [named(1, said=b"thewords")])
    deliver(database, run, waiting(database, "site")[0], DAWN + 10)
    note(database, replace(Naming("site", run + 1, DAWN + 20), **naming), [named(1, **entry)])  # type: ignore[arg-type]
    found = waiting(database, "site")
    assert numbers(found) == ([1] if changed else [])
    assert [address.revision for address in found] == ([1] if changed else [])


def test_a_date_that_is_newer_at_every_visit_is_believed_twice_and_then_a_day_later(
    database: Database, run: int
) -> None:
    note(database, Naming("site", run, DAWN), [named(1, modified=DAWN)])
    deliver(database, run, waiting(database, "site")[0], DAWN)
    asked = []
    for visit in range(1, 6):
        now = DAWN + visit * 600
        note(database, Naming("site", run, now), [named(1, modified=now)])
        found = waiting(database, "site")
        asked.append(len(found))
        for address in found:
            addresses.unchanged(database, address, now)
    assert asked == [1, 1, 0, 0, 0]
    note(database, Naming("site", run, DAWN + 2 * DAY), [named(1, modified=DAWN + 2 * DAY)])
    assert numbers(waiting(database, "site")) == [1]


def test_a_refusal_waits_for_its_time_and_an_unwanted_story_for_a_run_that_wants_its_date(
    database: Database, run: int
) -> None:
    note(database, Naming("site", run, DAWN), [named(1), named(2), named(3)])
    one, two, three = waiting(database, "site")
    feeds.write(
        database,
        [
            Written(one.id, run, "retry", DAWN, 0, reason="TIMEOUT", tries=1, retry_at=DAWN + 100),
            Written(two.id, run, "unwanted", DAWN, 0, reason="NOT_WANTED", rank=-500_000),
            Written(three.id, run, "refused", DAWN, 0, reason="PAYWALL", tries=1),
        ],
    )
    assert waiting(database, "site") == []
    wake(database, "site", DAWN + 99, since=600_000, until=None)
    assert waiting(database, "site") == []
    wake(database, "site", DAWN + 100, since=None, until=None)
    assert sorted(numbers(waiting(database, "site"))) == [1, 2]


def test_delivering_again_forgets_that_it_was_delivered(database: Database, run: int) -> None:
    note(database, Naming("site", run, DAWN), [named(1)])
    deliver(database, run, waiting(database, "site")[0], DAWN, etag='"x"')
    note(database, Naming("site", run, DAWN, afresh=True), [named(1)])
    [address] = waiting(database, "site")
    assert (address.revision, address.etag, address.partly) == (0, None, False)


def test_addresses_that_no_seed_names_any_more_are_forgotten(database: Database, run: int) -> None:
    note(database, Naming("site", run, DAWN), [named(1), named(2)])
    one, two = waiting(database, "site")
    for address in (one, two):
        deliver(database, run, address, DAWN)
    note(database, Naming("site", run + 1, DAWN + 10 * DAY), [named(2), named(3)])
    assert runs.forget(database, "site", before=DAWN + 5 * DAY) == 1
    assert note(database, Naming("site", run + 2, DAWN + 11 * DAY), [named(1), named(2)]) == [run + 2, run]


def test_a_story_that_an_unchanged_sitemap_names_is_kept(database: Database, run: int) -> None:
    from crawler.state import seeds  # noqa: PLC0415
    from crawler.state.seeds import Reading  # noqa: PLC0415

    [seed] = seeds.know(database, "site", [("https://news.example/sitemap.xml", "Sitemap", None)])
    note(database, Naming("site", run, DAWN, seed=seed.id), [named(1)])
    seeds.read(database, seed, Reading(run, DAWN, '"e"', None, 1, whole=True))
    deliver(database, run, waiting(database, "site")[0], DAWN)
    seeds.not_modified(database, seed, DAWN + 10 * DAY)
    assert runs.forget(database, "site", before=DAWN + 5 * DAY) == 0
    seeds.read(database, seed, Reading(run, DAWN + 11 * DAY, '"f"', None, 0, whole=True))
    assert runs.forget(database, "site", before=DAWN + 5 * DAY) == 1
