"""Conditions as trainers write them -> condition values.

Owns the keys a condition may have. Refuses to know whether the names in it exist (checking), what it implies
(implications) and when it holds (the engine)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from roleplay.scenarios.fields import (
    Bad,
    Convert,
    choice,
    fields,
    listed,
    may,
    number,
    reference,
    truth,
    unknown_key,
    wrong_kind,
)
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
from roleplay.scenarios.notes import At
from roleplay.scenarios.reading import Mapping as MappingNode
from roleplay.scenarios.reading import Node, Scalar

When = Literal["turn", "session"]

_PARTS_AT_MOST = 40
_MINUTES_AT_MOST = 100_000
_COUNT_AT_MOST = 10_000
_GAUGE_AT_MOST = 100


def condition(node: Node, at: At) -> Condition:
    """One condition; several keys in a mapping must all hold. Bad if any of them could not be made: a condition that
    lost a part would mean something else."""
    if not isinstance(node, MappingNode):
        raise wrong_kind(node, at, "@condition")
    if not node.entries:
        at.note(node, "RP219", key=at.key)
        raise Bad
    parts: list[Condition] = []
    for key, value in node.entries:
        convert = _KEYS.get(key.text)
        if convert is None:
            unknown_key(key, value, node.flow, _KEYS, at)
            continue
        try:
            parts.append(convert(value, at.inside(key.text)))
        except Bad:
            continue
    if len(parts) != len(node.entries):
        raise Bad
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _whole(node: Node, at: At) -> tuple[Condition, ...]:
    parts = listed(condition, _PARTS_AT_MOST, least=1)(node, at)
    if len(parts) != len(getattr(node, "items", (node,))):
        raise Bad
    return parts


def _of(kind: str) -> Convert[tuple[str, ...]]:
    return listed(reference(kind), _PARTS_AT_MOST, least=1)


_facts, _techniques, _cards = _of("fact"), _of("technique"), _of("card")
_parties, _events = _of("party"), _of("event")


def range_of(gauge: Gauge, most: int) -> Convert[Range]:
    """A range of `gauge`, whose values run to `most`."""
    table = {"at_least": may(number(0, most)), "below": may(number(0, most + 1))}

    def convert(node: Node, at: At) -> Range:
        if not isinstance(node, MappingNode):
            raise wrong_kind(node, at, "@range")
        if not node.entries:
            at.note(node, "RP219", key=at.key)
            raise Bad
        values = fields(node, at, table)
        if len(values) != len(node.entries):
            raise Bad
        made = Range(gauge, values.get("at_least"), values.get("below"))
        if made.at_least is not None and made.below is not None and made.at_least >= made.below:
            at.note(node, "RP406", low=made.at_least, high=made.below)
        return made

    return convert


def _flag(make: Callable[[], Condition]) -> Convert[Condition]:
    return lambda node, at: make() if truth(node, at) else Not(make())


_limit: Convert[Literal["within", "over", "any"]] = choice("within", "over", "any")
_OFFER = {"cards": may(_cards), "limit": may(_limit)}


def _offers(when: When) -> Convert[Condition]:
    def convert(node: Node, at: At) -> Condition:
        if isinstance(node, Scalar):
            return Offers((), _limit(node, at), when)
        values = fields(node, at, _OFFER)
        if len(values) != len(getattr(node, "entries", ())):
            raise Bad
        return Offers(values.get("cards", ()), values.get("limit", "within"), when)

    return convert


RANGES: Mapping[str, Convert[Range]] = MappingProxyType(
    {
        "mood": range_of("mood", _GAUGE_AT_MOST),
        "trust": range_of("trust", _GAUGE_AT_MOST),
        "clock": range_of("clock", _MINUTES_AT_MOST),
        "tries": range_of("tries", _COUNT_AT_MOST),
        "turns": range_of("turns", _COUNT_AT_MOST),
    }
)

_KEYS: Mapping[str, Convert[Condition]] = MappingProxyType(
    {
        **RANGES,
        "all": lambda n, at: All(_whole(n, at)),
        "any": lambda n, at: AnyOf(_whole(n, at)),
        "not": lambda n, at: Not(condition(n, at)),
        "does": lambda n, at: Does(_techniques(n, at)),
        "touches": lambda n, at: Does(_techniques(n, at), strength="touched"),
        "did": lambda n, at: Does(_techniques(n, at), when="session"),
        "names": lambda n, at: Names(_facts(n, at)),
        "named": lambda n, at: Names(_facts(n, at), "session"),
        "asks": lambda n, at: Asks(_facts(n, at)),
        "asked": lambda n, at: Asks(_facts(n, at), "session"),
        "knows": lambda n, at: Knows(_facts(n, at)),
        "offers": _offers("turn"),
        "offered": _offers("session"),
        "consulted": lambda n, at: Consulted(_parties(n, at)),
        "granted": lambda n, at: Granted(_cards(n, at)),
        "happened": lambda n, at: Happened(_events(n, at)),
        "nothing": _flag(Nothing),
        "repeats": _flag(Repeats),
        "by_name": _flag(ByName),
    }
)


def leaves(found: Condition) -> tuple[Condition, ...]:
    """Every condition inside `found` that is not made of others, in order."""
    if isinstance(found, All | AnyOf):
        return tuple(leaf for part in found.parts for leaf in leaves(part))
    return leaves(found.part) if isinstance(found, Not) else (found,)


def positive_leaves(found: Condition) -> tuple[Condition, ...]:
    """As `leaves`, without what must not be so."""
    if isinstance(found, All | AnyOf):
        return tuple(leaf for part in found.parts for leaf in positive_leaves(part))
    return () if isinstance(found, Not) else (found,)
