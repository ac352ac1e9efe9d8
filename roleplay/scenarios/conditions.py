"""Conditions as trainers write them -> condition values.

Owns the keys a condition may have. Refuses to know whether the names in it exist (checking) and when it holds (the engine).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from roleplay.scenarios.fields import Bad, Notes, choice, fields, listed, may, nearest, number, truth, word
from roleplay.scenarios.model import (
    All,
    AnyOf,
    Asks,
    ByName,
    Condition,
    Consulted,
    Does,
    Gauge,
    Granted,
    Happened,
    Knows,
    Names,
    Not,
    Nothing,
    Offers,
    Range,
    Repeats,
)
from roleplay.scenarios.reading import Mapping as MappingNode
from roleplay.scenarios.reading import Node, Scalar


def condition(node: Node, notes: Notes) -> Condition:
    """One condition; several keys in a mapping must all hold."""
    if not isinstance(node, MappingNode):
        raise notes.add(node, "RP203", wanted="{does: …}")
    parts = []
    for key, value in node.entries:
        make = _KEYS.get(key.text)
        if make is None:
            notes.add(key, "RP201", key=key.text[:80], near=nearest(key.text, _KEYS), allowed=", ".join(_KEYS))
            continue
        made = make(value, notes)
        notes.nodes[id(made)] = (value.line, value.column)
        parts.append(made)
    if not parts:
        raise notes.add(node, "RP203", wanted="{does: …}") if not node.entries else Bad()
    return parts[0] if len(parts) == 1 else All(tuple(parts))


_names = listed(word)


def _gauge(gauge: Gauge) -> Callable[[Node, Notes], Condition]:
    limits = number(0, 10_000)

    def convert(node: Node, notes: Notes) -> Condition:
        values = fields(node, notes, {"at_least": may(limits), "below": may(limits)})
        if not values:
            raise notes.add(node, "RP203", wanted="{at_least: …}")
        made = Range(gauge, **values)
        if made.at_least is not None and made.below is not None and made.at_least >= made.below:
            notes.add(node, "RP406", low=made.at_least, high=made.below)
        return made

    return convert


def _flag(make: type[Nothing] | type[Repeats] | type[ByName]) -> Callable[[Node, Notes], Condition]:
    def convert(node: Node, notes: Notes) -> Condition:
        return make() if truth(node, notes) else Not(make())

    return convert


def _offers(when: str) -> Callable[[Node, Notes], Condition]:
    limit = choice("within", "over", "any")

    def convert(node: Node, notes: Notes) -> Condition:
        if isinstance(node, Scalar):
            return Offers((), limit(node, notes), when)  # type: ignore[arg-type]
        values = fields(node, notes, {"cards": may(_names), "limit": may(limit)})
        return Offers(when=when, **values)

    return convert


_KEYS: Mapping[str, Callable[[Node, Notes], Condition]] = {
    "all": lambda n, s: All(listed(condition)(n, s)),
    "any": lambda n, s: AnyOf(listed(condition)(n, s)),
    "not": lambda n, s: Not(condition(n, s)),
    "does": lambda n, s: Does(_names(n, s)),
    "touches": lambda n, s: Does(_names(n, s), strength="touched"),
    "did": lambda n, s: Does(_names(n, s), when="session"),
    "names": lambda n, s: Names(_names(n, s)),
    "named": lambda n, s: Names(_names(n, s), "session"),
    "asks": lambda n, s: Asks(_names(n, s)),
    "asked": lambda n, s: Asks(_names(n, s), "session"),
    "knows": lambda n, s: Knows(_names(n, s)),
    "offers": _offers("turn"),
    "offered": _offers("session"),
    "mood": _gauge("mood"),
    "trust": _gauge("trust"),
    "clock": _gauge("clock"),
    "tries": _gauge("tries"),
    "turns": _gauge("turns"),
    "consulted": lambda n, s: Consulted(_names(n, s)),
    "granted": lambda n, s: Granted(_names(n, s)),
    "happened": lambda n, s: Happened(_names(n, s)),
    "nothing": _flag(Nothing),
    "repeats": _flag(Repeats),
    "by_name": _flag(ByName),
}


def parts_of(found: Condition) -> tuple[Condition, ...]:
    """`found` and everything inside it."""
    if isinstance(found, All | AnyOf):
        return (found, *(inner for part in found.parts for inner in parts_of(part)))
    return (found, *parts_of(found.part)) if isinstance(found, Not) else (found,)
