"""The trainer's desk: problems of packs, and rehearsals played against their scenarios.

Owns what a check and a rehearsal print and their exit status. Refuses to know how a problem is found and how a turn is decided.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from roleplay.engine.events import CUSTOMER, LetTimePass, Pins, SessionStarted, SubmitReply, TurnTaken
from roleplay.engine.refusals import Refused
from roleplay.engine.session import SessionState, evolve, fold
from roleplay.engine.stage import Stage
from roleplay.library import Shelf, detector, open_shelf, pack_folders
from roleplay.scenarios.model import Language, Range, Scenario
from roleplay.scenarios.problems import Problem
from roleplay.scenarios.rehearsal import Expectation, Rehearsal, RehearsalTurn
from roleplay.standards.codebook import members
from roleplay.words.command import say

Write = Callable[[str], None]
DONE, WRONG, FAILED = 0, 1, 2


def check(paths: Iterable[Path], *, as_json: bool, language: Language, write: Write) -> int:
    """Print every problem of the packs at `paths`. 0: none worse than a warning; 1: errors."""
    shelves = [open_shelf(folder) for folder in pack_folders(paths)]
    found = [(shelf.folder, problem) for shelf in shelves for problem in shelf.loaded.problems]
    errors = sum(problem.severity == "error" for _, problem in found)
    if as_json:
        rows = [{**_row(problem, language), "file": str(folder / problem.file)} for folder, problem in found]
        write(json.dumps(rows, ensure_ascii=False, indent=1))
        return WRONG if errors else DONE
    for folder, problem in found:
        write(f"{folder}/{problem.render(language)}")
    if found:
        write(say("checked_with", language, errors=errors, warnings=len(found) - errors))
    else:
        scenarios = sum(len(shelf.pack.scenarios) for shelf in shelves if shelf.pack)
        write(say("checked", language, packs=len(shelves), scenarios=scenarios))
    return WRONG if errors else DONE


def _row(problem: Problem, language: Language) -> dict[str, object]:
    return {**asdict(problem), "text": problem.render(language)}


# ---------------------------------------------------------------- rehearsals


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
    broken = False
    for folder in pack_folders(paths):
        shelf = open_shelf(folder)
        for problem in shelf.loaded.problems:
            if problem.severity == "error":
                broken = True
                write(f"{folder}/{problem.render(language)}")
        played.extend(play_rehearsals(shelf))
    bad = [one for one in played if one.misses]
    if as_json:
        rows = [
            {"file": p.file, "language": p.language, "quality": p.quality, "misses": [asdict(m) for m in p.misses]}
            for p in played
        ]
        write(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for one in bad:
            for line in _as_yaml(one):
                write(line)
        write(say("rehearsed", language, good=len(played) - len(bad), bad=len(bad)))
    return WRONG if bad or broken else DONE


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
    state = fold((_started(stage, language),))
    for number, turn in enumerate(rehearsal.turns[:after], 1):
        for fact in stage.decide(state, _command(turn, number, language)):
            state = evolve(state, fact)
    taken = stage.decide(state, SubmitReply(reply, after + 1, "reply"))[0]
    assert isinstance(taken, TurnTaken)
    return {rating.opportunity: rating.word for rating in taken.ratings}


def _started(stage: Stage, language: Language) -> SessionStarted:
    return stage.start(
        session="rehearsal", at=0, language=language, mode="practice", hints="off", trainee="", pins=_NO_PINS
    )


def _command(turn: RehearsalTurn, number: int, language: Language) -> SubmitReply | LetTimePass:
    if turn.wait:
        return LetTimePass(number)
    return SubmitReply(turn.say.in_(language), number, f"t{number}", turn.to or CUSTOMER)


def play_rehearsal(scenario: Scenario, rehearsal: Rehearsal, language: Language) -> Played:
    """Say every line of `rehearsal` and hold what comes out against what it expects."""
    stage = Stage(scenario, detector())
    state = fold((_started(stage, language),))
    misses: list[Miss] = []
    for number, turn in enumerate(rehearsal.turns, 1):
        try:
            facts = stage.decide(state, _command(turn, number, language))
        except Refused as refused:
            misses.append(Miss(number, "say", "", refused.code))
            break
        for fact in facts:
            state = evolve(state, fact)
        answer = " ".join(s.text for s in getattr(facts[0], "lines", ()))
        taken = facts[0] if isinstance(facts[0], TurnTaken) else None
        misses.extend(_misses(number, turn.expect, taken, answer, state, language))
    misses.extend(_misses(0, rehearsal.expect, None, "", state, language))
    return Played(rehearsal.file, scenario.id, language, rehearsal.quality, tuple(misses), state)


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
