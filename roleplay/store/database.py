"""Records in a database, reached by URL: SQLite embedded by default, the same statements for PostgreSQL.

Owns the moment of commit: when a method returns, what it kept is on disk. Refuses to know what a fact means. Records are append-only;
drafts are not records. Files are 0600.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from roleplay.engine.codec import BadRecord, Written, canonical, split
from roleplay.engine.events import Fact, SessionEnded, SessionStarted, TurnRetried, TurnTaken
from roleplay.engine.session import OutOfOrder, fold
from roleplay.scenarios.packs import fingerprint as fingerprint_of
from roleplay.store import tables, transcript
from roleplay.store.chain import (
    RECORDS_AT_MOST,
    Head,
    Private,
    Record,
    Verdict,
    broken,
    fact_of,
    first_head,
    link,
    verify,
)
from roleplay.store.connecting import Link, connect
from roleplay.store.listing import SessionRow, flaw_in, row_of, summary
from roleplay.store.problems import Flaw, StoreProblem

__all__ = ["Head", "SessionRow", "Store", "Stored", "open_store"]

SCHEMA = 1
_BUSY_MS = 3000


@dataclass(frozen=True, slots=True)
class Stored:
    """`erased`: private texts that are gone; they stand as "" in the facts."""

    facts: tuple[Fact, ...]
    head: Head
    erased: int = 0


class Store:
    """Open records, made by `open_store`. Threads may share it."""

    def __init__(self, link: Link, salts: Callable[[], str]) -> None:
        self._link = link
        self._engine = link.engine
        self._where = link.where
        self._salts = salts

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # ------------------------------------------------------------ writing

    def create(self, started: SessionStarted, pack_files: Mapping[str, str]) -> Head:
        """Keep the pack's texts and the first fact. The same again changes nothing; StoreProblem `other_record` if the session is there
        with another start. ValueError if `pack_files` are not those that the fact pins."""
        if pack_files and fingerprint_of(pack_files) != started.pins.pack_fingerprint:
            raise ValueError("the pack's texts do not have the fingerprint that is pinned")
        with self._link.writing(creating=True) as connection:
            if self._row(connection, started.session) is not None:
                return self._same(connection, started.session, 0, (started,), "other_record")
            self._keep_pack(connection, started.pins.pack_fingerprint, pack_files)
            connection.execute(
                tables.sessions.insert().values(**summary((started,), Head(0, first_head(started.session))))
            )
            return self._append(connection, started.session, Head(0, first_head(started.session)), (started,))

    def append(self, session: str, expected: int, facts: Iterable[Fact]) -> Head:
        """Keep `facts` after the `expected` records there are: all of them, or none. The same facts sent twice are kept once, and the
        head after them is returned. StoreProblem `moved_on` if other records stand there: somebody else has gone on with the session."""
        facts = tuple(facts)
        with self._link.writing() as connection:
            head = self._head(connection, session, lock=True)
            if head.count != expected:
                return self._same(connection, session, expected, facts, "moved_on")
            if head.count + len(facts) > RECORDS_AT_MOST:
                raise StoreProblem("full_session", session, str(head.count))
            ids = [fact.turn_id for fact in facts if isinstance(fact, TurnTaken)]
            taken = sa.select(tables.records.c.seq).where(
                tables.records.c.session == session, tables.records.c.turn_id.in_(ids)
            )
            if ids and connection.execute(taken).first() is not None:
                raise StoreProblem("moved_on", session)
            return self._append(connection, session, head, facts)

    def _same(
        self, connection: Connection, session: str, expected: int, facts: tuple[Fact, ...], otherwise: str
    ) -> Head:
        """The head after `facts`, which somebody sends again; StoreProblem `otherwise` if they are not what is there."""
        there = self._records(connection, session)[expected : expected + len(facts)]
        if not facts or self._facts(there) != facts:
            raise StoreProblem(otherwise, session)
        return Head(expected + len(facts), there[-1].hash)

    def _append(self, connection: Connection, session: str, head: Head, facts: tuple[Fact, ...]) -> Head:
        turns: int = 0
        changes: dict[str, Any] = {}
        for fact in facts:
            record = link(head, self._written(fact), self._salts)
            head = Head(head.count + 1, record.hash)
            _keep(connection, session, record)
            if isinstance(fact, TurnTaken):
                turns += 1
                connection.execute(
                    tables.drafts.delete().where(tables.drafts.c.session == session)
                )  # the draft has been sent
            elif isinstance(fact, SessionEnded):
                changes = {"ended": 1, "outcome": fact.outcome}
            elif isinstance(fact, TurnRetried):
                turns -= 1
                changes = {"ended": 0, "outcome": None}
        connection.execute(
            tables.sessions.update()
            .where(tables.sessions.c.session == session)
            .values(count=head.count, head=head.head, turns=tables.sessions.c.turns + turns, **changes)
        )
        return head

    def _written(self, fact: Fact) -> Written:
        try:
            written = split(fact)
        except BadRecord as problem:
            raise StoreProblem("cannot_keep", self._where, str(problem)) from None
        if "\x00" in written.text:
            raise StoreProblem("cannot_keep", self._where, "U+0000")  # PostgreSQL holds no NUL
        return written

    def _keep_pack(self, connection: Connection, fingerprint: str, files: Mapping[str, str]) -> None:
        have = connection.execute(
            sa.select(tables.packs.c.name).where(tables.packs.c.fingerprint == fingerprint)
        ).first()
        if have is None and files:
            rows = [{"fingerprint": fingerprint, "name": n, "text": t} for n, t in sorted(files.items())]
            connection.execute(tables.packs.insert(), rows)

    def save_draft(self, session: str, text: str, at: int) -> None:
        """Keep what is being typed, in place of what was there."""
        with self._link.writing() as connection:
            connection.execute(tables.drafts.delete().where(tables.drafts.c.session == session))
            if text:
                connection.execute(tables.drafts.insert().values(session=session, text=_sound(text), saved_at=at))

    def clear_draft(self, session: str) -> None:
        """Forget what was being typed. Nothing is written where there is no draft, so this cannot fail on a full disk then."""
        if self.draft(session):
            with self._link.writing() as connection:
                connection.execute(tables.drafts.delete().where(tables.drafts.c.session == session))

    def erase(self, session: str) -> None:
        """Remove what a person typed in `session`, also from the database's log. The chain still verifies: it holds commitments only.
        StoreProblem `still_in_log` if a copy is left there, as while another program holds the log open: erase again then."""
        with self._link.writing() as connection:
            self._head(connection, session, lock=True)
            connection.execute(
                tables.private.update().where(tables.private.c.session == session).values(text=None, salt="")
            )
            connection.execute(tables.drafts.delete().where(tables.drafts.c.session == session))
        self._link.forget()

    # ------------------------------------------------------------ reading

    def sessions(self) -> tuple[SessionRow, ...]:
        """Every session, newest first."""
        order = (tables.sessions.c.started_at.desc(), tables.sessions.c.session)
        with self._link.reading() as connection:
            rows = connection.execute(sa.select(tables.sessions).order_by(*order)).mappings().all()
        return tuple(row_of(row) for row in rows)

    def facts(self, session: str) -> Stored:
        """The facts of `session`. StoreProblem `damaged` if a record cannot be read, or they cannot be a session's facts."""
        with self._link.reading() as connection:
            head = self._head(connection, session)
            kept = self._records(connection, session)
        facts = self._facts(kept)
        try:
            fold(facts)
        except OutOfOrder as problem:
            raise StoreProblem("damaged", self._where, str(problem)) from None
        return Stored(facts, head, sum(record.erased for record in kept))

    def verify(self, session: str) -> Verdict:
        """Whether the chain of `session` fits, ends where the listing says, and says what the listing says."""
        with self._link.reading() as connection:
            row = self._row(connection, session)
            if row is None:
                raise StoreProblem("no_such_session", session)
            try:
                kept = self._records(connection, session)
                facts = self._facts(kept)
            except StoreProblem as problem:
                if problem.flaw is None:
                    raise
                return broken(Verdict(False, 0, first_head(session)), problem.flaw)
        verdict = verify(session, kept)
        if not verdict.ok:
            return verdict
        flaw = flaw_in(row, facts, verdict)
        return verdict if flaw is None else broken(verdict, flaw)

    def draft(self, session: str) -> str:
        with self._link.reading() as connection:
            found = connection.execute(
                sa.select(tables.drafts.c.text).where(tables.drafts.c.session == session)
            ).scalar()
        return str(found or "")

    def pack_files(self, fingerprint: str) -> dict[str, str]:
        """The texts of a pack as they were when a session with it began; empty if they are not here."""
        with self._link.reading() as connection:
            return self._pack_files(connection, fingerprint)

    def _pack_files(self, connection: Connection, fingerprint: str) -> dict[str, str]:
        wanted = sa.select(tables.packs.c.name, tables.packs.c.text).where(tables.packs.c.fingerprint == fingerprint)
        return {row[0]: row[1] for row in connection.execute(wanted.order_by(tables.packs.c.name))}

    def export(self, session: str) -> Iterator[str]:
        """The lines of the transcript file of `session`, without line ends."""
        with self._link.reading() as connection:
            head = self._head(connection, session)
            kept = self._records(connection, session)
            started = next(iter(self._facts(kept[:1])), None)
            if not isinstance(started, SessionStarted):
                raise StoreProblem("damaged", self._where, Flaw("no_start"))
            files = self._pack_files(connection, started.pins.pack_fingerprint)
        return transcript.write_transcript(session, head.count, head.head, files, kept)

    def import_lines(self, lines: Iterable[str]) -> str:
        """Take a transcript file in; the session's id. Only what verifies is taken. The same again changes nothing: words that have
        been erased here stay erased."""
        read = transcript.read_transcript(lines)
        if not read.verdict.ok:
            raise StoreProblem("bad_transcript", str(read.line), read.flaw_there)
        started = read.facts[0]
        assert isinstance(started, SessionStarted)
        head = Head(read.verdict.count, read.verdict.head)
        if any(record.private and "\x00" in (record.private.text or "") for record in read.records):
            raise StoreProblem("cannot_keep", self._where, "U+0000")
        with self._link.writing(creating=True) as connection:
            known = self._row(connection, started.session)
            if known is not None:
                if known["head"] != head.head:
                    raise StoreProblem("other_record", started.session)
                return started.session
            self._keep_pack(connection, started.pins.pack_fingerprint, read.pack_files)
            connection.execute(tables.sessions.insert().values(**summary(read.facts, head)))
            for record in read.records:
                _keep(connection, started.session, record)
        return started.session

    # ------------------------------------------------------------ pieces

    def _row(self, connection: Connection, session: str, lock: bool = False) -> sa.RowMapping | None:
        query = sa.select(tables.sessions).where(tables.sessions.c.session == session)
        return connection.execute(query.with_for_update() if lock else query).mappings().first()

    def _head(self, connection: Connection, session: str, lock: bool = False) -> Head:
        row = self._row(connection, session, lock)
        if row is None:
            raise StoreProblem("no_such_session", session)
        return Head(row["count"], row["head"])

    def _records(self, connection: Connection, session: str) -> tuple[Record, ...]:
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
        return tuple(self._record(number, *row) for number, row in enumerate(rows, 1))

    def _record(self, number: int, public: object, hash: object, salt: object, text: object) -> Record:
        try:
            if not (isinstance(public, str) and isinstance(hash, str) and isinstance(salt, str | None)):
                raise transcript.Unreadable(Flaw("shape", detail="record"))
            if not isinstance(text, str | None):
                raise transcript.Unreadable(Flaw("shape", detail="private part"))
            return Record(transcript.parse(public), hash, None if salt is None else Private(salt, text))
        except transcript.Unreadable as problem:
            flaw = Flaw("unreadable", number, problem.flaw.sentence("en"))
            raise StoreProblem("damaged", self._where, flaw) from None

    def _facts(self, kept: tuple[Record, ...]) -> tuple[Fact, ...]:
        facts = []
        for number, record in enumerate(kept, 1):
            try:
                facts.append(fact_of(record))
            except BadRecord as problem:
                raise StoreProblem("damaged", self._where, Flaw("unreadable", number, str(problem))) from None
        return tuple(facts)


