"""Rehearsals and sheets of replies, played against their scenarios.

Owns what is said when, what came of it, and how a miss is printed. Refuses to know how a turn is decided.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

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
from roleplay.library import Shelf, detector, open_shelf, pack_folders
from roleplay.scenarios.model import Language, Range, RatedReplies, Scenario
from roleplay.scenarios.rehearsal import Expectation, Rehearsal, RehearsalTurn, RehearsedForm, ReplySheet
from roleplay.standards.codebook import members
from roleplay.words.command import say

Write = Callable[[str], None]
DONE, WRONG = 0, 1


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


def rehearse(paths: Iterable[Path], *, as_json: bool, language: Language, write: Write) -> int:
    """Play every rehearsal of the packs at `paths` in each of their languages. 0: all as expected; 1: some are not."""
    played: list[Played] = []
    judged: list[Judged] = []
    broken = False
    for folder in pack_folders(paths):
        shelf = open_shelf(folder)
        for problem in shelf.loaded.problems:
            if problem.severity == "error":
                broken = True
                write(f"{folder}/{problem.render(language)}")
        played.extend(play_rehearsals(shelf))
        judged.extend(judge_replies(shelf))
    wrong = [one for one in judged if not one.right and not one.known]
    bad = [one for one in played if one.misses]
    if as_json:
        rows: list[dict[str, object]] = [
            {"file": p.file, "language": p.language, "quality": p.quality, "misses": [asdict(m) for m in p.misses]}
            for p in played
        ]
        rows += [asdict(one) for one in wrong]
        write(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for one in bad:
            for line in _as_yaml(one):
                write(line)
        for line in _wrong_as_yaml(wrong):
            write(line)
        write(say("rehearsed", language, good=len(played) - len(bad), bad=len(bad)))
        if judged:
            right = sum(one.right for one in judged)
            known = sum(not one.right and one.known for one in judged)
            write(say("replies_judged", language, good=right, bad=len(wrong), known=known))
    return WRONG if bad or wrong or broken else DONE


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
    Refused if the talk is over by then."""
    stage = Stage(scenario, detector())
    state = begun(stage, language)
    for number, turn in enumerate(rehearsal.turns[:after], 1):
        for fact in stage.decide(state, command_of(turn, number, language)):
            state = evolve(state, fact)
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


def _as_yaml(played: Played) -> Iterator[str]:
    """A failed rehearsal in the trainer's own terms: the turn, what was expected and what came."""
    yield f"# {played.file} ({played.language})"
    by_turn: dict[int, list[Miss]] = {}
    for miss in played.misses:
        by_turn.setdefault(miss.turn, []).append(miss)
    said = {t.number: t.text for t in played.state.standing}
    for number, misses in sorted(by_turn.items()):
        yield f"- turn: {number}" if number else "- end:"
        if number in said:
            yield f"  say: {json.dumps(said[number], ensure_ascii=False)}"
        yield "  expect:"
        for miss in misses:
            yield f"    {miss.what}: {miss.expected}"
            yield f"    # came: {miss.came}"


# ---------------------------------------------------------------- sheets of replies


@dataclass(frozen=True, slots=True)
class Judged:
    """One reply of a sheet. `came`: how it was rated, "unreached" where no rehearsal comes to where it could be said. `known`: its author
    knows that the program misjudges it."""

    file: str
    language: Language
    opportunity: str
    reply: str
    expected: str
    came: str
    known: bool

    @property
    def right(self) -> bool:
        return (self.came == "met") == (self.expected == "met") and self.came != "unreached"


_QUALITIES = ("good", "middling", "poor")


def judge_replies(shelf: Shelf) -> Iterator[Judged]:
    """How every reply of the pack's sheets is rated, said where rehearsals come to its opportunity: the best of those moments counts, so that
    what must not be met is met at none of them."""
    scenarios = {s.id: s for s in shelf.pack.scenarios} if shelf.pack else {}
    for sheet in shelf.loaded.replies:
        scenario = scenarios.get(sheet.scenario)
        played = [r for r in shelf.loaded.rehearsals if r.scenario == sheet.scenario]
        if scenario is not None:
            played.sort(key=lambda r: (_QUALITIES.index(r.quality), r.file))
            for language in scenario.languages:
                yield from _judge_sheet(scenario, sheet, played, language)


