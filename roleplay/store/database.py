"""Records in a database, reached by URL: SQLite embedded by default, the same statements for PostgreSQL.

Owns the tables and the moment of commit: when a method returns, what it kept is on disk. Refuses to know what a fact means. Records are
append-only; drafts are not records. Files are 0600.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from roleplay.engine.codec import BadRecord, canonical, join, split
from roleplay.engine.events import Fact, Mode, SessionEnded, SessionStarted, TurnRetried, TurnTaken
from roleplay.scenarios.model import Language, Outcome
from roleplay.store import tables, transcript
from roleplay.store.chain import Private, Record, Verdict, commitment, first_head, next_head, verify
from roleplay.store.problems import StoreProblem

SCHEMA = 1
_BUSY_MS = 3000


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session in a listing. `turns`: standing replies. `started_at`: UTC milliseconds."""

    session: str
    started_at: int
    scenario: str
    title: str
    language: Language
    mode: Mode
    ended: bool
    outcome: Outcome | None
    turns: int
    count: int
    head: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: what goes on the receipt."""

    count: int
    head: str


@dataclass(frozen=True, slots=True)
class Stored:
    """`erased`: private texts that are gone; they stand as "" in the facts."""

    facts: tuple[Fact, ...]
    head: Head
    erased: int = 0


class Store:
    """Open records, made by `open_store`."""

    def __init__(self, engine: Engine, where: str, salts: Callable[[], str]) -> None:
        self._engine = engine
        self._where = where
        self._salts = salts

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # ------------------------------------------------------------ writing

    def create(self, started: SessionStarted, pack_files: Mapping[str, str]) -> Head:
        """Keep the pack's texts and the first fact."""
        with self._writing() as connection:
            self._keep_pack(connection, started.pins.pack_fingerprint, pack_files)
            connection.execute(tables.sessions.insert().values(**_row_of(started)))
            return self._append(connection, started.session, Head(0, first_head(started.session)), (started,))

    def append(self, session: str, expected: int, facts: Iterable[Fact]) -> Head:
        """Keep `facts` after the `expected` records there are. StoreProblem `moved_on` if there are more or fewer: somebody else has
        gone on with the session. All of them are kept, or none."""
        with self._writing() as connection:
            head = self._head(connection, session)
            if head.count != expected:
                raise StoreProblem("moved_on", session)
            return self._append(connection, session, head, facts)

    def _append(self, connection: Connection, session: str, head: Head, facts: Iterable[Fact]) -> Head:
        turns, changes = 0, {}
        for fact in facts:
            written = split(fact)
            public = {**written.public, "seq": head.count + 1}
            if written.field:
                salt = self._salts()
                public["commitment"] = commitment(salt, written.text)
                connection.execute(
                    tables.private.insert().values(session=session, seq=head.count + 1, salt=salt, text=written.text)
                )
            head = Head(head.count + 1, next_head(head.head, public))
            connection.execute(
                tables.records.insert().values(
                    session=session,
                    seq=head.count,
                    turn_id=fact.turn_id if isinstance(fact, TurnTaken) else None,
                    public=canonical(public).decode("utf-8", "surrogatepass"),
                    hash=head.head,
                )
            )
            turns += isinstance(fact, TurnTaken)
            if isinstance(fact, SessionEnded):
                changes = {"ended": 1, "outcome": fact.outcome}
            if isinstance(fact, TurnRetried):
                turns -= 1
                changes = {"ended": 0, "outcome": None}
        connection.execute(
            tables.sessions.update()
            .where(tables.sessions.c.session == session)
            .values(count=head.count, head=head.head, turns=tables.sessions.c.turns + turns, **changes)
        )
        return head

    def _keep_pack(self, connection: Connection, fingerprint: str, files: Mapping[str, str]) -> None:
        have = connection.execute(
            sa.select(tables.packs.c.name).where(tables.packs.c.fingerprint == fingerprint)
        ).first()
        if have is None and files:
            rows = [{"fingerprint": fingerprint, "name": n, "text": t} for n, t in sorted(files.items())]
            connection.execute(tables.packs.insert(), rows)

    def save_draft(self, session: str, text: str, at: int) -> None:
        """Keep what is being typed, in place of what was there."""
        with self._writing() as connection:
            connection.execute(tables.drafts.delete().where(tables.drafts.c.session == session))
            if text:
                connection.execute(tables.drafts.insert().values(session=session, text=_sound(text), saved_at=at))

    def clear_draft(self, session: str) -> None:
        with self._writing() as connection:
            connection.execute(tables.drafts.delete().where(tables.drafts.c.session == session))

    def erase(self, session: str) -> None:
        """Remove what a person typed in `session`. The chain still verifies: it holds commitments only."""
        with self._writing() as connection:
            self._head(connection, session)
            connection.execute(
                tables.private.update().where(tables.private.c.session == session).values(text=None, salt="")
            )
            connection.execute(tables.drafts.delete().where(tables.drafts.c.session == session))
        if self._engine.dialect.name == "sqlite":
            with self._reading() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    # ------------------------------------------------------------ reading

    def sessions(self) -> tuple[SessionRow, ...]:
        """Every session, newest first."""
        order = (tables.sessions.c.started_at.desc(), tables.sessions.c.session)
        with self._reading() as connection:
            rows = connection.execute(sa.select(tables.sessions).order_by(*order)).mappings().all()
        return tuple(
            SessionRow(**{**{k: v for k, v in row.items() if k != "fingerprint"}, "ended": bool(row["ended"])})
            for row in rows
        )

    def facts(self, session: str) -> Stored:
        """The facts of `session`. StoreProblem `damaged` if a record cannot be read."""
        with self._reading() as connection:
            head = self._head(connection, session)
            records = self._links(connection, session)
        try:
            facts = tuple(_fact(record) for record in records)
        except BadRecord as problem:
            raise StoreProblem("damaged", self._where, str(problem)) from None
        return Stored(facts, head, sum(r.private is not None and r.private.text is None for r in records))

    def verify(self, session: str) -> Verdict:
        """Whether the chain of `session` fits, and ends where the listing says."""
        with self._reading() as connection:
            head = self._head(connection, session)
            verdict = verify(session, self._links(connection, session))
        if verdict.ok and (verdict.count, verdict.head) != (head.count, head.head):
            return Verdict(
                False, verdict.count, verdict.head, f"{head.count} records were kept, {verdict.count} are there"
            )
        return verdict

    def draft(self, session: str) -> str:
        with self._reading() as connection:
            found = connection.execute(
                sa.select(tables.drafts.c.text).where(tables.drafts.c.session == session)
            ).scalar()
        return str(found or "")

    def pack_files(self, fingerprint: str) -> dict[str, str]:
        """The texts of a pack as they were when a session with it began; empty if they are not here."""
        with self._reading() as connection:
            rows = connection.execute(
                sa.select(tables.packs.c.name, tables.packs.c.text)
                .where(tables.packs.c.fingerprint == fingerprint)
                .order_by(tables.packs.c.name)
            )
            return {row[0]: row[1] for row in rows}

    def export(self, session: str) -> Iterator[str]:
        """The lines of the transcript file of `session`, without line ends."""
        with self._reading() as connection:
            head = self._head(connection, session)
            records = self._links(connection, session)
        started = _fact(records[0])
        assert isinstance(started, SessionStarted)
        files = self.pack_files(started.pins.pack_fingerprint)
        return transcript.write_transcript(session, head.count, head.head, files, records)

    def import_lines(self, lines: Iterable[str]) -> str:
        """Take a transcript file in; the session's id. Only what verifies is taken; the same again changes nothing."""
        read = transcript.read_transcript(lines)
        if not read.verdict.ok:
            raise StoreProblem("bad_transcript", str(read.line), read.verdict.problem)
        started = read.facts[0]
        assert isinstance(started, SessionStarted)
        with self._writing() as connection:
            known = connection.execute(
                sa.select(tables.sessions.c.head).where(tables.sessions.c.session == started.session)
            ).scalar()
            if known is not None:
                if known != read.verdict.head:
                    raise StoreProblem("other_record", started.session)
                return started.session
            self._keep_pack(connection, started.pins.pack_fingerprint, read.pack_files)
            connection.execute(tables.sessions.insert().values(**_row_of(started)))
            self._take_links(connection, started.session, read.records)
            self._summarise(connection, started.session, read.facts, read.verdict)
        return started.session

    def _take_links(self, connection: Connection, session: str, records: tuple[Record, ...]) -> None:
        for record in records:
            seq = record.public["seq"]
            connection.execute(
                tables.records.insert().values(
                    session=session,
                    seq=seq,
                    turn_id=record.public.get("turn_id") if record.public["kind"] == "turn_taken" else None,
                    public=canonical(record.public).decode("utf-8", "surrogatepass"),
                    hash=record.hash,
                )
            )
            if record.private is not None:
                connection.execute(
                    tables.private.insert().values(
                        session=session, seq=seq, salt=record.private.salt, text=record.private.text
                    )
                )

    def _summarise(self, connection: Connection, session: str, facts: tuple[Fact, ...], verdict: Verdict) -> None:
        turns, ended, outcome = 0, 0, None
        for fact in facts:
            turns += isinstance(fact, TurnTaken)
            if isinstance(fact, TurnRetried):
                turns, ended, outcome = turns - 1, 0, None
            if isinstance(fact, SessionEnded):
                ended, outcome = 1, fact.outcome
        values = {"turns": turns, "ended": ended, "outcome": outcome, "count": verdict.count, "head": verdict.head}
        connection.execute(tables.sessions.update().where(tables.sessions.c.session == session).values(**values))

    # ------------------------------------------------------------ pieces

    def _head(self, connection: Connection, session: str) -> Head:
        query = (
            sa.select(tables.sessions.c.count, tables.sessions.c.head)
            .where(tables.sessions.c.session == session)
            .with_for_update()
        )
        row = connection.execute(query).first()
        if row is None:
            raise StoreProblem("no_such_session", session)
        return Head(*row)

    def _links(self, connection: Connection, session: str) -> tuple[Record, ...]:
        joined = tables.records.outerjoin(
            tables.private,
            (tables.private.c.session == tables.records.c.session) & (tables.private.c.seq == tables.records.c.seq),
        )
        rows = connection.execute(
            sa.select(tables.records.c.public, tables.records.c.hash, tables.private.c.salt, tables.private.c.text)
            .select_from(joined)
            .where(tables.records.c.session == session)
            .order_by(tables.records.c.seq)
        ).all()
        return tuple(
            Record(transcript.parse(public, self._where), hash, None if salt is None else Private(salt, text))
            for public, hash, salt, text in rows
        )

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _explained(self._where), self._engine.begin() as connection:
            if self._engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _explained(self._where), self._engine.connect() as connection:
            yield connection


