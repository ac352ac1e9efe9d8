"""The way to a database, and what it means when the database refuses.

Owns all that differs between SQLite and PostgreSQL: how a file is prepared, how a transaction begins, what an error code says. Refuses to
know the tables. A file that is not ours is left as it is: nothing is set in it before the schema has been seen.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from roleplay.store.problems import StoreProblem

_MAGIC = b"SQLite format 3\x00"
_CREATING_LOCK = 0x726F6C65
"""Key of PostgreSQL's advisory lock: whoever makes tables, packs or sessions waits for the one before."""

Codes = tuple[tuple[str, str], ...]

_SQLITE_CODES: Codes = (
    ("SQLITE_BUSY", "locked"),
    ("SQLITE_LOCKED", "locked"),
    ("SQLITE_READONLY", "read_only"),
    ("SQLITE_PERM", "read_only"),
    ("SQLITE_FULL", "disk_full"),
    ("SQLITE_IOERR_READ", "damaged"),
    ("SQLITE_IOERR_SHORT_READ", "damaged"),
    ("SQLITE_IOERR_CORRUPTFS", "damaged"),
    ("SQLITE_IOERR", "disk_failed"),
    ("SQLITE_CORRUPT", "damaged"),
    ("SQLITE_NOTADB", "damaged"),
    ("SQLITE_ERROR", "damaged"),
    ("SQLITE_CONSTRAINT", "clash"),
    ("SQLITE_CANTOPEN", "cannot_open"),
)
"""The first that an error's name begins with. SQLITE_ERROR: a table or column of ours is gone."""

_POSTGRES_CODES: Codes = (
    ("55P03", "locked"),
    ("40", "clash"),
    ("23", "clash"),
    ("25006", "read_only"),
    ("42501", "read_only"),
    ("53100", "disk_full"),
    ("58", "disk_failed"),
    ("XX", "damaged"),
    ("42", "damaged"),
)
"""The first that an SQLSTATE begins with."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What is said to the database at the beginning of a transaction. `creating`: one that makes a session, so that two which keep the
    same pack at the same time wait for each other. `forget`: what removes erased text from the log; its first column is 0 when done."""

    reading: tuple[str, ...]
    writing: tuple[str, ...]
    creating: tuple[str, ...]
    forget: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An engine with what is to be known about it. `where`: how to name the records to a person."""

    engine: Engine
    where: str
    dialect: Dialect
    file: Path | None = None
    read_only: bool = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view: what others write meanwhile is not seen."""
        with self._begun(self.dialect.reading) as connection:
            yield connection

    @contextmanager
    def writing(self, creating: bool = False) -> Iterator[Connection]:
        """All that is done inside is on disk when this ends, or none of it is."""
        if self.read_only:
            raise StoreProblem("read_only", self.where)
        with self._begun(self.dialect.creating if creating else self.dialect.writing) as connection:
            yield connection

    @contextmanager
    def _begun(self, statements: tuple[str, ...]) -> Iterator[Connection]:
        with explained(self.where), self.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
            yield connection

    def forget(self) -> None:
        """Remove erased text from the database's log. StoreProblem `still_in_log` if it is left there."""
        if not self.dialect.forget:
            return
        try:
            with explained(self.where), self.engine.connect() as connection:
                held = connection.exec_driver_sql(self.dialect.forget).scalar_one()
        except StoreProblem as problem:
            raise StoreProblem("still_in_log", self.where, problem.why) from None
        if held:
            raise StoreProblem("still_in_log", self.where, "in use")

    def settle(self) -> None:
        """Make a file that has proved to be ours private and crash-proof. Its -wal and -shm take over the mode."""
        if self.file is None or self.read_only:
            return
        for name in (self.file, *(self.file.with_name(self.file.name + end) for end in ("-wal", "-shm"))):
            # Somebody else's file in a shared folder: its owner decides.
            with contextlib.suppress(FileNotFoundError, PermissionError):
                if stat.S_IMODE(name.stat().st_mode) & 0o077:
                    name.chmod(0o600)
        with explained(self.where), self.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn what the database says into a StoreProblem."""
    try:
        yield
    except sa.exc.DBAPIError as problem:
        raise StoreProblem(_code(problem.orig), where, _first_line(problem.orig)) from None
    except sa.exc.SQLAlchemyError as problem:
        raise StoreProblem("cannot_open", where, _first_line(problem)) from None


def _code(error: BaseException | None) -> str:
    name = getattr(error, "sqlite_errorname", None)
    codes = _POSTGRES_CODES if name is None else _SQLITE_CODES
    said = name or getattr(error, "sqlstate", None) or ""
    if not said and str(error).startswith("Could not decode"):
        return "damaged"  # sqlite3 has no code for text that is not UTF-8
    return next((ours for theirs, ours in codes if said.startswith(theirs)), "cannot_open")


def _first_line(error: object) -> str:
    return (str(error).splitlines() or [""])[0][:200]


def connect(url: str, busy_ms: int, read_only: bool) -> Link:
    """An engine for `url`. `busy_ms`: how long to wait for another program's lock. StoreProblem if there is no way there."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as problem:
        raise StoreProblem("cannot_open", url, _first_line(problem)) from None
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, busy_ms, read_only)
    where = parsed.render_as_string()
    wait = f"SET LOCAL lock_timeout = {busy_ms}"
    postgres = Dialect(
        reading=("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",),
        writing=(wait,),
        creating=(wait, f"SELECT pg_advisory_xact_lock({_CREATING_LOCK})"),
    )
    try:
        engine = sa.create_engine(parsed)
    except (sa.exc.NoSuchModuleError, ModuleNotFoundError):
        raise StoreProblem("driver_missing", parsed.drivername) from None
    return Link(engine, where, postgres, read_only=read_only)


