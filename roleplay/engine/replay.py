"""Whether today's program would score a recorded session as it was scored then.

Owns the comparison. It never changes a record: a difference is reported, the record stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roleplay.engine.events import Fact, LetTimePass, SessionStarted, SubmitReply, TimePassed, TurnTaken
from roleplay.engine.refusals import Refused
from roleplay.engine.session import SessionState, evolve
from roleplay.engine.stage import Stage

_COMPARED = ("analysis", "ratings", "notes", "move", "lines")


@dataclass(frozen=True, slots=True)
class Difference:
    """`number`: the turn (0: not a turn). `part`: what came out otherwise. `recorded`, `now`: short renderings of both."""

    number: int
    part: str
    recorded: str
    now: str


def rescore(facts: tuple[Fact, ...], stage: Stage) -> tuple[Difference, ...]:
    """Every difference between the record and what `stage` decides on the same replies, each judged from the recorded state
    before it, so that one difference does not spread to the turns after it. Empty: the same."""
    return tuple(_differences(facts, stage))


def _differences(facts: tuple[Fact, ...], stage: Stage) -> Iterator[Difference]:
    state: SessionState | None = None
    for fact in facts:
        if state is not None and not isinstance(fact, SessionStarted):
            yield from _compare(state, fact, stage)
        state = evolve(state, fact)


def _compare(state: SessionState, fact: Fact, stage: Stage) -> Iterator[Difference]:
    match fact:
        case TurnTaken():
            number = fact.number
            command: SubmitReply | LetTimePass = SubmitReply(fact.text, fact.at, fact.turn_id, fact.to)
        case TimePassed():
            number = 0
            command = LetTimePass(fact.at)
        case _:
            return
    try:
        now = stage.decide(state, command)[0]
    except (Refused, KeyError) as problem:
        yield Difference(number, "refused", type(fact).__name__, str(problem))
        return
    for part in _COMPARED:
        recorded, today = getattr(fact, part, None), getattr(now, part, None)
        if recorded != today:
            yield Difference(number, part, _short(recorded), _short(today))


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}…"