def _fact(record: Record) -> Fact:
    public = {key: value for key, value in record.public.items() if key not in ("seq", "commitment")}
    return join(public, record.private.text if record.private else "")


def _sound(text: str) -> str:
    """`text` without what a database cannot hold: NUL and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _row_of(started: SessionStarted) -> dict[str, Any]:
    return {
        "session": started.session,
        "started_at": started.at,
        "scenario": started.pins.scenario,
        "title": started.title,
        "language": started.language,
        "mode": started.mode,
        "fingerprint": started.pins.pack_fingerprint,
        "ended": 0,
        "outcome": None,
        "turns": 0,
        "count": 0,
        "head": first_head(started.session),
    }


# ---------------------------------------------------------------- opening

_SQLITE_CODES: tuple[tuple[str, str], ...] = (
    ("SQLITE_BUSY", "locked"),
    ("SQLITE_LOCKED", "locked"),
    ("SQLITE_READONLY", "read_only"),
    ("SQLITE_FULL", "disk_full"),
    ("SQLITE_IOERR", "disk_full"),
    ("SQLITE_CORRUPT", "damaged"),
    ("SQLITE_NOTADB", "not_a_store"),
    ("SQLITE_CANTOPEN", "cannot_open"),
)


@contextmanager
def _explained(where: str) -> Iterator[None]:
    """Turn what the database says into a StoreProblem."""
    try:
        yield
    except sa.exc.DBAPIError as problem:
        name = str(getattr(problem.orig, "sqlite_errorname", ""))
        code = next((ours for theirs, ours in _SQLITE_CODES if name.startswith(theirs)), "cannot_open")
        raise StoreProblem(code, where, str(problem.orig)) from None


def open_store(url: str, *, salts: Callable[[], str], busy_ms: int = _BUSY_MS) -> Store:
    """Open (and if need be create) the records at `url`; close them or use them in a `with`. StoreProblem if that cannot be done.
    `salts`: gives a new random text at each call. `busy_ms`: how long to wait for another program's lock."""
    parsed = sa.make_url(url)
    where = parsed.database or url if parsed.get_backend_name() == "sqlite" else parsed.render_as_string()
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        _prepare_file(Path(parsed.database))
    try:
        engine = sa.create_engine(parsed)
    except (sa.exc.NoSuchModuleError, ModuleNotFoundError):
        raise StoreProblem("driver_missing", parsed.drivername) from None
    if engine.dialect.name == "sqlite":
        _tune_sqlite(engine, busy_ms)
    store = Store(engine, where, salts)
    try:
        _check_schema(store, engine)
    except BaseException:
        engine.dispose()
        raise
    return store


