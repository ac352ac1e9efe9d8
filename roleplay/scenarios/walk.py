"""Going through a scenario: every branch, effect, line, condition and opportunity with the path it stands at.

Owns the paths (`states.opening.branches.2`, the same as the decoder's). Refuses to judge what it finds.
"""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.scenarios.model import Answer, Branch, Condition, Effect, Line, Opportunity, Scenario, State

Pathed = tuple[str, Branch]


def own_branches(state: State) -> Iterator[Pathed]:
    for number, branch in enumerate(state.branches):
        yield f"states.{state.id}.branches.{number}", branch


def anywhere(scenario: Scenario) -> Iterator[Pathed]:
    for number, branch in enumerate(scenario.anywhere):
        yield f"anywhere.{number}", branch


def answers(scenario: Scenario) -> Iterator[tuple[str, Answer]]:
    for party in scenario.parties:
        for number, answer in enumerate(party.answers):
            yield f"parties.{party.id}.answers.{number}", answer


def branches(scenario: Scenario) -> Iterator[Pathed]:
    """Those of every state, of anywhere, and the one for what is not recognised."""
    for state in scenario.states:
        yield from own_branches(state)
    yield from anywhere(scenario)
    yield "unrecognised", scenario.unrecognised


def effects(scenario: Scenario) -> Iterator[tuple[str, Effect]]:
    for path, branch in branches(scenario):
        yield path, branch.effect
    for path, answer in answers(scenario):
        yield path, answer.effect
    for event in scenario.clock.events:
        yield f"clock.events.{event.id}", event.effect


def told(scenario: Scenario) -> frozenset[str]:
    """The facts that somebody may tell the trainee in the talk."""
    revealed = {fact for _, effect in effects(scenario) for fact in effect.reveals}
    return frozenset(revealed | {fact.id for fact in scenario.facts if fact.tell})


def opportunities(scenario: Scenario) -> Iterator[tuple[str, Opportunity]]:
    for state in scenario.states:
        for one in state.opportunities:
            yield f"states.{state.id}.opportunities.{one.id}", one
    for party in scenario.parties:
        for one in party.opportunities:
            yield f"parties.{party.id}.opportunities.{one.id}", one
    for form in scenario.forms:
        for field in form.fields:
            for one in field.opportunities:
                yield f"forms.{form.id}.fields.{field.id}.opportunities.{one.id}", one


def speech(scenario: Scenario) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Everything anybody says, by where it is written."""
    for state in scenario.states:
        yield f"states.{state.id}.says", state.says
    for path, branch in branches(scenario):
        yield f"{path}.says", branch.says
    for path, answer in answers(scenario):
        yield f"{path}.says", answer.says
    for fact in scenario.facts:
        yield f"facts.{fact.id}.tell", fact.tell
    for event in scenario.clock.events:
        yield f"clock.events.{event.id}.says", event.says


def conditions(scenario: Scenario) -> Iterator[tuple[str, Condition]]:
    """Every condition as a whole, except those of opportunities."""
    for path, branch in branches(scenario):
        if branch.when is not None:
            yield f"{path}.when", branch.when
    for path, answer in answers(scenario):
        if answer.when is not None:
            yield f"{path}.when", answer.when
    for event in scenario.clock.events:
        if event.when is not None:
            yield f"clock.events.{event.id}.when", event.when
    for form in scenario.forms:
        if form.when is not None:
            yield f"forms.{form.id}.when", form.when
    for fact in scenario.facts:
        if fact.tell_when is not None:
            yield f"facts.{fact.id}.tell_when", fact.tell_when
    for path, lines in speech(scenario):
        for number, line in enumerate(lines):
            if line.when is not None:
                yield f"{path}.{number}.when", line.when
