"""Opens a database: SQLite in WAL mode or PostgreSQL, brought to this version, safe with many processes."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from crawler.errors import StateError
from crawler.state.schema import migrate

#: How long one process waits for another's transaction, in seconds.
PATIENCE = 60
TRIES = 100  # at a change that others are making
#: Rows in one statement: SQLite allows 32,766 parameters.
CHUNK = 500
_MIGRATION = 0x4E455753  # an advisory lock of PostgreSQL: one process at a time makes tables
T = TypeVar("T")


class Database:
    """A SQLAlchemy engine, and what differs between the two dialects."""

    def __init__(self, url: str, migrate: Callable[[Connection], None] = migrate, setting: str = "STATE_URL") -> None:
        self.url = url
        try:
            self.engine = _engine(url, setting)
        except (SQLAlchemyError, ModuleNotFoundError, OSError) as error:
            raise StateError(f"{setting} {url!r}: {_first_line(error)}") from error
        try:
            with self.begin() as connection:
                if self.is_postgresql:
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION})"))
                migrate(connection)
        except (SQLAlchemyError, StateError) as error:
            self.close()
            raise StateError(f"{setting} {url!r}: {_first_line(error)}") from error

    @property
    def is_postgresql(self) -> bool:
        """The other one is SQLite."""
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def begin(self, *, durable: bool = True) -> Iterator[Connection]:
        """A transaction. One that is not durable may be undone by a power cut, and never by a kill."""
        with self.engine.connect() as connection:
            if not self.is_postgresql:
                _synchronous(connection, "FULL" if durable else "NORMAL")
            with connection.begin():
                if self.is_postgresql and not durable:
                    connection.execute(text("SET LOCAL synchronous_commit TO off"))
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """For statements that only read. In SQLite they wait for no writer, and each sees its own moment."""
        with self.engine.connect().execution_options(only_reads=True) as connection, connection.begin():
            yield connection

    def insert(self, table: Table) -> Any:
        """An INSERT that knows ON CONFLICT."""
        return postgresql.insert(table) if self.is_postgresql else sqlite.insert(table)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def _engine(url: str, setting: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StateError(f"{setting} {url!r} is no address of a database: sqlite:///output/state.sqlite") from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StateError(f"{setting} {url!r}: sqlite:///… and postgresql+psycopg://… are supported")
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed, pool_pre_ping=True)
    if not parsed.database:  # in memory: gone with the process
        made = create_engine(parsed, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        made = create_engine(parsed, connect_args={"timeout": PATIENCE})
    _take_over_transactions(made)
    return made


def _take_over_transactions(engine: Engine) -> None:
    """Python's driver begins transactions late and as readers, which then cannot become writers while another
    process writes: BEGIN IMMEDIATE waits for its turn instead (SQLAlchemy's documented recipe).
    """

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        _write_ahead(connection)
        connection.execute("PRAGMA cache_size=-32000")  # KiB

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("only_reads"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """SQLite's own patience does not cover a new file's change to WAL: of two that open it at once, one is refused. It
    does cover a transaction, so the other is waited for with one.
    """
    for _ in range(TRIES):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    connection.execute("PRAGMA journal_mode=WAL")


def _synchronous(connection: Connection, level: str) -> None:
    """SQLite takes it outside of a transaction only, and remembers it for the connection."""
    if connection.info.get("synchronous") != level:
        connection.connection.execute(f"PRAGMA synchronous={level}")
        connection.info["synchronous"] = level


def _first_line(error: Exception) -> str:
    hint = (
        "; pip install -r requirements-remote.txt" if isinstance(error, ModuleNotFoundError | NoSuchModuleError) else ""
    )
    return str(error).strip().split("\n")[0] + hint


def key_of(identity: str) -> bytes:
    """The 128 bits under which an address is known."""
    return hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most ``size``."""
    found = iter(values)
    while chunk := list(islice(found, size)):
        yield chunk
