"""Rehearsals played against their scenarios.

Owns what is said when, and what came otherwise than expected. Refuses to know how a turn is decided and how a miss is printed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roleplay.engine.events import (
    CUSTOMER,
    FieldFilled,
    FillForm,
    LetTimePass,
    Pins,
    SessionStarted,
    SubmitReply,
    TurnTaken,
)
from roleplay.engine.refusals import Refused
from roleplay.engine.session import SessionState, evolve, fold
from roleplay.engine.stage import Stage
from roleplay.library import Shelf, detector
from roleplay.scenarios.model import Language, Range, Scenario
from roleplay.scenarios.rehearsal import Expectation, Rehearsal, RehearsalTurn, RehearsedForm
from roleplay.standards.codebook import members


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that came out otherwise. `turn`: 1-based, 0 for the end of the talk."""

    turn: int
    what: str
    expected: str
    came: str


@dataclass(frozen=True, slots=True)
class Played:
    """One rehearsal in one language."""

    file: str
    scenario: str
    language: Language
    quality: str
    misses: tuple[Miss, ...]
    state: SessionState


_QUALITIES = ("good", "middling", "poor")


def best_first(rehearsals: Iterable[Rehearsal], scenario: str) -> list[Rehearsal]:
    """The rehearsals of the scenario `scenario`, the best first, those of a kind by file."""
    mine = (rehearsal for rehearsal in rehearsals if rehearsal.scenario == scenario)
    return sorted(mine, key=lambda one: (_QUALITIES.index(one.quality), one.file))


def play_rehearsals(shelf: Shelf) -> Iterator[Played]:
    """Every rehearsal of a pack, in every language of its scenario."""
    scenarios = {s.id: s for s in shelf.pack.scenarios} if shelf.pack else {}
    for rehearsal in shelf.loaded.rehearsals:
        scenario = scenarios.get(rehearsal.scenario)
        if scenario is not None:
            for language in scenario.languages:
                yield play_rehearsal(scenario, rehearsal, language)


_NO_PINS = Pins("", "", "", "", "", "", "", (), ())


def rated_after(scenario: Scenario, rehearsal: Rehearsal, language: Language, after: int, reply: str) -> dict[str, str]:
    """The word of every opportunity that `reply` to the customer is rated on, said after the first `after` turns of `rehearsal`.
    Refused if the talk is over by then; StopIteration if the rehearsal does not get that far."""
    stage = Stage(scenario, detector())
    state, _ = next(itertools.islice(walked(stage, rehearsal, language), after, None))
    taken = stage.decide(state, SubmitReply(reply, after + 1, "reply"))[0]
    assert isinstance(taken, TurnTaken)
    return {rating.opportunity: rating.word for rating in taken.ratings}


def _started(stage: Stage, language: Language) -> SessionStarted:
    return stage.start(
        session="rehearsal", at=0, language=language, mode="practice", hints="off", trainee="", pins=_NO_PINS
    )


def begun(stage: Stage, language: Language) -> SessionState:
    """A session of the scenario of `stage` that has just begun."""
    return fold((_started(stage, language),))


def command_of(turn: RehearsalTurn, number: int, language: Language) -> SubmitReply | LetTimePass:
    """What the scripted trainee does in `turn`, the `number`th."""
    if turn.wait:
        return LetTimePass(number)
    return SubmitReply(turn.say.in_(language), number, f"t{number}", turn.to or CUSTOMER)


def walked(
    stage: Stage, rehearsal: Rehearsal, language: Language
) -> Iterator[tuple[SessionState, RehearsalTurn | None]]:
    """Every moment of `rehearsal` with what is done then; None at the end, which comes early where something cannot be done."""
    state = begun(stage, language)
    for number, turn in enumerate(rehearsal.turns, 1):
        yield state, turn
        try:
            facts = stage.decide(state, command_of(turn, number, language))
        except Refused:
            return
        for fact in facts:
            state = evolve(state, fact)
    yield state, None