# ---------------------------------------------------------------- SQLite


def _sqlite(url: sa.URL, busy_ms: int, read_only: bool) -> Link:
    # An immediate transaction takes the write lock at once: what it reads about the head cannot change before it writes.
    dialect = Dialect(("BEGIN",), ("BEGIN IMMEDIATE",), ("BEGIN IMMEDIATE",), "PRAGMA wal_checkpoint(TRUNCATE)")
    file = Path(url.database) if url.database and url.database != ":memory:" else None
    where = str(file or url)
    if file is None:
        engine = sa.create_engine(url)
    else:
        _look(file, read_only)
        engine = (
            sa.create_engine("sqlite://", creator=_reader(file, busy_ms), poolclass=sa.pool.QueuePool)
            if read_only
            else sa.create_engine(url)
        )
    pragmas = (
        f"busy_timeout={busy_ms}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
    )

    @sa.event.listens_for(engine, "connect")
    def tune(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin where we say so
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return Link(engine, where, dialect, file, read_only)


def _reader(file: Path, busy_ms: int) -> Callable[[], sqlite3.Connection]:
    """Opens `file` for looking only. Where nothing may be created beside it and no log waits there, it cannot change either, and
    SQLite is told so; otherwise it would ask for a -shm file it may not make."""
    uri = f"{file.absolute().as_uri()}?mode=ro"
    log = file.with_name(file.name + "-wal")
    if not os.access(file.parent, os.W_OK) and not (log.exists() and log.stat().st_size):
        uri += "&immutable=1"
    return lambda: sqlite3.connect(uri, uri=True, timeout=busy_ms / 1000, check_same_thread=False)


def _look(file: Path, read_only: bool) -> None:
    """See what is there, and make the file ours alone if there is none, before SQLite opens it."""
    try:
        if read_only and not file.exists():
            raise StoreProblem("not_there", str(file))
        if not file.exists():
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        with file.open("rb" if read_only else "r+b") as stream:
            start = stream.read(len(_MAGIC))
    except OSError as problem:
        code = (
            "read_only"
            if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and not read_only
            else "cannot_open"
        )
        code = "disk_full" if problem.errno == errno.ENOSPC else code
        raise StoreProblem(code, str(file), problem.strerror or "") from None
    if start and start != _MAGIC:
        raise StoreProblem("not_a_store", str(file))
