"""The scenario as a state machine: which branch a reply takes.

The only module that imports transitions. That library imports and calls dotted strings, adds unknown initial states and puts
magic attributes on models, so it gets opaque state names made here, bound functions, no auto transitions and a slotted cursor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from transitions import Machine

from roleplay.engine.conditions import Moment, evaluate
from roleplay.scenarios.model import All, AnyOf, Branch, Condition, Not, Nothing, Scenario, State

By = Literal["state", "anywhere", "unrecognised"]
_TRIGGER = "reply"


@dataclass(frozen=True, slots=True)
class Choice:
    """The branch taken, who listed it and its index there. `to`: the id of the state afterwards."""

    by: By
    index: int
    branch: Branch
    to: str


class _Cursor:
    """What transitions moves: where we are, what we look at, what was chosen."""

    __slots__ = ("chosen", "moment", "state")

    def __init__(self, state: str, moment: Moment) -> None:
        self.state = state
        self.moment = moment
        self.chosen: Choice | None = None


class Branching:
    """One machine for one scenario, built once: `choose` is then a few microseconds whatever the number of states."""

    def __init__(self, scenario: Scenario) -> None:
        self._names = {state.id: f"s{number}" for number, state in enumerate(scenario.states)}
        self._machine = Machine(
            model=None,
            states=list(self._names.values()),
            initial=self._names[scenario.start],
            auto_transitions=False,
            send_event=True,
        )
        for state in scenario.states:
            if state.outcome is None:
                for choice in _choices(scenario, state):
                    self._machine.add_transition(
                        _TRIGGER,
                        self._names[state.id],
                        self._names[choice.to],
                        conditions=[_guard(choice.branch.when)],
                        after=[_record(choice)],
                    )

    def choose(self, state: str, moment: Moment) -> Choice | None:
        """The branch a reply takes in `state`, or None where none holds (an end state, or a machine without an
        otherwise-branch, which the lint refuses)."""
        if _TRIGGER not in self._machine.events:
            return None
        cursor = _Cursor(self._names[state], moment)
        if not self._machine.events[_TRIGGER].transitions.get(cursor.state):
            return None
        self._machine.events[_TRIGGER].trigger(cursor)
        return cursor.chosen


def _choices(scenario: Scenario, state: State) -> Iterator[Choice]:
    """In the order they are tried: anywhere, the state's own, the answer to what nobody understood, otherwise."""
    for index, branch in enumerate(scenario.anywhere):
        if branch.to != state.id:
            yield Choice("anywhere", index, branch, branch.to or state.id)
    own = tuple(Choice("state", i, b, b.to or state.id) for i, b in enumerate(state.branches))
    yield from (c for c in own if c.branch.when is not None)
    silent = scenario.unrecognised
    if silent.says and not any(_asks_for_nothing(c.branch.when) for c in own):
        unheard = Branch(Nothing(), silent.to, silent.says, silent.effect)
        yield Choice("unrecognised", 0, unheard, silent.to or state.id)
    yield from (c for c in own if c.branch.when is None)


def _asks_for_nothing(condition: Condition | None) -> bool:
    if isinstance(condition, All | AnyOf):
        return any(_asks_for_nothing(part) for part in condition.parts)
    if isinstance(condition, Not):
        return _asks_for_nothing(condition.part)
    return isinstance(condition, Nothing)


def _guard(condition: Condition | None) -> Callable[[Any], bool]:
    def holds(event: Any) -> bool:
        return condition is None or evaluate(condition, event.model.moment).holds

    return holds


def _record(choice: Choice) -> Callable[[Any], None]:
    def chosen(event: Any) -> None:
        event.model.chosen = choice

    return chosen
