"""What happens in a scenario, as trainers write it: lines, effects, branches, opportunities -> model values.

Owns the keys they share wherever they stand. Refuses to know states and parties, which hold them.
"""

from __future__ import annotations

from typing import Any

from roleplay.scenarios.conditions import condition
from roleplay.scenarios.fields import (
    Bad,
    declared,
    fields,
    listed,
    may,
    need,
    number,
    reference,
    text,
    time_of_day,
    truth,
    word_or_none,
)
from roleplay.scenarios.model import EMPTY, Branch, Condition, Effect, Line, Opportunity
from roleplay.scenarios.notes import At
from roleplay.scenarios.reading import Mapping, Node, Scalar

BRANCHES_AT_MOST = 60
_LINES_AT_MOST = 40
_DUE_AT_MOST = 20

# ---------------------------------------------------------------- lines

_LINE = {"says": may(listed(text, _LINES_AT_MOST, least=1)), "when": may(condition), "narration": may(text)}


def says(node: Node, at: At) -> tuple[Line, ...]:
    """A text; a list of texts, walked through as the line is needed again; or lines with `when`, of which the first
    that holds is said."""
    if isinstance(node, Scalar) or _is_text(node):
        return (Line((text(node, at),)),)
    if isinstance(node, Mapping):
        return (_line(node, at),)
    if not node.items:
        at.note(node, "RP219", key=at.key)
        raise Bad
    kinds = {_is_text(item) for item in node.items}
    if len(kinds) > 1:
        at.note(node, "RP215")
        raise Bad
    if kinds == {True}:
        return (Line(listed(text, _LINES_AT_MOST)(node, at)),)
    return listed(_line, _LINES_AT_MOST)(node, at)


def _is_text(node: Node) -> bool:
    """A plain text, or a mapping that is not meant as a line."""
    if isinstance(node, Mapping):
        return not any(key.text in _LINE for key, _ in node.entries)
    return isinstance(node, Scalar)


def _line(node: Node, at: At) -> Line:
    values = fields(node, at, _LINE)
    if "says" not in values and "narration" not in values and at.path not in at.notes.broken:
        at.note(node, "RP202", key="says")
    return Line(values.get("says", ()), values.get("when"), values.get("narration", EMPTY))


# ---------------------------------------------------------------- effects and guards

_points = number(-100, 100)
EFFECT = {
    "mood": may(_points),
    "trust": may(_points),
    "minutes": may(number(0, 1440)),
    "reveals": may(listed(reference("fact"))),
    "grants": may(listed(reference("granted_card"))),
    "until": may(time_of_day),
}
GUARDED = {"when": may(condition), "otherwise": may(truth)}


def with_effect(values: dict[str, Any]) -> dict[str, Any]:
    """`values` with the keys of an effect gathered into one."""
    kept = {key: value for key, value in values.items() if key not in EFFECT}
    return {**kept, "effect": Effect(**{key: value for key, value in values.items() if key in EFFECT})}


def guard(node: Node, at: At, values: dict[str, Any]) -> Condition | None:
    """Take `when` or `otherwise: true` out of `values`: None stands for otherwise. Bad unless exactly one of them is
    there."""
    written = {key.text for key, _ in node.entries} if isinstance(node, Mapping) else set()
    if any(key in written and key not in values for key in GUARDED):
        raise Bad
    otherwise = bool(values.pop("otherwise", False))
    when: Condition | None = values.pop("when", None)
    if (when is None) != otherwise:
        at.note(node, "RP214")
        raise Bad
    return when


_state = reference("state")


def to_state(node: Node, at: At) -> str:
    """The state to go to; "" stays."""
    return _state(node, at) if word_or_none(node, at) else ""


_BRANCH = {
    **GUARDED,
    "to": may(to_state),
    "says": may(says),
    **EFFECT,
}


def _branch(node: Node, at: At) -> Branch:
    values = fields(node, at, _BRANCH)
    return Branch(when=guard(node, at, values), **with_effect(values))


branch_list = listed(_branch, BRANCHES_AT_MOST)

# ---------------------------------------------------------------- opportunities

_OPPORTUNITY = {
    "id": need(declared("opportunity")),
    "indicators": need(listed(reference("indicator"), least=1)),
    "met": need(condition),
    "partly": may(condition),
    "spoiled": may(condition),
    "due": may(number(1, _DUE_AT_MOST)),
    "anytime": may(truth),
    "tip": may(text),
    "weak": may(listed(text)),
    "good": may(listed(text)),
    "rule": may(text),
}


def _opportunity(node: Node, at: At) -> Opportunity:
    return Opportunity(**fields(node, at, _OPPORTUNITY))


opportunity_list = listed(_opportunity)
