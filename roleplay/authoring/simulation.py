"""Model trainees played through a scenario: how well each does, where each gets to, and whether the scenario tells them apart.

Owns the runs, what they are worth and how that is printed. Refuses to know how a model chooses its words.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from random import Random
from statistics import median_low

from roleplay.authoring import DONE, WRONG, Write
from roleplay.authoring.coverage import cut
from roleplay.authoring.rehearsals import begun, play_rehearsal
from roleplay.authoring.trainees import TRAINEES, Repertoire, repertoire, step
from roleplay.engine.debrief import debrief
from roleplay.engine.refusals import Refused
from roleplay.engine.session import SessionState, evolve
from roleplay.engine.stage import Stage
from roleplay.library import Shelf, detector
from roleplay.scenarios.model import Language, Outcome, Scenario
from roleplay.words.command import say
from roleplay.words.feedback import outcome_text

RUNS: Mapping[str, int] = {
    "random": 3,
    "stuffer": 5,
    "apologiser": 3,
    "policy_quoter": 3,
    "novice": 9,
    "competent": 9,
    "expert": 3,
}
"""How often each model plays by default; an odd number each."""
TURNS_AT_MOST = 40
MARGIN = 5
"""Points of 100 that must lie between the medians of models of different skill."""
RANKED = ("expert", "competent", "novice", "stuffer")
"""Models that must come out in this order."""
NEVER_PASS = ("stuffer", "apologiser")
PASSED: frozenset[Outcome | None] = frozenset({"solved", "solved_warmed"})
_WORTH = {"met": 2, "partly": 1}


@dataclass(frozen=True, slots=True)
class Run:
    """One talk of a model. `score`: opportunities of the talk taken, of 100, half for one taken partly. `path`: the states it went through.
    `outcome` None: it came to no end."""

    trainee: str
    seed: int
    score: int
    outcome: Outcome | None
    turns: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something the simulation says is wrong with a scenario. `code`: order, passes, unreached."""

    code: str
    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Simulated:
    """`reached`: state -> who came there, models and rehearsals (by their quality)."""

    scenario: str
    language: Language
    runs: tuple[Run, ...]
    reached: Mapping[str, tuple[str, ...]]
    flaws: tuple[Flaw, ...]


def simulate(shelf: Shelf, scenario: Scenario, language: Language, runs: Mapping[str, int], seed: int) -> Simulated:
    """Play every model `runs` times. The same pack, seed and program give the same runs."""
    stage = Stage(scenario, detector())
    rehearsals = [r for r in shelf.loaded.rehearsals if r.scenario == scenario.id]
    words = repertoire(stage, rehearsals, language)
    talks = [_talk(stage, language, name, words, seed + n) for name in TRAINEES for n in range(runs.get(name, 0))]
    reached: dict[str, dict[str, None]] = {state.id: {} for state in scenario.states}
    for run in talks:
        for state in run.path:
            reached[state][run.trainee] = None
    for rehearsal in rehearsals:
        for state in _path(play_rehearsal(scenario, rehearsal, language).state):
            reached[state][f"rehearsal_{rehearsal.quality}"] = None
    by_state = {state: tuple(who) for state, who in reached.items()}
    return Simulated(scenario.id, language, tuple(talks), by_state, tuple(_flaws(talks, by_state)))


def _talk(stage: Stage, language: Language, name: str, words: Repertoire, seed: int) -> Run:
    dice = Random(f"{stage.scenario.id}/{language}/{name}/{seed}")
    state = begun(stage, language)
    while state.ended is None and len(state.curve) <= TURNS_AT_MOST:
        line = TRAINEES[name](stage, state, words, dice)
        if line is None:
            break
        try:
            facts = stage.decide(state, step(line, state))
        except Refused:
            break
        for fact in facts:
            state = evolve(state, fact)
    outcome = state.ended.outcome if state.ended else None
    return Run(name, seed, score(stage.scenario, state), outcome, len(state.standing), _path(state))


