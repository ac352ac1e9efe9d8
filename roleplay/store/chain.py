"""The hash chain of a session, version 1.

Owns what is hashed and in which order. Pure. A chain that its owner can recompute proves nothing alone: its head (count and hash) goes on
the trainee's receipt and into every export.

    commitment = SHA-256("roleplay/1/private\\n" + salt + "\\n" + text)
    head 0     = SHA-256("roleplay/1/session\\n" + session id)
    head n     = SHA-256("roleplay/1/record\\n" + head n-1 + "\\n" + canonical JSON of the public part with its seq)

All hashes in lower-case hex, all text in UTF-8.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from roleplay.engine.codec import BadRecord, Json, Written, canonical, has_private, join
from roleplay.engine.events import Fact
from roleplay.scenarios.model import Language
from roleplay.store.problems import Flaw

RECORDS_AT_MOST = 2_000
"""In one session. A talk has some dozens. Folding costs the square of it in time and memory (10,000 turns: 19 s and 2 GB), so a hostile
file must not bring more."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: what goes on the receipt."""

    count: int
    head: str


@dataclass(frozen=True, slots=True)
class Private:
    """What a person typed, with the salt of its commitment. `text` None: erased."""

    salt: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """One link. `public` holds `seq` (1-based) and, where something was typed, `commitment`."""

    public: Json
    hash: str
    private: Private | None = None

    @property
    def erased(self) -> bool:
        return self.private is not None and self.private.text is None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`ok`: every hash and commitment fits. `count`, `head`: what the receipt should say. `problem`: the first thing that does not fit, as
    one English sentence. `erased`: how many private texts have been erased. `flaw`: the problem as data, for other languages."""

    ok: bool
    count: int
    head: str
    problem: str = ""
    erased: int = 0
    flaw: Flaw | None = None

    def sentence(self, language: Language) -> str:
        """The problem as one sentence, "" if there is none."""
        return self.flaw.sentence(language) if self.flaw else self.problem


def broken(verdict: Verdict, flaw: Flaw) -> Verdict:
    """`verdict`, as far as it got, with what does not fit."""
    return replace(verdict, ok=False, flaw=flaw, problem=flaw.sentence("en"))


def first_head(session: str) -> str:
    return _hash("session", session.encode())


def commitment(salt: str, text: str) -> str:
    return _hash("private", f"{salt}\n{text}".encode("utf-8", errors="surrogatepass"))


def next_head(head: str, public: Json) -> str:
    return _hash("record", head.encode() + b"\n" + canonical(public))


def _hash(domain: str, data: bytes) -> str:
    return hashlib.sha256(f"roleplay/1/{domain}\n".encode() + data).hexdigest()


def link(head: Head, written: Written, salts: Callable[[], str]) -> Record:
    """The record that follows `head`. A salt is taken only where something was typed."""
    public = {**written.public, "seq": head.count + 1}
    private = Private(salts(), written.text) if written.field else None
    if private is not None:
        public["commitment"] = commitment(private.salt, written.text)
    return Record(public, next_head(head.head, public), private)


def fact_of(record: Record) -> Fact:
    """The fact a record holds; erased text stands as "". BadRecord if it is none."""
    public = {key: value for key, value in record.public.items() if key not in ("seq", "commitment")}
    fact = join(public, record.private.text if record.private else None)
    if has_private(fact) != ("commitment" in record.public):
        raise BadRecord(f"{public['kind']}.commitment: there is one for typed text, and for nothing else")
    return fact


def verify(session: str, records: Iterable[Record]) -> Verdict:
    """Recompute the chain. The first thing that does not fit ends it."""
    head, count, erased = first_head(session), 0, 0
    for number, record in enumerate(records, 1):
        head_now = next_head(head, record.public)
        flaw = _flaw(record, number, head_now)
        if flaw is not None:
            return broken(Verdict(False, count, head, erased=erased), flaw)
        erased += record.erased
        head, count = head_now, number
    return Verdict(True, count, head, erased=erased)


def _flaw(record: Record, number: int, head_now: str) -> Flaw | None:
    seq, promised, private = record.public.get("seq"), record.public.get("commitment"), record.private
    if type(seq) is not int or seq != number:
        return Flaw("sequence", number, repr(seq)[:40])
    if head_now != record.hash:
        return Flaw("hash", number)
    if private is None:
        return Flaw("words_missing", number) if promised is not None else None
    if promised is None:
        return Flaw("words_unasked", number)
    if private.text is not None and commitment(private.salt, private.text) != promised:
        return Flaw("words_changed", number)
    return None