def play_rehearsal(scenario: Scenario, rehearsal: Rehearsal, language: Language) -> Played:
    """Say every line of `rehearsal` and hold what comes out against what it expects."""
    stage = Stage(scenario, detector())
    state = begun(stage, language)
    misses: list[Miss] = []
    for number, turn in enumerate(rehearsal.turns, 1):
        try:
            facts = stage.decide(state, command_of(turn, number, language))
        except Refused as refused:
            misses.append(Miss(number, "say", "", refused.code))
            break
        for fact in facts:
            state = evolve(state, fact)
        answer = " ".join(s.text for s in getattr(facts[0], "lines", ()))
        taken = facts[0] if isinstance(facts[0], TurnTaken) else None
        misses.extend(_misses(number, turn.expect, taken, answer, state, language))
    misses.extend(_misses(0, rehearsal.expect, None, "", state, language))
    for form in rehearsal.forms:
        filled = _hand_in(stage, state, form, language)
        if isinstance(filled, Refused):
            misses.append(Miss(0, "form", form.form, filled.code))
            continue
        for field in filled:
            state = evolve(state, field)
        misses.extend(_misses_of_form(form, filled))
    return Played(rehearsal.file, scenario.id, language, rehearsal.quality, tuple(misses), state)


def _hand_in(
    stage: Stage, state: SessionState, form: RehearsedForm, language: Language
) -> tuple[FieldFilled, ...] | Refused:
    texts = tuple((field, text.in_(language)) for field, text in form.write)
    try:
        facts = stage.decide(state, FillForm(form.form, texts, len(state.turns) + 1))
    except Refused as refused:
        return refused
    return tuple(fact for fact in facts if isinstance(fact, FieldFilled))


def _misses_of_form(form: RehearsedForm, filled: tuple[FieldFilled, ...]) -> Iterator[Miss]:
    words = {r.opportunity: r.word for one in filled for r in one.ratings}
    for opportunity, word in form.rates:
        if words.get(opportunity, "not_observed") != word:
            yield Miss(0, "rates", f"{opportunity}: {word}", words.get(opportunity, "not_observed"))
    for field, codes in form.wrong:
        came = sorted({f.code for one in filled if one.field == field for f in one.findings})
        if came != sorted(codes):
            yield Miss(0, "wrong", f"{field}: [{', '.join(codes)}]", f"[{', '.join(came)}]")


def _misses(
    number: int, expect: Expectation, turn: TurnTaken | None, answer: str, state: SessionState, language: Language
) -> Iterator[Miss]:
    if expect.state and expect.state != state.state:
        yield Miss(number, "state", expect.state, state.state)
    if turn is not None:
        credited = sorted({d.technique for d in turn.analysis.detections if d.outcome == "credited"})
        for technique in expect.finds:
            if not any(member in credited for member in members(technique)):
                yield Miss(number, "finds", technique, f"[{', '.join(credited)}]")
        for technique in expect.lacks:
            if any(member in credited for member in members(technique)):
                yield Miss(number, "lacks", technique, f"[{', '.join(credited)}]")
        words = {r.opportunity: r.word for r in turn.ratings}
        for opportunity, word in expect.rates:
            if words.get(opportunity, "not_observed") != word:
                yield Miss(number, "rates", f"{opportunity}: {word}", words.get(opportunity, "not_observed"))
    wanted = expect.says.in_(language)
    if wanted and wanted not in answer:
        yield Miss(number, "says", wanted, answer)
    if expect.outcome and (state.ended is None or state.ended.outcome != expect.outcome):
        yield Miss(number, "outcome", expect.outcome, str(state.ended and state.ended.outcome))
    for gauge in expect.gauges:
        value = _gauge(gauge, state)
        low, high = gauge.at_least, gauge.below
        if (low is not None and value < low) or (high is not None and value >= high):
            yield Miss(number, gauge.gauge, f"{{at_least: {low}, below: {high}}}", str(value))


def _gauge(gauge: Range, state: SessionState) -> int:
    values = {"mood": state.mood, "trust": state.trust, "clock": state.clock, "tries": state.tries}
    return values.get(gauge.gauge, len(state.standing))
