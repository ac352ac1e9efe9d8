"""What the listing says about a session, so that a lobby need not read its records.

Owns the summary of facts, and whether a summary still says what the records say. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from roleplay.engine.events import Fact, Mode, SessionStarted
from roleplay.engine.session import OutOfOrder, fold
from roleplay.scenarios.model import Language, Outcome
from roleplay.store.chain import Head, Verdict
from roleplay.store.problems import Flaw


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


def row_of(row: sa.RowMapping) -> SessionRow:
    """What a row of the table says."""
    return SessionRow(**{**{k: v for k, v in row.items() if k != "fingerprint"}, "ended": bool(row["ended"])})


def summary(facts: tuple[Fact, ...], head: Head) -> dict[str, Any]:
    """What the listing says about a session with these facts."""
    started = facts[0]
    assert isinstance(started, SessionStarted)
    state = fold(facts)
    return {
        "session": started.session,
        "started_at": started.at,
        "scenario": started.pins.scenario,
        "title": started.title,
        "language": started.language,
        "mode": started.mode,
        "fingerprint": started.pins.pack_fingerprint,
        "ended": int(state.ended is not None),
        "outcome": state.ended.outcome if state.ended else None,
        "turns": len(state.standing),
        "count": head.count,
        "head": head.head,
    }


def flaw_in(row: sa.RowMapping, facts: tuple[Fact, ...], verdict: Verdict) -> Flaw | None:
    """How the listing's row differs from the records, which have been verified."""
    if (verdict.count, verdict.head) != (row["count"], row["head"]):
        return Flaw("count", detail=f"{row['count']} / {verdict.count}")
    if not facts or not isinstance(facts[0], SessionStarted):
        return Flaw("no_start")
    try:
        said = summary(facts, Head(verdict.count, verdict.head))
    except OutOfOrder as problem:
        return Flaw("order", detail=str(problem))
    differing = sorted(name for name, value in said.items() if row[name] != value)
    return Flaw("listing", detail=", ".join(differing)) if differing else None
