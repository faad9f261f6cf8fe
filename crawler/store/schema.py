"""The tables. Times are UTC. In PostgreSQL they are timestamps with a zone, in SQLite texts without one."""

from __future__ import annotations

from functools import partial

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

from crawler.state import schema

metadata = MetaData()
_ID = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by an INTEGER only
_JSON = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
_TIME = DateTime(timezone=True)

version = Table("store_version", metadata, Column("number", Integer, nullable=False))

articles = Table(  # the last revision of each
    "articles",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("key", LargeBinary(16), nullable=False, unique=True),  # of urls.identity
    Column("url", Text, nullable=False),
    Column("requested_url", Text),
    Column("canonical_url", Text, nullable=False),
    Column("site", String(200)),
    Column("language", String(20)),
    Column("headline", Text),
    Column("description", Text),
    Column("authors", _JSON),
    Column("date_published", _TIME),
    Column("date_modified", _TIME),
    Column("section", Text),
    Column("keywords", _JSON),
    Column("source", Text),
    Column("images", _JSON),
    Column("related", _JSON),
    Column("body", Text, nullable=False),
    Column("fingerprint", String(32), nullable=False),
    Column("duplicate_of", Text),
    Column("revision", Integer, nullable=False),
    Column("field_sources", _JSON),
    Column("fetched_at", _TIME),
    Column("engine_version", String(40), nullable=False),
    Column("words", Text().with_variant(TSVECTOR(), "postgresql")),  # PostgreSQL's index of keys; SQLite's is below
    Index("articles_by_site_and_date", "site", "date_published"),
    Index("articles_by_date", "date_published"),
    Index("articles_by_fingerprint", "fingerprint"),
)

revisions = Table(  # all of them, the last one too
    "revisions",
    metadata,
    Column("article", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("headline", Text),
    Column("body", Text, nullable=False),
    Column("changes", _JSON),  # of the revision before
    Column("fingerprint", String(32), nullable=False),
    Column("date_modified", _TIME),
    Column("fetched_at", _TIME),
)

removed = Table(  # the pieces that were taken out of a revision, in the page's order
    "removed",
    metadata,
    Column("article", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("rule", String(100), nullable=False),
    Column("text", Text, nullable=False),
    Index("removed_by_rule", "rule"),
)


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("CREATE INDEX articles_by_words ON articles USING gin (words)"))
    else:  # FTS5 (https://www.sqlite.org/fts5.html): rows have the articles' numbers
        connection.execute(text("CREATE VIRTUAL TABLE articles_words USING fts5(words, detail=full)"))


#: Brings a database to this version; the next version's step goes to the end.
migrate = partial(schema.migrate, version=version, steps=(_create,))
