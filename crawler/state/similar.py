"""Near-duplicates across sites and runs: the MinHash index of the last weeks as two tables.

The sketches are rensa's (crawler/dedup.py); they are cut into bands, and what shares a band is compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sqlalchemy import Connection, bindparam, delete, select

from crawler.state.database import Database, chunks
from crawler.state.schema import bands, sketches

#: 21 bands of 6 of the 128 values: of pairs that share 0.7 of their shingles 93 % are found, of 0.8 all but 0.3 %.
ROWS = 6
BANDS = 21

_NAMES = [f"band{at}" for at in range(BANDS)]  # always so many: nothing to expand for each article
_SHARING = select(bands.c.address).where(bands.c.band.in_([bindparam(name) for name in _NAMES]))
_LIKE = (
    select(sketches)
    .where(sketches.c.address.in_(_SHARING) | (sketches.c.fingerprint == bindparam("fingerprint")))
    .order_by(sketches.c.seen, sketches.c.address)
)


@dataclass(frozen=True)
class Sketched:
    """An article in the index."""

    address: int
    site: str
    url: str
    fingerprint: str
    digest: tuple[int, ...]  # 128 values of 32 bits

    @cached_property
    def bands(self) -> list[int]:
        """The names of its bands: they are looked for, compared and stored."""
        return bands_of(self.digest)


def bands_of(digest: Sequence[int]) -> list[int]:
    """The 64-bit names of a sketch's bands."""
    packed = np.asarray(digest[: ROWS * BANDS], dtype="<u4").reshape(BANDS, ROWS)
    return [
        int.from_bytes(hashlib.blake2b(bytes([at]) + row.tobytes(), digest_size=8).digest(), "big", signed=True)
        for at, row in enumerate(packed)
    ]


def candidates(database: Database, article: Sketched) -> list[Sketched]:
    """The articles with the same words, and those that share a band, oldest first."""
    wanted = {**dict(zip(_NAMES, article.bands, strict=True)), "fingerprint": article.fingerprint}
    with database.read() as connection:
        return [
            Sketched(
                row["address"],
                row["spider"],
                row["url"],
                row["fingerprint"],
                _digest(row["sketch"]),
            )
            for row in connection.execute(_LIKE, wanted).mappings()
        ]


def add(database: Database, articles: Sequence[Sketched], now: int) -> None:
    """Put articles in; one that is there already is replaced."""
    if not articles:
        return
    with database.begin(durable=False) as connection:
        take_out(connection, [article.address for article in articles])
        rows = [
            {
                "address": article.address,
                "spider": article.site,
                "url": article.url,
                "fingerprint": article.fingerprint,
                "sketch": np.asarray(article.digest, dtype="<u4").tobytes(),
                "seen": now,
            }
            for article in articles
        ]
        connection.execute(sketches.insert(), rows)
        connection.execute(bands.insert(), [*_rows((a.address, a.bands) for a in articles)])


def take_out(connection: Connection, addresses: Sequence[int]) -> None:
    """Forget these articles, where they are known. Their sketches say which bands are theirs."""
    known = select(sketches.c.address, sketches.c.sketch).where(sketches.c.address.in_(addresses))
    if gone := [*_rows((address, bands_of(_digest(packed))) for address, packed in connection.execute(known))]:
        row = (bands.c.band == bindparam("band")) & (bands.c.address == bindparam("address"))
        connection.execute(delete(bands).where(row), gone)
        connection.execute(delete(sketches).where(sketches.c.address.in_(addresses)))


def expire(database: Database, before: int) -> None:
    """Forget articles from before: a story is republished within days."""
    with database.begin(durable=False) as connection:
        old = connection.execute(select(sketches.c.address).where(sketches.c.seen < before)).scalars().all()
        for chunk in chunks(old):
            take_out(connection, chunk)


def _rows(articles: Iterable[tuple[int, Sequence[int]]]) -> Iterator[dict[str, int]]:
    return ({"band": band, "address": address} for address, names in articles for band in names)


def _digest(packed: bytes) -> tuple[int, ...]:
    return tuple(np.frombuffer(packed, dtype="<u4").tolist())


class Similar:
    """The index as one run sees it: what is stored, and what the run has found and not yet noted."""

    def __init__(self, database: Database, since: int) -> None:
        self.database = database
        self._pending: dict[int, Sketched] = {}
        self._by_band: dict[int, list[int]] = {}
        expire(database, since)

    def find(self, article: Sketched, threshold: float) -> tuple[Sketched | None, Sketched | None]:
        """Another article with just these words, of the same site if there is one, else the first; and the most
        similar one over the threshold.
        """
        found = {s.address: s for s in candidates(self.database, article)}
        found |= self._pending_like(article)
        found.pop(article.address, None)
        equal = [other for other in found.values() if other.fingerprint == article.fingerprint]
        same = next((other for other in equal if other.site == article.site), equal[0] if equal else None)
        scored = [(jaccard(article.digest, other.digest), -at, other) for at, other in enumerate(found.values())]
        best = max(scored, default=(0.0, 0, None), key=lambda score: score[:2])
        return same, best[2] if best[0] >= threshold else None

    def _pending_like(self, article: Sketched) -> dict[int, Sketched]:
        near = {address for band in article.bands for address in self._by_band.get(band, ())}
        near |= {a for a, other in self._pending.items() if other.fingerprint == article.fingerprint}
        return {address: self._pending[address] for address in sorted(near)}

    def add(self, article: Sketched) -> None:
        """Remember an article; ``flush`` notes it."""
        self._pending[article.address] = article
        for band in article.bands:
            self._by_band.setdefault(band, []).append(article.address)

    def flush(self, now: int) -> None:
        """Note what was added."""
        add(self.database, list(self._pending.values()), now)
        self._pending.clear()
        self._by_band.clear()


def jaccard(one: Iterable[int], other: Iterable[int]) -> float:
    """The share of equal values, which estimates the share of common shingles (Broder 1997)."""
    pairs = list(zip(one, other, strict=True))
    return sum(a == b for a, b in pairs) / len(pairs)