def _keep(connection: Connection, session: str, record: Record) -> None:
    public = record.public
    connection.execute(
        tables.records.insert().values(
            session=session,
            seq=public["seq"],
            turn_id=public["turn_id"] if public["kind"] == "turn_taken" else None,
            public=canonical(public).decode(),
            hash=record.hash,
        )
    )
    if record.private is not None:
        kept = {"salt": record.private.salt, "text": record.private.text}
        connection.execute(tables.private.insert().values(session=session, seq=public["seq"], **kept))


def _sound(text: str) -> str:
    """`text` without what a database cannot hold: NUL and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


# ---------------------------------------------------------------- opening


def open_store(url: str, *, salts: Callable[[], str], busy_ms: int = _BUSY_MS, read_only: bool = False) -> Store:
    """Open (and if need be create) the records at `url`; close them or use them in a `with`. StoreProblem if that cannot be done.
    `salts`: gives a new random text at each call. `busy_ms`: how long to wait for another program's lock. `read_only`: look only;
    nothing is created, and records in a folder that cannot be written are read too."""
    link = connect(url, busy_ms, read_only)
    try:
        if not _is_ours(link) and read_only:
            raise StoreProblem("not_there", link.where)
        link.settle()
        if not read_only:
            _make_tables(link)
    except BaseException:
        link.engine.dispose()
        raise
    return Store(link, salts)


def _is_ours(link: Link) -> bool:
    """Whether the tables are there. StoreProblem if others are, or newer ones."""
    with link.reading() as connection:
        looked = sa.inspect(connection)
        names = set(looked.get_table_names())
        if not names:
            return False
        columns = {column["name"] for column in looked.get_columns("meta")} if "meta" in names else set()
        if not {"key", "value"} <= columns:
            raise StoreProblem("not_a_store", link.where)
        found = connection.execute(sa.select(tables.meta.c.value).where(tables.meta.c.key == "schema")).scalar()
    if found is None or not str(found).isdecimal():
        raise StoreProblem("not_a_store", link.where)
    if int(found) > SCHEMA:
        raise StoreProblem("newer", link.where, str(found))
    return True


def _make_tables(link: Link) -> None:
    if _is_ours(link):
        return
    with link.writing(creating=True) as connection:
        tables.metadata.create_all(connection)
        if connection.execute(sa.select(tables.meta.c.value)).first() is None:
            connection.execute(tables.meta.insert().values(key="schema", value=str(SCHEMA)))
