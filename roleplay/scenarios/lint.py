"""Whether a scenario whose names all lead somewhere makes sense as a machine and as practice.

Owns reachability, branches, ends, opportunities and facts nobody can get. Refuses to know how a reply is judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.scenarios.checking import Places, branches, effects, opportunities, said
from roleplay.scenarios.model import (
    LANGUAGES,
    All,
    AnyOf,
    Asks,
    ByName,
    Condition,
    Does,
    Names,
    Offers,
    Opportunity,
    Scenario,
)
from roleplay.scenarios.problems import Problem

_LINE_AT_MOST = 400
_ENDS_AT_LEAST = 3


def lint(scenario: Scenario, places: Places) -> Iterator[Problem]:
    """Everything about `scenario` that works against its author."""
    yield from _reachable(scenario, places)
    yield from _branches(scenario, places)
    yield from _ends(scenario, places)
    yield from _silent(scenario, places)
    for opportunity in opportunities(scenario):
        yield from _opportunity(opportunity, places)
    yield from _facts(scenario, places)
    yield from _cards(scenario, places)
    for line in said(scenario):
        for text in line.says:
            length = max(len(text.in_(language)) for language in LANGUAGES)
            if length > _LINE_AT_MOST:
                yield places.problem(text, "RP411", line, count=length)


def _ways(scenario: Scenario) -> dict[str, set[str]]:
    """State -> the states something in it may lead to."""
    everywhere = {b.to for b in (*scenario.anywhere, scenario.unrecognised) if b.to}
    everywhere |= {event.to for event in scenario.clock.events if event.to}
    return {
        state.id: set() if state.outcome else {b.to for b in state.branches if b.to} | everywhere
        for state in scenario.states
    }


def _reachable(scenario: Scenario, places: Places) -> Iterator[Problem]:
    ways = _ways(scenario)
    reached = _closure({scenario.start}, ways)
    back: dict[str, set[str]] = {id: set() for id in ways}
    for source, ends in ways.items():
        for end in ends:
            back.setdefault(end, set()).add(source)
    ending = _closure({s.id for s in scenario.states if s.outcome}, back)
    for state in scenario.states:
        if state.id not in reached:
            yield places.problem(state, "RP401", name=state.id)
        if state.id not in ending:
            yield places.problem(state, "RP402", name=state.id)


def _closure(start: set[str], ways: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    todo = list(start)
    while todo:
        here = todo.pop()
        if here not in reached:
            reached.add(here)
            todo.extend(ways.get(here, ()))
    return reached


def _branches(scenario: Scenario, places: Places) -> Iterator[Problem]:
    for state in scenario.states:
        if state.outcome:
            if state.branches or state.opportunities:
                yield places.problem(state, "RP405", name=state.id)
            continue
        otherwise = [number for number, b in enumerate(state.branches) if b.when is None]
        if not otherwise:
            yield places.problem(state, "RP403", name=state.id)
        else:
            for late in state.branches[otherwise[0] + 1 :]:
                yield places.problem(late, "RP404", state)
    for party in scenario.parties:
        guards = [answer.when is None for answer in party.answers]
        if not guards or not guards[-1]:
            yield places.problem(party.answers[-1] if guards else party, "RP412", party)
        for answer, late in zip(party.answers[1:], guards[:-1], strict=False):
            if late:
                yield places.problem(answer, "RP404", party)


def _ends(scenario: Scenario, places: Places) -> Iterator[Problem]:
    kinds = {state.outcome for state in scenario.states if state.outcome}
    if len(kinds) < _ENDS_AT_LEAST:
        yield places.problem(scenario, "RP408", count=len(kinds))


def _silent(scenario: Scenario, places: Places) -> Iterator[Problem]:
    by_id = {state.id: state for state in scenario.states}
    for branch in branches(scenario):
        speaks = branch.says or (branch.to in by_id and by_id[branch.to].says)
        if not speaks:
            yield places.problem(branch, "RP407", scenario)


def _opportunity(opportunity: Opportunity, places: Places) -> Iterator[Problem]:
    if not leaves_evidence(opportunity.met):
        yield places.problem(opportunity.met, "RP503", opportunity)
    for what in ("tip", "weak", "good", "rule"):
        value = getattr(opportunity, what)
        if not value or not getattr(value, "zh", True) and not getattr(value, "en", True):
            yield places.problem(opportunity, "RP504", what=what)


def leaves_evidence(condition: Condition) -> bool:
    """Whether `condition` can hold with a span of the reply to show for it."""
    if isinstance(condition, All | AnyOf):
        return any(leaves_evidence(part) for part in condition.parts)
    return isinstance(condition, Does | Names | Asks | Offers | ByName)


def _facts(scenario: Scenario, places: Places) -> Iterator[Problem]:
    revealed = {fact for effect, _ in effects(scenario) for fact in effect.reveals}
    for fact in scenario.facts:
        if not (fact.known or fact.tell or fact.id in revealed):
            yield places.problem(fact, "RP409", name=fact.id)


def _cards(scenario: Scenario, places: Places) -> Iterator[Problem]:
    granted = {card for effect, _ in effects(scenario) for card in effect.grants}
    for card in scenario.brief.authority:
        if card.approved_limit is not None and card.id not in granted:
            yield places.problem(card, "RP410", name=card.id)
