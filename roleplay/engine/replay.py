"""Whether today's program would score a recorded session as it was scored then.

Owns the comparison. It never changes a record: a difference is reported, the record stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roleplay.engine.events import (
    Fact,
    FieldFilled,
    FillForm,
    LetTimePass,
    SessionStarted,
    SubmitReply,
    TimePassed,
    TurnTaken,
)
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
    for number, fact in enumerate(facts):
        if isinstance(fact, FieldFilled):
            before = facts[number - 1] if number else None
            if state is not None and not _together(before, fact):
                yield from _compare_form(state, tuple(_handed_in(facts[number:])), stage)
        elif state is not None and not isinstance(fact, SessionStarted):
            yield from _compare(state, fact, stage)
        state = evolve(state, fact)


def _together(before: Fact | None, field: FieldFilled) -> bool:
    """Whether `field` was handed in with the fact before it."""
    return isinstance(before, FieldFilled) and (before.form, before.attempt) == (field.form, field.attempt)


def _handed_in(facts: tuple[Fact, ...]) -> Iterator[FieldFilled]:
    """The fields at the beginning of `facts` that were handed in together."""
    before: Fact | None = None
    for fact in facts:
        if not isinstance(fact, FieldFilled) or (before is not None and not _together(before, fact)):
            return
        before = fact
        yield fact


def _compare_form(state: SessionState, filled: tuple[FieldFilled, ...], stage: Stage) -> Iterator[Difference]:
    texts = tuple((one.field, one.text) for one in filled)
    try:
        now = stage.decide(state, FillForm(filled[0].form, texts, filled[0].at))
    except (Refused, KeyError) as problem:
        yield Difference(0, "refused", filled[0].form, str(problem))
        return
    by_field = {fact.field: fact for fact in now if isinstance(fact, FieldFilled)}
    for one in filled:
        today = by_field[one.field]
        for part in ("analysis", "ratings", "findings"):
            recorded, again = getattr(one, part), getattr(today, part)
            if recorded != again:
                yield Difference(0, f"{one.form}.{one.field}.{part}", _short(recorded), _short(again))


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
