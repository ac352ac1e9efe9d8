"""The course of a scenario: which states are reached, whether the talk can end, whether every reply is answered.

Owns the rules about states, branches and answers. Refuses to know lines beyond whether there are any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from roleplay.scenarios.finding import Finding, Findings
from roleplay.scenarios.implications import always, implies, may_imply, never, subjects
from roleplay.scenarios.model import Answer, Branch, Scenario, State
from roleplay.scenarios.walk import anywhere, branches, own_branches

ENDINGS_AT_LEAST = 3


def course(scenario: Scenario) -> Findings:
    yield from _start(scenario)
    yield from _endings(scenario)
    yield from _reached(scenario)
    for state in scenario.states:
        yield from _state(scenario, state)
    for party in scenario.parties:
        guarded = [(f"parties.{party.id}.answers.{number}", answer) for number, answer in enumerate(party.answers)]
        yield from _turns(f"parties.{party.id}", (("kind", "@party"), ("name", party.id)), guarded)
    for path, branch in anywhere(scenario):
        if branch.when is None or always(branch.when):
            yield Finding("RP424", path)
    yield from _answered(scenario)


def _start(scenario: Scenario) -> Findings:
    first = next((state for state in scenario.states if state.id == scenario.start), None)
    if first is None:
        return
    if first.outcome is not None:
        yield Finding("RP425", "start", (("name", first.id),))
    if not first.says:
        yield Finding("RP411", f"states.{first.id}", (("name", first.id),))


def _endings(scenario: Scenario) -> Findings:
    outcomes = {state.outcome for state in scenario.states if state.outcome is not None}
    if not outcomes:
        yield Finding("RP409", "states")
    elif len(outcomes) < ENDINGS_AT_LEAST:
        yield Finding("RP410", "states", (("count", len(outcomes)),))


# ---------------------------------------------------------------- where one can get to


def _reached(scenario: Scenario) -> Findings:
    ways = _ways(scenario)
    reached = _closure([scenario.start], ways)
    back: dict[str, set[str]] = {}
    for here, ends in ways.items():
        for end in ends:
            back.setdefault(end, set()).add(here)
    ending = _closure([state.id for state in scenario.states if state.outcome is not None], back)
    for state in scenario.states:
        if state.id not in reached:
            yield Finding("RP401", f"states.{state.id}", (("name", state.id),))
        elif state.id not in ending and ending:
            yield Finding("RP402", f"states.{state.id}", (("name", state.id),))


def _ways(scenario: Scenario) -> dict[str, set[str]]:
    """State -> states that something in it may lead to. What can never happen leads nowhere."""
    everywhere = {b.to for b in (*scenario.anywhere, scenario.unrecognised) if b.to and _may_hold(b)}
    everywhere |= {e.to for e in scenario.clock.events if e.to and (e.when is None or not never(e.when))}
    return {
        state.id: set()
        if state.outcome is not None
        else everywhere | {b.to for b in state.branches if b.to and _may_hold(b)}
        for state in scenario.states
    }


def _may_hold(branch: Branch) -> bool:
    return branch.when is None or not never(branch.when)


def _closure(start: Iterable[str], ways: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting.extend(ways.get(here, ()))
    return reached


# ---------------------------------------------------------------- whose turn it is


def _state(scenario: Scenario, state: State) -> Findings:
    path = f"states.{state.id}"
    named = (("name", state.id),)
    if not state.says and state.id != scenario.start:
        yield Finding("RP412", path, named)
    if state.outcome is not None:
        if state.branches:
            yield Finding("RP408", f"{path}.branches", named)
        if state.opportunities:
            yield Finding("RP507", f"{path}.opportunities", named)
        return
    before = [(at, branch) for at, branch in anywhere(scenario) if branch.to != state.id and branch.when is not None]
    yield from _turns(path, (("kind", "@state"), *named), [*before, *own_branches(state)], len(before))


def _turns(
    path: str, named: tuple[tuple[str, object], ...], guarded: Sequence[tuple[str, Branch | Answer]], first: int = 0
) -> Findings:
    """Whether each of `guarded` from `first` on can have its turn, and whether the last takes all that is left."""
    own = guarded[first:]
    about = [frozenset() if one.when is None else subjects(one.when) for _, one in guarded]
    at_all_times = [one.when is not None and always(one.when) for _, one in guarded]
    if not any(one.when is None for _, one in own):
        yield Finding("RP403", path, named)
    for number in range(first, len(guarded)):
        here, one = guarded[number]
        before = guarded[:number]
        if any(earlier.when is None for _, earlier in before):
            yield Finding("RP404", here)
            continue
        if one.when is None or never(one.when):
            continue
        for place, (there, earlier) in enumerate(before):
            comparable = at_all_times[place] or may_imply(about[number], about[place])
            if comparable and earlier.when is not None and implies(one.when, earlier.when):
                yield Finding("RP405", here, earlier=there)
                break


def _answered(scenario: Scenario) -> Findings:
    """A branch after which the customer says nothing."""
    says = {state.id: bool(state.says) for state in scenario.states}
    for path, branch in branches(scenario):
        silent = not branch.says and not (branch.to and says.get(branch.to, True))
        if silent and not (path == "unrecognised" and branch == Branch(when=None)):
            yield Finding("RP413", path)
