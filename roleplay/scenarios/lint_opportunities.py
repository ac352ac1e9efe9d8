"""Whether opportunities can be taken, and whether a trainee learns from them.

Owns the rules about opportunities. Refuses to know the standards: which indicator may be shown how is checked with
the names."""

from __future__ import annotations

from roleplay.scenarios.conditions import leaves
from roleplay.scenarios.finding import HAPPENINGS, Finding, Findings
from roleplay.scenarios.implications import implies, leaves_span, may_leave_span, never
from roleplay.scenarios.model import (
    EMPTY,
    All,
    AnyOf,
    Asks,
    ByName,
    Condition,
    Fact,
    Names,
    Not,
    Offers,
    Opportunity,
    Scenario,
    Words,
)
from roleplay.scenarios.walk import effects, opportunities


def opportunity_findings(scenario: Scenario) -> Findings:
    found = list(opportunities(scenario))
    if not any(path.startswith(("states.", "parties.")) for path, _ in found):
        yield Finding("RP510", "states", needs=("parties",))
    for path, opportunity in found:
        yield from _takeable(scenario, path, opportunity)
        yield from _ordered(path, opportunity)
        yield from _taught(path, opportunity)


def _takeable(scenario: Scenario, path: str, opportunity: Opportunity) -> Findings:
    met, here = opportunity.met, f"{path}.met"
    if not may_leave_span(met):
        yield Finding("RP503", here)
    elif never(met) or _impossible(met, scenario):
        yield Finding("RP506", here, needs=(*HAPPENINGS, "brief", "persona"))
    elif not leaves_span(met):
        yield Finding("RP504", here)
    facts = {fact.id: fact for fact in scenario.facts}
    for key in ("met", "partly", "spoiled"):
        condition: Condition | None = getattr(opportunity, key)
        if condition is not None:
            yield from _recognisable(f"{path}.{key}", condition, facts, scenario)


def _recognisable(path: str, condition: Condition, facts: dict[str, Fact], scenario: Scenario) -> Findings:
    wanted: dict[tuple[str, str], None] = {}
    for leaf in leaves(condition):
        if isinstance(leaf, Names | Asks):
            key = "words" if isinstance(leaf, Names) else "ask_words"
            for name in leaf.facts:
                if name in facts and not _in_all(getattr(facts[name], key), scenario):
                    wanted[name, key] = None
    for name, key in wanted:
        yield Finding("RP505", path, (("name", name), ("key", key)))


def _in_all(words: Words, scenario: Scenario) -> bool:
    return all(words.in_(language) for language in scenario.languages)


def _impossible(condition: Condition, scenario: Scenario) -> bool:
    """Whether `condition` wants an offer that nobody can make, or a name that nobody has."""
    match condition:
        case All(parts):
            return any(_impossible(part, scenario) for part in parts)
        case AnyOf(parts):
            return all(_impossible(part, scenario) for part in parts)
        case Offers(cards, limit):
            return limit == "within" and not _givable(cards, scenario)
        case ByName():
            return not _in_all(scenario.persona.called, scenario)
        case Not():
            return False
    return False


def _givable(cards: tuple[str, ...], scenario: Scenario) -> bool:
    granted = {name for _, effect in effects(scenario) for name in effect.grants}
    return any(
        card.limit != 0 or (card.approved_limit is not None and card.id in granted)
        for card in scenario.brief.authority
        if not cards or card.id in cards
    )


def _ordered(path: str, opportunity: Opportunity) -> Findings:
    met, partly, spoiled = opportunity.met, opportunity.partly, opportunity.spoiled
    if never(met):
        return
    if spoiled is not None and implies(met, spoiled):
        yield Finding("RP511", f"{path}.spoiled")
    if partly is not None and implies(partly, met):
        yield Finding("RP512", f"{path}.partly")


def _taught(path: str, opportunity: Opportunity) -> Findings:
    if opportunity.tip == EMPTY:
        yield Finding("RP508", path, (("name", opportunity.id),))
    for key in ("weak", "good"):
        if not getattr(opportunity, key):
            yield Finding("RP509", path, (("name", opportunity.id), ("key", f"@{key}")))
