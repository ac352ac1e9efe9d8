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
from collections.abc import Iterable
from dataclasses import dataclass

from roleplay.engine.codec import Json, canonical


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """`ok`: every hash and commitment fits. `count`, `head`: what the receipt should say. `problem`: one sentence if not ok.
    `erased`: how many private texts have been erased."""

    ok: bool
    count: int
    head: str
    problem: str = ""
    erased: int = 0


def first_head(session: str) -> str:
    return _hash("session", session.encode())


def commitment(salt: str, text: str) -> str:
    return _hash("private", f"{salt}\n{text}".encode("utf-8", errors="surrogatepass"))


def next_head(head: str, public: Json) -> str:
    return _hash("record", head.encode() + b"\n" + canonical(public))


def _hash(domain: str, data: bytes) -> str:
    return hashlib.sha256(f"roleplay/1/{domain}\n".encode() + data).hexdigest()


def verify(session: str, records: Iterable[Record]) -> Verdict:
    """Recompute the chain. The first thing that does not fit ends it."""
    head, count, erased = first_head(session), 0, 0
    for number, record in enumerate(records, 1):
        if record.public.get("seq") != number:
            return Verdict(False, count, head, f"record {number}: its number is {record.public.get('seq')!r}")
        head_now = next_head(head, record.public)
        if head_now != record.hash:
            return Verdict(
                False, count, head, f"record {number}: the hash does not fit; it was changed or one is missing"
            )
        if record.private is not None:
            if record.private.text is None:
                erased += 1
            elif commitment(record.private.salt, record.private.text) != record.public.get("commitment"):
                return Verdict(False, count, head, f"record {number}: the typed text is not the one committed to")
        head, count = head_now, number
    return Verdict(True, count, head, erased=erased)
