"""Whether the names in a scenario lead anywhere: states, facts, cards, parties, techniques, indicators, vocabularies.

Owns references. Refuses to know YAML; places come from the notes taken while decoding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roleplay.scenarios.conditions import parts_of
from roleplay.scenarios.fields import Notes, nearest
from roleplay.scenarios.model import (
    Asks,
    Branch,
    Condition,
    Consulted,
    Does,
    Effect,
    Granted,
    Happened,
    Knows,
    Line,
    Names,
    Offers,
    Opportunity,
    Scenario,
)
from roleplay.scenarios.problems import Problem
from roleplay.standards import Catalogue
from roleplay.standards.codebook import NAMES

_TALKED = frozenset({"turn", "session"})


@dataclass(frozen=True, slots=True)
class _Names:
    states: tuple[str, ...]
    facts: tuple[str, ...]
    cards: tuple[str, ...]
    parties: tuple[str, ...]
    events: tuple[str, ...]


class Places:
    """Where the values made while decoding stand."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def of(self, value: object, otherwise: tuple[int, int] = (1, 1)) -> tuple[int, int]:
        return self._notes.nodes.get(id(value), otherwise)

    def problem(self, value: object, code: str, beside: object = None, **arguments: object) -> Problem:
        """A problem at `value`, or at `beside` where the place of `value` was not kept."""
        line, column = self.of(value, self.of(beside) if beside is not None else (1, 1))
        return Problem(self._notes.file, line, column, code, tuple((k, str(v)) for k, v in arguments.items()))


def check_references(scenario: Scenario, places: Places, catalogue: Catalogue) -> Iterator[Problem]:
    """Every name in `scenario` that leads nowhere, and every name given twice."""
    names = _Names(
        tuple(s.id for s in scenario.states),
        tuple(f.id for f in scenario.facts),
        tuple(a.id for a in scenario.brief.authority),
        tuple(p.id for p in scenario.parties),
        tuple(e.id for e in scenario.clock.events),
    )
    yield from _doubled(scenario, places)
    yield from _known(places, (scenario.start,), names.states, "state", scenario)
    for found, near in conditions(scenario):
        yield from _in_condition(found, near, names, places)
    for effect, near in effects(scenario):
        yield from _known(places, effect.reveals, names.facts, "fact", near)
        yield from _known(places, effect.grants, names.cards, "authority card", near)
    for to, near in targets(scenario):
        yield from _known(places, (to,), names.states, "state", near)
    for opportunity in opportunities(scenario):
        yield from _indicators(opportunity, scenario, places, catalogue)
    yield from _vocabularies(scenario, places, catalogue)


def _known(places: Places, wanted: Iterable[str], have: tuple[str, ...], kind: str, near: object) -> Iterator[Problem]:
    for name in wanted:
        if name not in have:
            yield places.problem(name, "RP301", near, name=name, kind=kind, near=nearest(name, have))


def _doubled(scenario: Scenario, places: Places) -> Iterator[Problem]:
    groups: tuple[tuple[str, tuple[object, ...]], ...] = (
        ("state", scenario.states),
        ("fact", scenario.facts),
        ("authority card", scenario.brief.authority),
        ("party", scenario.parties),
        ("clock event", scenario.clock.events),
        ("opportunity", tuple(opportunities(scenario))),
    )
    for kind, values in groups:
        seen: set[str] = set()
        for value in values:
            id: str = value.id  # type: ignore[attr-defined]
            if id in seen:
                yield places.problem(value, "RP302", kind=kind, name=id)
            seen.add(id)


def _in_condition(condition: Condition, near: object, names: _Names, places: Places) -> Iterator[Problem]:
    for part in parts_of(condition):
        place = part if places.of(part, (0, 0)) != (0, 0) else near
        match part:
            case Does():
                yield from _known(places, part.techniques, NAMES, "technique", place)
            case Names() | Asks() | Knows():
                yield from _known(places, part.facts, names.facts, "fact", place)
            case Offers():
                yield from _known(places, part.cards, names.cards, "authority card", place)
            case Granted():
                yield from _known(places, part.cards, names.cards, "authority card", place)
            case Consulted():
                yield from _known(places, part.parties, names.parties, "party", place)
            case Happened():
                yield from _known(places, part.events, names.events, "clock event", place)


def _indicators(
    opportunity: Opportunity, scenario: Scenario, places: Places, catalogue: Catalogue
) -> Iterator[Problem]:
    for ref in opportunity.indicators:
        try:
            shown = catalogue.indicator(ref).shown
        except KeyError:
            near = nearest(ref, (i.ref for i in catalogue.indicators()))
            yield places.problem(ref, "RP501", opportunity, name=ref, near=near)
            continue
        if shown not in _TALKED and not (shown == "manager" and scenario.role == "manager"):
            yield places.problem(ref, "RP502", opportunity, name=ref, shown=shown)


def _vocabularies(scenario: Scenario, places: Places, catalogue: Catalogue) -> Iterator[Problem]:
    used: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("complaint", "complaint", scenario.complaints),
        ("need", "need", scenario.needs),
        ("recovery", "recovery", scenario.recovery),
        ("focus", "technique", scenario.focus),
        ("want", "want", tuple(n.want for n in scenario.persona.needs)),
        ("file", "file", tuple(f.field for f in scenario.brief.customer_file)),
    )
    for _, vocabulary, ids in used:
        have = {entry.id for entry in catalogue.vocabulary(vocabulary)}
        for id in ids:
            if id not in have:
                near = nearest(id, have)
                yield places.problem(id, "RP303", scenario, name=id, kind=vocabulary, near=near)


# ---------------------------------------------------------------- walking a scenario


def opportunities(scenario: Scenario) -> Iterator[Opportunity]:
    for state in scenario.states:
        yield from state.opportunities
    for party in scenario.parties:
        yield from party.opportunities


def branches(scenario: Scenario) -> Iterator[Branch]:
    yield from scenario.anywhere
    for state in scenario.states:
        yield from state.branches
    yield scenario.unrecognised


def said(scenario: Scenario) -> Iterator[Line]:
    """Every line anybody says."""
    for state in scenario.states:
        yield from state.says
    for branch in branches(scenario):
        yield from branch.says
    for fact in scenario.facts:
        yield from fact.tell
    for party in scenario.parties:
        for answer in party.answers:
            yield from answer.says
    for event in scenario.clock.events:
        yield from event.says


def conditions(scenario: Scenario) -> Iterator[tuple[Condition, object]]:
    """Every condition with what it belongs to."""
    for opportunity in opportunities(scenario):
        for found in (opportunity.met, opportunity.partly, opportunity.spoiled):
            if found is not None:
                yield found, opportunity
    guarded = (
        *branches(scenario),
        *said(scenario),
        *scenario.persona.rules,
        *scenario.clock.events,
        *(answer for party in scenario.parties for answer in party.answers),
    )
    for owner in guarded:
        if owner.when is not None:
            yield owner.when, owner
    for fact in scenario.facts:
        if fact.tell_when is not None:
            yield fact.tell_when, fact


def effects(scenario: Scenario) -> Iterator[tuple[Effect, object]]:
    for owner in (*branches(scenario), *scenario.clock.events, *(a for p in scenario.parties for a in p.answers)):
        yield owner.effect, owner


def targets(scenario: Scenario) -> Iterator[tuple[str, object]]:
    """Every state something moves to."""
    for owner in (*branches(scenario), *scenario.clock.events):
        if owner.to:
            yield owner.to, owner