def _prepare_file(path: Path) -> None:
    """Make the file ours alone before SQLite opens it; its -wal and -shm take over the mode."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except PermissionError:
        raise StoreProblem("read_only", str(path)) from None
    except OSError as problem:
        code = "read_only" if problem.errno == 30 else "cannot_open"
        raise StoreProblem(code, str(path), problem.strerror or "") from None
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(0o600)


def _tune_sqlite(engine: Engine, busy_ms: int) -> None:
    @sa.event.listens_for(engine, "connect")
    def tune(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin where we say so
        for pragma in (
            f"busy_timeout={busy_ms}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")


def _check_schema(store: Store, engine: Engine) -> None:
    with store._reading() as connection:
        names = set(sa.inspect(connection).get_table_names())
        found = None
        if "meta" in names:
            found = connection.execute(sa.select(tables.meta.c.value).where(tables.meta.c.key == "schema")).scalar()
    if found is None:
        if names:
            raise StoreProblem("not_a_store", store._where)
        with store._writing() as connection:
            tables.metadata.create_all(connection)
            if connection.execute(sa.select(tables.meta.c.value)).first() is None:
                connection.execute(tables.meta.insert().values(key="schema", value=str(SCHEMA)))
    elif not str(found).isdigit() or int(found) > SCHEMA:
        raise StoreProblem("newer", store._where, str(found))
