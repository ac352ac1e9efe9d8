"""Whether a scenario makes sense: everything in it can happen, every reply is answered, the talk can end.

Owns the rules of RP4 about lines, facts, cards, time and mood, and joins those of the course (lint_course) and of
opportunities (lint_opportunities). Refuses to know YAML: what it finds is placed by path. A part that holds a problem
of shape is not judged, since what is missing there would be blamed twice."""

from __future__ import annotations

from collections.abc import Iterator, Set

from roleplay.scenarios.conditions import leaves, positive_leaves
from roleplay.scenarios.finding import COURSE, HAPPENINGS, Finding, Findings
from roleplay.scenarios.implications import implies, never
from roleplay.scenarios.lint_course import course
from roleplay.scenarios.lint_opportunities import opportunity_findings
from roleplay.scenarios.model import Asks, ByName, Effect, Line, Names, Scenario
from roleplay.scenarios.notes import Place
from roleplay.scenarios.problems import Problem, problem
from roleplay.scenarios.walk import conditions, effects, speech

LINE_AT_MOST = 400
"""Characters a customer says at once. A screen of 80x24 shows no more beside the rest."""


def lint(
    scenario: Scenario, file: str, broken: Set[str] = frozenset(), *, course_known: bool = True
) -> Iterator[Problem]:
    """What does not make sense in `scenario`. `broken`: paths that are not judged. `course_known` False: some state
    is named that does not exist, so where branches lead is not judged."""
    where = dict(scenario.where)
    whole = course_known and broken.isdisjoint(COURSE)
    for finding in _findings(scenario, whole):
        if broken.isdisjoint(finding.rests_on):
            line, column = _place(finding.path, where)
            yield problem(file, line, column, finding.code, **dict(finding.arguments(where)))


def _place(path: str, where: dict[str, Place]) -> Place:
    """The place of `path`, or of the nearest thing above it whose place is kept."""
    while path and path not in where:
        path = path.rpartition(".")[0]
    return where.get(path, (1, 1))


def _findings(scenario: Scenario, whole: bool) -> Findings:
    if whole:
        yield from course(scenario)
    yield from opportunity_findings(scenario)
    yield from _lines(scenario)
    yield from _conditions(scenario)
    yield from _facts(scenario)
    yield from _cards(scenario)
    yield from _time(scenario)
    yield from _rules(scenario)
    yield from _papers(scenario)


# ---------------------------------------------------------------- lines and conditions


def _lines(scenario: Scenario) -> Findings:
    for path, lines in speech(scenario):
        for number, line in enumerate(lines):
            here = f"{path}.{number}" if len(lines) > 1 or line.when is not None else path
            yield from _long(here, line)
            yield from _unsaid(path, here, lines, number)
        if lines and lines[-1].when is not None:
            yield Finding("RP414", f"{path}.{len(lines) - 1}")


def _long(path: str, line: Line) -> Findings:
    longest = max((len(text) for said in line.says for text in (said.zh, said.en)), default=0)
    if longest > LINE_AT_MOST:
        yield Finding("RP416", path, (("count", longest), ("limit", LINE_AT_MOST)))


def _unsaid(path: str, here: str, lines: tuple[Line, ...], number: int) -> Findings:
    line = lines[number]
    for before, earlier in enumerate(lines[:number]):
        if earlier.when is None:
            yield Finding("RP415", here)
            return
        if line.when is not None and not never(line.when) and implies(line.when, earlier.when):
            yield Finding("RP405", here, earlier=f"{path}.{before}")
            return


def _conditions(scenario: Scenario) -> Findings:
    for path, condition in conditions(scenario):
        if never(condition):
            yield Finding("RP407", path)


# ---------------------------------------------------------------- what is there to know, give and wait for


def _facts(scenario: Scenario) -> Findings:
    revealed = {name for _, effect in effects(scenario) for name in effect.reveals}
    for fact in scenario.facts:
        path = f"facts.{fact.id}"
        if not (fact.known or fact.tell or fact.id in revealed):
            yield Finding("RP417", path, (("name", fact.id),), needs=HAPPENINGS)
        if not any((fact.words.zh, fact.words.en)):
            yield Finding("RP418", path, (("name", fact.id),))


def _cards(scenario: Scenario) -> Findings:
    granted = {name for _, effect in effects(scenario) for name in effect.grants}
    for card in scenario.brief.authority:
        path = f"brief.authority.{card.id}"
        if card.approved_limit is None:
            if card.limit == 0:
                yield Finding("RP420", path, (("name", card.id),))
        elif card.id not in granted:
            yield Finding("RP419", path, (("name", card.id),), needs=HAPPENINGS)


def _time(scenario: Scenario) -> Findings:
    clock = scenario.clock
    for event in clock.events:
        if not (event.says or event.to or event.effect != Effect()):
            yield Finding("RP421", f"clock.events.{event.id}", (("name", event.id),))
    passes = clock.turn or clock.wait or any(effect.minutes or effect.until for _, effect in effects(scenario))
    if clock.events and not passes and not any(party.minutes for party in scenario.parties):
        yield Finding("RP422", "clock", needs=HAPPENINGS)


def _rules(scenario: Scenario) -> Findings:
    for rule in scenario.persona.rules:
        if never(rule.when) or not (rule.mood or rule.trust):
            yield Finding("RP423", f"persona.rules.{rule.id}", (("name", rule.id),))


# ---------------------------------------------------------------- the work after the talk


def _papers(scenario: Scenario) -> Findings:
    for form in scenario.forms:
        for field in form.fields:
            for one in field.opportunities:
                for leaf in leaves(one.met):
                    if isinstance(leaf, Asks | ByName):
                        path = f"forms.{form.id}.fields.{field.id}.opportunities.{one.id}.met"
                        yield Finding("RP427", path, (("key", "asks" if isinstance(leaf, Asks) else "by_name"),))
    met = (o.met for form in scenario.forms for field in form.fields for o in field.opportunities)
    wanted = {name for one in met for leaf in positive_leaves(one) if isinstance(leaf, Names) for name in leaf.facts}
    for language in scenario.languages:
        ways = [fact.words.in_(language) for fact in scenario.facts if fact.id in wanted and fact.words.in_(language)]
        ways += [(name,) for name in scenario.persona.called.in_(language)]
        for name in scenario.others.in_(language):
            if any(all(name.casefold() in way.casefold() for way in of) for of in ways):
                yield Finding("RP426", "others", (("name", name),), needs=("facts", "persona"))
