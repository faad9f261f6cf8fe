"""Articles into the database, and found again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, column, delete, func, insert, literal_column, select, table, text

from crawler.items import ARTICLE_FIELDS, DATE_FIELDS, Article
from crawler.records.plain import fields_of
from crawler.records.when import instant
from crawler.state.database import Database, key_of
from crawler.store.schema import articles, migrate, removed, revisions
from crawler.store.words import keys
from crawler.urls import identity

_COLUMNS = [name for name in ARTICLE_FIELDS if name in articles.c]
_REVISED = [name for name in revisions.c.keys() if name != "article"]  # noqa: SIM118 (SQLAlchemy's keys)
_WORDS = table("articles_words", column("rowid"), column("words"))


class Hit(NamedTuple):
    """An article that was found."""

    url: str
    site: str | None
    headline: str | None
    date_published: datetime | None  # UTC
    body: str


def opened(url: str) -> Database:
    """The store at STORE_URL, with its tables. StateError where it cannot be opened."""
    return Database(url, migrate, "STORE_URL")


def save(database: Database, article: Article) -> None:
    """An article with its revision and removed pieces. Twice is once; an older revision never replaces a newer one."""
    values = {**fields_of(article, _COLUMNS), "key": key_of(identity(article.requested_url or article.url))}
    values |= {name: instant(getattr(article, name)) for name in DATE_FIELDS}
    found = " ".join(keys(f"{article.headline or ''} {article.body}"))
    if database.is_postgresql:
        values["words"] = func.to_tsvector("simple", found)
    with database.begin() as connection:
        adding = database.insert(articles).values(values)
        rest = {name: adding.excluded[name] for name in values if name != "key"}
        newer = articles.c.revision <= adding.excluded.revision
        upsert = adding.on_conflict_do_update(index_elements=["key"], set_=rest, where=newer)
        number = connection.execute(upsert.returning(articles.c.id)).scalar()
        is_last = number is not None
        if number is None:
            number = connection.execute(select(articles.c.id).where(articles.c.key == values["key"])).scalar_one()
        if is_last and not database.is_postgresql:
            connection.execute(delete(_WORDS).where(_WORDS.c.rowid == number))
            connection.execute(insert(_WORDS).values(rowid=number, words=found))
        _save_revision(database, connection, number, article)


def _save_revision(database: Database, connection: Connection, number: int, article: Article) -> None:
    values = {**fields_of(article, _REVISED), "article": number}
    values |= {name: instant(getattr(article, name)) for name in ("date_modified", "fetched_at")}
    adding = database.insert(revisions).values(values)
    connection.execute(adding.on_conflict_do_update(index_elements=["article", "revision"], set_=values))
    mine = (removed.c.article == number, removed.c.revision == article.revision)
    connection.execute(delete(removed).where(*mine))
    rows = [
        {"article": number, "revision": article.revision, "position": at, **fields_of(piece, ("kind", "rule", "text"))}
        for at, piece in enumerate(article.removed)
    ]
    if rows:
        connection.execute(insert(removed), rows)


def search(
    database: Database,
    wanted: Sequence[Sequence[str]],
    *,
    site: str | None = None,
    days: tuple[str | None, str | None] = (None, None),
    limit: int = 10,
) -> tuple[int, list[Hit]]:
    """How many articles have all words and phrases (words.query), and the best of them.

    ``days``: the first and the last day of publication (ISO 8601, UTC), both included.
    """
    query = _matching(database, wanted)
    first, last = map(instant, days)
    if site:
        query = query.where(articles.c.site == site)
    if first:
        query = query.where(articles.c.date_published >= first)
    if last:
        query = query.where(articles.c.date_published < last + timedelta(days=1))
    with database.read() as connection:
        total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
        found = connection.execute(query.limit(limit)).all()
    return total, [Hit(**{**row._asdict(), "date_published": _utc(row.date_published)}) for row in found]


def _matching(database: Database, wanted: Sequence[Sequence[str]]) -> Select[Any]:
    """The best first, of equals the newest."""
    newest = articles.c.date_published.desc().nulls_last()
    query = select(*(articles.c[name] for name in Hit._fields))
    if database.is_postgresql:
        asked = func.to_tsquery("simple", " & ".join(f"({' <-> '.join(phrase)})" for phrase in wanted))
        ranked = query.where(articles.c.words.op("@@")(asked))
        return ranked.order_by(func.ts_rank(articles.c.words, asked).desc(), newest, articles.c.id)
    asked_of_sqlite = " AND ".join(f'"{" ".join(phrase)}"' for phrase in wanted)
    joined = query.join(_WORDS, _WORDS.c.rowid == articles.c.id)
    matching = text("articles_words MATCH :asked").bindparams(asked=asked_of_sqlite)
    return joined.where(matching).order_by(literal_column("articles_words.rank"), newest, articles.c.id)


def _utc(time: datetime | None) -> datetime | None:
    """SQLite's times have no zone."""
    return time.replace(tzinfo=timezone.utc) if time and time.tzinfo is None else time