def score(scenario: Scenario, state: SessionState) -> int:
    """The share of the talk's opportunities that were taken, of 100. A talk that solved it is not blamed for the states of ways it did not need."""
    solved = state.ended is not None and state.ended.outcome in PASSED
    visited = frozenset(_path(state))
    ids = {o.id for s in scenario.states for o in s.opportunities if s.id in visited or not solved}
    ids |= {o.id for party in scenario.parties for o in party.opportunities}
    words = {o.opportunity: o.word for i in debrief(scenario, state).indicators for o in i.opportunities}
    return 100 * sum(_WORTH.get(words.get(id, ""), 0) for id in ids) // (2 * len(ids) or 1)


def _path(state: SessionState) -> tuple[str, ...]:
    """The states in the order they were entered."""
    entered = [state.started.state]
    moves = [turn.move.state for turn in state.standing]
    for where in (*moves, state.state):
        if where != entered[-1]:
            entered.append(where)
    return tuple(entered)


def _flaws(runs: Sequence[Run], reached: Mapping[str, tuple[str, ...]]) -> Iterator[Flaw]:
    middle = {name: _middle(runs, name) for name in RANKED}
    for better, worse in itertools.pairwise(RANKED):
        if middle[better] < middle[worse] + MARGIN:
            yield Flaw("order", f"{better} > {worse}", f"{middle[better]} / {middle[worse]}")
    for name in NEVER_PASS:
        passed = sum(run.outcome in PASSED for run in runs if run.trainee == name)
        if passed:
            yield Flaw("passes", name, str(passed))
    for state, who in reached.items():
        if not who:
            yield Flaw("unreached", state)


def _middle(runs: Sequence[Run], name: str) -> int:
    return median_low([run.score for run in runs if run.trainee == name] or [0])


# ---------------------------------------------------------------- printed


def print_simulated(
    simulated: Iterable[Simulated], *, as_json: bool, whole: bool, language: Language, write: Write
) -> int:
    """Print what comes of the simulations, each as soon as it is there. `whole`: with paths and who reached what. 0: every scenario tells the
    models apart; 1: not."""
    if as_json:
        done = list(simulated)
        write(json.dumps([asdict(one) for one in done], ensure_ascii=False, indent=1))
        return WRONG if any(one.flaws for one in done) else DONE
    status = DONE
    for one in simulated:
        for line in _lines(one, whole, language):
            write(line)
        status = WRONG if one.flaws else status
    return status


_NAME_CELLS = 16


def _lines(one: Simulated, whole: bool, language: Language) -> Iterator[str]:
    def called(name: str) -> str:
        return say(f"trainee.{name}", language)

    yield f"{one.scenario} ({one.language})"
    for name in TRAINEES:
        runs = [run for run in one.runs if run.trainee == name]
        if runs:
            scores = sorted(run.score for run in runs)
            ends = Counter(outcome_text(run.outcome, language) for run in runs)
            turns = median_low([run.turns for run in runs])
            spread = f"{scores[0]:3}–{_middle(runs, name):3}–{scores[-1]:3}"
            yield f"  {cut(called(name), _NAME_CELLS)}{spread}  {_bar(_middle(runs, name))}  " + say(
                "simulated_ends",
                language,
                turns=turns,
                ends=", ".join(f"{n}× {end}" for end, n in sorted(ends.items())),
            )
            if whole:
                for path, count in Counter(run.path for run in runs).most_common(3):
                    yield f"      {count}× {' → '.join(path)}"
    if whole:
        for state, who in one.reached.items():
            yield f"  {state:20} {', '.join(map(called, who)) or '–'}"
    for flaw in one.flaws:
        what = " > ".join(map(called, flaw.what.split(" > "))) if flaw.code != "unreached" else flaw.what
        yield f"  ✗ {say(f'flaw.{flaw.code}', language, what=what, detail=flaw.detail)}"
    if not one.flaws:
        yield f"  ✓ {say('tells_apart', language)}"


def _bar(value: int) -> str:
    return "█" * (value // 5) + "░" * (20 - value // 5)
