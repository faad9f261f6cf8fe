"""The queue: the addresses that wait to be fetched, newest first, and those that wait for a later time."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, func, select, tuple_, update

from crawler.state.addresses import Address, address_from, selected
from crawler.state.database import Database
from crawler.state.schema import addresses, outcomes


def wake(database: Database, spider: str, now: int, *, since: int | None, until: int | None) -> None:
    """What may be tried again by now waits again, and what no run has wanted of these days."""
    due = [addresses.c.status == "retry", addresses.c.retry_at <= now]
    wanted = [addresses.c.status == "unwanted"]
    wanted += [addresses.c.rank <= -since] if since is not None else []
    wanted += [addresses.c.rank >= -until] if until is not None else []
    with database.begin(durable=False) as connection:
        for which in (due, wanted):
            connection.execute(update(addresses).where(addresses.c.spider == spider, *which).values(status="new"))


def waiting(
    database: Database, spider: str, *, after: Address | None = None, run: int | None = None, limit: int = 64
) -> list[Address]:
    """The next addresses to fetch, newest first; with ``run`` only those that this run has named."""
    query = selected().where(*_waits(spider, run))
    if after is not None:
        query = query.where(tuple_(addresses.c.rank, addresses.c.id) > tuple_(after.rank, after.id))
    query = query.order_by(addresses.c.rank, addresses.c.id).limit(limit)
    with database.read() as connection:
        return [address_from(row) for row in connection.execute(query).mappings()]


def how_many_wait(database: Database, spider: str, *, run: int | None = None) -> int:
    """How long that queue is."""
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(addresses).where(*_waits(spider, run))).scalar_one()


def _waits(spider: str, run: int | None) -> list[ColumnElement[bool]]:
    held = exists().where(outcomes.c.address == addresses.c.id)
    mine = [addresses.c.last_run == run] if run is not None else []
    return [addresses.c.spider == spider, addresses.c.status == "new", ~held, *mine]


def put_off(database: Database, address: Address, until: int) -> None:
    """Not to be fetched before then."""
    with database.begin(durable=False) as connection:
        which = update(addresses).where(addresses.c.id == address.id)
        connection.execute(which.values(status="retry", retry_at=until))