def _judge_sheet(
    scenario: Scenario, sheet: ReplySheet, played: list[Rehearsal], language: Language
) -> Iterator[Judged]:
    stage = Stage(scenario, detector())
    moments = list(_moments(stage, played, language))
    for one in sheet.replies:
        tries = _where_open(stage, moments, one.opportunity)
        for expected, reply in _replies(one, language):
            came = "unreached"
            for rate_it in tries:
                came = rate_it(reply)
                if came == "met":
                    break
            known = reply in one.misjudged.in_(language)
            yield Judged(sheet.file, language, one.opportunity, reply, expected, came, known)


def _replies(one: RatedReplies, language: Language) -> Iterator[tuple[str, str]]:
    for reply in one.met.in_(language):
        yield "met", reply
    for reply in one.not_met.in_(language):
        yield "not met", reply


def _moments(stage: Stage, played: list[Rehearsal], language: Language) -> Iterator[SessionState]:
    """Every moment of every rehearsal, in order."""
    for rehearsal in played:
        state = begun(stage, language)
        yield state
        for number, turn in enumerate(rehearsal.turns, 1):
            try:
                facts = stage.decide(state, command_of(turn, number, language))
            except Refused:
                break
            for fact in facts:
                state = evolve(state, fact)
            yield state


_MOMENTS_AT_MOST = 24


def _where_open(stage: Stage, moments: list[SessionState], opportunity: str) -> list[Callable[[str], str]]:
    """What says how a reply is rated on `opportunity`, at moments where it is open and the trainee knows something else, the latest first."""
    fields = {
        o.id: (form, field) for form in stage.scenario.forms for field in form.fields for o in field.opportunities
    }
    people = (CUSTOMER, *(party.id for party in stage.scenario.parties))
    first: dict[tuple[str, ...], Callable[[str], str]] = {}
    last: dict[tuple[str, ...], Callable[[str], str]] = {}
    for state in moments:
        to = ""
        if opportunity in fields:
            if fields[opportunity][0] not in stage.forms(state):
                continue
        elif state.ended is None:
            to = next((p for p in people if any(o.id == opportunity for o in stage.open_opportunities(state, p))), "")
        if not to and opportunity not in fields:
            continue
        if to:
            rate_it = functools.partial(_word_of_turn, stage, state, to, opportunity)
        else:
            form, field = fields[opportunity]
            rate_it = functools.partial(_word_of_field, stage, state, form.id, field.id, opportunity)
        known = (state.state, to, *sorted(state.known), *sorted(state.granted))
        if known in first:
            last[known] = rate_it
        else:
            first[known] = rate_it
    each = [*first.values(), *last.values()]
    step = max(1, -(-len(each) // _MOMENTS_AT_MOST))
    return each[::-step]


def _word_of_turn(stage: Stage, state: SessionState, to: str, opportunity: str, reply: str) -> str:
    taken = stage.decide(state, SubmitReply(reply, len(state.turns) + 1, "reply", to))[0]
    assert isinstance(taken, TurnTaken)
    return next((r.word for r in taken.ratings if r.opportunity == opportunity), "not_observed")


def _word_of_field(stage: Stage, state: SessionState, form: str, field: str, opportunity: str, text: str) -> str:
    facts = stage.decide(state, FillForm(form, ((field, text),), len(state.turns) + 1))
    ratings = [r for fact in facts if isinstance(fact, FieldFilled) for r in fact.ratings]
    return next((r.word for r in ratings if r.opportunity == opportunity), "not_observed")


def _wrong_as_yaml(wrong: list[Judged]) -> Iterator[str]:
    for one in wrong:
        yield f"# {one.file} ({one.language})"
        yield f"- opportunity: {one.opportunity}"
        yield f"  say: {json.dumps(one.reply, ensure_ascii=False)}"
        yield f"  expect: {one.expected}"
        yield f"  # came: {one.came}"
