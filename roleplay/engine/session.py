"""A session as the fold of its facts.

Owns SessionState and `evolve`. Refuses to know the pack, the detector, scoring and storage: what a fact says happened is taken
as it stands, so that a replay shows what was seen even after all of those have changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from roleplay.engine.events import (
    CUSTOMER,
    Fact,
    HintShown,
    Move,
    Said,
    SessionEnded,
    SessionStarted,
    TimePassed,
    TurnRetried,
    TurnTaken,
)


class OutOfOrder(ValueError):
    """A fact that cannot follow those before it: names the fact and the state of the session."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply in the record. `standing` False: it was retried and no longer counts."""

    taken: TurnTaken
    standing: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the dialogue with the turn it belongs to ("" before the first). `standing` as in Turn."""

    said: Said
    turn_id: str
    standing: bool = True


@dataclass(frozen=True, slots=True)
class SessionState:
    """Where a session stands. `tries`: replies to the customer given in this state so far. `known`, `named`, `asked`: facts.
    `done`: techniques credited so far, `touched`: credited or partial. `offered`: (card, within) of remedies offered.
    `taken`: opportunities already met. `used_rules`: mood rules that count once and have counted. `curve`: (turn number, mood,
    trust) after each standing step. `before`: the state before the last standing turn, what a retry goes back to."""

    started: SessionStarted
    state: str
    mood: int
    trust: int
    clock: int = 0
    tries: int = 0
    known: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    offered: tuple[tuple[str, bool], ...] = ()
    granted: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    happened: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    used_rules: tuple[str, ...] = ()
    line_uses: tuple[tuple[str, int], ...] = ()
    turns: tuple[Turn, ...] = ()
    dialogue: tuple[Entry, ...] = ()
    curve: tuple[tuple[int, int, int], ...] = ()
    hinted: tuple[str, ...] = ()
    ended: SessionEnded | None = None
    before: SessionState | None = None

    @property
    def standing(self) -> tuple[TurnTaken, ...]:
        """The replies that count, oldest first."""
        return tuple(t.taken for t in self.turns if t.standing)
