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
    FieldFilled,
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
    trust) after each standing step. `filled`: fields of forms in the order handed in, all attempts. `before`: the state before the last standing turn, what a retry goes back to."""

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
    filled: tuple[FieldFilled, ...] = ()
    ended: SessionEnded | None = None
    before: SessionState | None = None

    @property
    def standing(self) -> tuple[TurnTaken, ...]:
        """The replies that count, oldest first."""
        return tuple(t.taken for t in self.turns if t.standing)

    @property
    def handed_in(self) -> tuple[FieldFilled, ...]:
        """The fields that count: of every form those of its last attempt."""
        last = {f.form: f.attempt for f in self.filled}
        return tuple(f for f in self.filled if f.attempt == last[f.form])


def fold(facts: Iterable[Fact]) -> SessionState:
    """The state after `facts`. OutOfOrder if they cannot be a session's facts, in that order."""
    state: SessionState | None = None
    for fact in facts:
        state = evolve(state, fact)
    if state is None:
        raise OutOfOrder("no facts: a session begins with SessionStarted")
    return state


def evolve(state: SessionState | None, fact: Fact) -> SessionState:
    """The state after one more fact."""
    if isinstance(fact, SessionStarted):
        if state is not None:
            raise OutOfOrder(f"SessionStarted after {len(state.turns)} turns: a session begins once")
        return SessionState(
            started=fact,
            state=fact.state,
            mood=fact.mood,
            trust=fact.trust,
            known=fact.known,
            dialogue=tuple(Entry(said, "") for said in fact.lines),
            curve=((0, fact.mood, fact.trust),),
        )
    if state is None:
        raise OutOfOrder(f"{type(fact).__name__} before SessionStarted")
    match fact:
        case TurnRetried():
            return _take_back(state, fact)
        case HintShown():
            return replace(state, hinted=(*state.hinted, fact.opportunity))
        case FieldFilled():
            if state.ended is None:
                raise OutOfOrder(f"FieldFilled of {fact.form!r} before the talk ended")
            return replace(state, filled=(*state.filled, fact))
    if state.ended is not None:
        raise OutOfOrder(f"{type(fact).__name__} after the session ended")
    match fact:
        case TurnTaken():
            return _take(state, fact)
        case TimePassed():
            moved = _move(state, fact.move)
            return replace(moved, dialogue=state.dialogue + tuple(Entry(said, "") for said in fact.lines))
        case SessionEnded():
            return replace(state, ended=fact, dialogue=state.dialogue + tuple(Entry(s, "") for s in fact.lines))


def _union(old: tuple[str, ...], new: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))


def _move(state: SessionState, move: Move) -> SessionState:
    uses = dict(state.line_uses)
    for key in move.used:
        uses[key] = uses.get(key, 0) + 1
    return replace(
        state,
        state=move.state,
        mood=move.mood,
        trust=move.trust,
        clock=move.clock,
        tries=state.tries if move.state == state.state else 0,
        known=_union(state.known, move.revealed),
        granted=_union(state.granted, move.granted),
        happened=_union(state.happened, move.events),
        used_rules=_union(state.used_rules, (rule for rule, _, _ in move.rules)),
        line_uses=tuple(sorted(uses.items())),
        curve=(*state.curve, (len(state.standing), move.mood, move.trust)),
    )


def _take(state: SessionState, turn: TurnTaken) -> SessionState:
    found = turn.analysis.detections
    to_customer = turn.to == CUSTOMER
    counted = replace(
        state,
        tries=state.tries + to_customer,
        named=_union(state.named, (m.fact for m in turn.analysis.mentions if not m.asked)),
        asked=_union(state.asked, (m.fact for m in turn.analysis.mentions if m.asked)),
        done=_union(state.done, (d.technique for d in found if d.outcome == "credited")),
        touched=_union(state.touched, (d.technique for d in found if d.outcome != "rejected")),
        offered=tuple(dict.fromkeys((*state.offered, *((o.card, o.within) for o in turn.analysis.offers)))),
        consulted=state.consulted if to_customer else _union(state.consulted, (turn.to,)),
        taken=_union(state.taken, (r.opportunity for r in turn.ratings if r.word == "met")),
        turns=(*state.turns, Turn(turn)),
    )
    said = (Said("trainee", turn.text, turn.to), *turn.lines)
    return replace(
        _move(counted, turn.move),
        dialogue=state.dialogue + tuple(Entry(line, turn.turn_id) for line in said),
        before=state,
    )


def _take_back(state: SessionState, fact: TurnRetried) -> SessionState:
    before = state.before
    last = next((t for t in reversed(state.turns) if t.standing), None)
    if before is None or last is None or last.taken.turn_id != fact.turn_id:
        raise OutOfOrder(f"TurnRetried of {fact.turn_id!r}: only the last standing turn can be retried")
    kept = len(before.dialogue)
    fallen = tuple(replace(entry, standing=False) for entry in state.dialogue[kept:])
    return replace(
        before,
        turns=tuple(replace(t, standing=False) if t is last else t for t in state.turns),
        dialogue=before.dialogue + fallen,
        hinted=state.hinted,
    )
