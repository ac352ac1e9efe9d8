"""The three bars of a debrief: outcome, treatment, process, the three kinds of justice customers weigh after a failure (Tax, Brown &
Chandrashekaran 1998).

Owns what a bar adds up. Every part has a code and points, so that a person can check it. Refuses to know how indicators are rated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from roleplay.engine.conditions import techniques_of
from roleplay.engine.events import CUSTOMER, TurnTaken
from roleplay.engine.session import SessionState
from roleplay.scenarios.conditions import positive_leaves
from roleplay.scenarios.model import Condition, Offers, Outcome, Scenario
from roleplay.scenarios.walk import opportunities
from roleplay.standards.codebook import FAMILY_OF, NEGATIVE, members


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` 0-100, the sum of `parts` (code, points) kept within that range."""

    id: Literal["outcome", "treatment", "process"]
    value: int
    parts: tuple[tuple[str, int], ...]


def three_bars(scenario: Scenario, state: SessionState) -> tuple[Bar, Bar, Bar]:
    """Outcome, treatment and process of the standing replies of `state`."""
    return _outcome_bar(scenario, state), _treatment_bar(scenario, state.standing), _process_bar(scenario, state)


def harm(turn: TurnTaken) -> int:
    """How many harmful techniques a reply performed."""
    return sum(d.technique in NEGATIVE and d.outcome == "credited" for d in turn.analysis.detections)


_ENDING_POINTS: Mapping[Outcome | None, int] = MappingProxyType(
    {"solved_warmed": 60, "solved": 50, "escalated": 25, "unsolved": 10, None: 0}
)


def _bar(id: Literal["outcome", "treatment", "process"], parts: Iterable[tuple[str, int]]) -> Bar:
    kept = tuple(parts)
    return Bar(id, min(100, max(0, sum(points for _, points in kept))), kept)


def _outcome_bar(scenario: Scenario, state: SessionState) -> Bar:
    offers = [o for turn in state.standing if turn.to == CUSTOMER for o in turn.analysis.offers]
    over = sum(not o.within for o in offers)
    fair = any(o.within for o in offers) or any(map(_offers, _conditions_met(scenario, state.standing)))
    ending = state.ended.outcome if state.ended else None
    warmer = state.mood - scenario.persona.mood
    parts = [(f"ending_{ending or 'left'}", _ENDING_POINTS[ending])]
    parts.append(("fair_remedy", 25) if fair else ("no_remedy", 0))
    if over:
        parts.append(("beyond_authority", -20 * over))
    parts.append(("mood_better", min(15, warmer // 2)) if warmer > 0 else ("mood_not_better", 0))
    return _bar("outcome", parts)


_TREATMENT: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("respect", ("greeting", "thanks", "self_introduction"), 20),
    ("empathy", ("empathic_response",), 25),
    ("apology", ("apology",), 15),
    ("explanation", ("information",), 20),
    ("listening", ("reflection", "question"), 20),
)


def _treatment_bar(scenario: Scenario, turns: tuple[TurnTaken, ...]) -> Bar:
    """A part is there where a technique of it was credited, or where an opportunity that looks for it was met; half of it where one was only
    begun."""
    found = [d for turn in turns if turn.to == CUSTOMER for d in turn.analysis.detections]
    credited = {d.technique for d in found if d.outcome == "credited"}
    credited.update(t for condition in _conditions_met(scenario, turns) for t in techniques_of(condition))
    begun = {d.technique for d in found if d.outcome == "partial"}
    parts = []
    for code, names, points in _TREATMENT:
        wanted = {t for name in names for t in members(name)}
        worth = points if wanted & credited else points // 2 if wanted & begun else 0
        parts.append((code if worth else f"no_{code}", worth))
    hurt = sum(harm(turn) for turn in turns if turn.to == CUSTOMER)
    if hurt:
        parts.append(("harm", -15 * hurt))
    return _bar("treatment", parts)


def _conditions_met(scenario: Scenario, turns: tuple[TurnTaken, ...]) -> list[Condition]:
    """What was asked for by every opportunity that a reply to the customer met."""
    met = {r.opportunity for turn in turns if turn.to == CUSTOMER for r in turn.ratings if r.word == "met"}
    return [o.met for _, o in opportunities(scenario) if o.id in met]


def _offers(condition: Condition) -> bool:
    return any(isinstance(leaf, Offers) for leaf in positive_leaves(condition))


def _process_bar(scenario: Scenario, state: SessionState) -> Bar:
    if not state.standing:
        return _bar("process", ())
    limit = max((t.minutes for t in scenario.brief.response_times), default=scenario.minutes)
    first_answer = next((t.move.clock for t in state.standing if _answers(t)), None)
    in_time = first_answer is not None and first_answer <= limit
    informed = any(name in state.touched for name in ("progress_update", "commitment_timeframe", "hold_notice"))
    parts = [("in_time", 40) if in_time else ("out_of_time", 0), ("informed", 30) if informed else ("not_informed", 0)]
    repeated = sum(turn.analysis.repeats is not None for turn in state.standing)
    asked_again = _asked_again(state)
    left = max(0, 30 - 10 * (repeated + asked_again))
    parts.append(("no_repetition", left) if left else ("repetition", 0))
    return _bar("process", parts)


def _answers(turn: TurnTaken) -> bool:
    """Whether the customer got something to go by: an explanation, a way forward or a time."""
    shown = {FAMILY_OF[d.technique] for d in turn.analysis.detections if d.outcome != "rejected"}
    return turn.to == CUSTOMER and not shown.isdisjoint(("information", "proposal", "ownership"))


def _asked_again(state: SessionState) -> int:
    """How often the customer was asked for what the customer had told."""
    told: set[str] = set()
    again = 0
    for turn in state.standing:
        if turn.to == CUSTOMER:
            again += sum(m.asked and m.fact in told for m in turn.analysis.mentions)
            told.update(turn.move.revealed)
    return again
