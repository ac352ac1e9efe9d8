"""What can be told of a condition without playing: that it always holds, never holds, or holds whenever another does.

Owns reasoning over conditions. Refuses to guess: every "no" may be a "cannot tell", so a warning built on a "yes" is
right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from types import MappingProxyType

from roleplay.scenarios.model import (
    All,
    AnyOf,
    Asks,
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
)
from roleplay.standards.codebook import FAMILY_OF, NAMES, members

_BOUNDS: Mapping[Gauge, tuple[int, int | None]] = MappingProxyType(
    {"mood": (0, 100), "trust": (0, 100), "clock": (0, None), "tries": (1, None), "turns": (1, None)}
)
"""The least and the greatest value of a gauge."""
_STEPS_AT_MOST = 2_000
"""Comparisons of one question. Real conditions need a few dozen; nested ones made to be slow end in "cannot tell"."""


class _Reasoner:
    """Answers one question within its number of steps."""

    def __init__(self) -> None:
        self._steps = 0

    def never(self, condition: Condition) -> bool:
        if self._spent():
            return False
        match condition:
            case All(parts):
                return any(self.never(part) for part in parts) or self._contradictory(_flat(parts))
            case AnyOf(parts):
                return all(self.never(part) for part in parts)
            case Not(part):
                return self.always(part)
            case Range():
                return _empty(*_interval(condition))
        return False

    def always(self, condition: Condition) -> bool:
        if self._spent():
            return False
        match condition:
            case All(parts):
                return all(self.always(part) for part in parts)
            case AnyOf(parts):
                return any(self.always(part) for part in parts)
            case Not(part):
                return self.never(part)
            case Range(gauge):
                return _interval(condition) == _interval(Range(gauge))
        return False

    def implies(self, one: Condition, other: Condition) -> bool:
        if self._spent():
            return False
        if one == other or self.always(other) or self.never(one):
            return True
        match one, other:
            case AnyOf(parts), _:
                return all(self.implies(part, other) for part in parts)
            case _, All(parts):
                return all(self.implies(one, part) for part in parts)
            case Not(denied), Not(part):
                return self.implies(part, denied)
            case All(), _:
                return any(self.implies(part, other) for part in one.parts) or self._by_a_part(one, other)
        return self._by_a_part(one, other) or _leaf_implies(one, other)

    def _by_a_part(self, one: Condition, other: Condition) -> bool:
        return isinstance(other, AnyOf) and any(self.implies(one, part) for part in other.parts)

    def _contradictory(self, parts: tuple[Condition, ...]) -> bool:
        return any(self._exclude(one, other) for one, other in combinations(parts, 2))

    def _exclude(self, one: Condition, other: Condition) -> bool:
        if isinstance(one, Range) and isinstance(other, Range):
            return one.gauge == other.gauge and _empty(*_overlap(_interval(one), _interval(other)))
        for left, right in ((one, other), (other, one)):
            if isinstance(right, Not) and self.implies(left, right.part):
                return True
            if isinstance(right, Nothing) and _recognised(left):
                return True
        return False

    def _spent(self) -> bool:
        self._steps += 1
        return self._steps > _STEPS_AT_MOST


def never(condition: Condition) -> bool:
    """Whether `condition` cannot hold at any moment."""
    return _Reasoner().never(condition)


def always(condition: Condition) -> bool:
    """Whether `condition` holds at every moment."""
    return _Reasoner().always(condition)


def implies(one: Condition, other: Condition) -> bool:
    """Whether `other` holds at every moment at which `one` does."""
    return _Reasoner().implies(one, other)


def subjects(condition: Condition) -> frozenset[str]:
    """What `condition` speaks of, for `may_imply`."""
    match condition:
        case All(parts) | AnyOf(parts):
            return frozenset().union(*map(subjects, parts))
        case Not(part):
            return subjects(part)
        case Does(names):
            return _techniques(names)
        case Names(facts) | Asks(facts) | Knows(facts):
            return frozenset(facts)
        case Range(gauge):
            return frozenset((gauge,))
    return frozenset((type(condition).__name__,))


def may_imply(one: frozenset[str], other: frozenset[str]) -> bool:
    """False where conditions with these subjects surely do not imply each other, given that the first may hold and the second may not: a
    quick "no" where every branch is compared with every earlier one."""
    return not one.isdisjoint(other) or Nothing.__name__ in one | other


def leaves_span(condition: Condition) -> bool:
    """Whether `condition`, whenever it holds, has a part of the reply to show for it."""
    match condition:
        case All(parts):
            return any(leaves_span(part) for part in parts)
        case AnyOf(parts):
            return all(leaves_span(part) for part in parts)
    return _shows(condition)


def may_leave_span(condition: Condition) -> bool:
    """Whether there is a way for `condition` to hold with a part of the reply to show for it."""
    if isinstance(condition, All | AnyOf):
        return any(may_leave_span(part) for part in condition.parts)
    return _shows(condition)


_SPAN_LEAVES = frozenset({"Does", "Names", "Asks", "Offers", "ByName"})


def _shows(leaf: Condition) -> bool:
    return type(leaf).__name__ in _SPAN_LEAVES and getattr(leaf, "when", "turn") == "turn"


def _recognised(leaf: Condition) -> bool:
    """Whether something is understood in a reply for which `leaf` holds."""
    return isinstance(leaf, Does | Names | Asks | Offers) and leaf.when == "turn"


# ---------------------------------------------------------------- intervals

_Interval = tuple[int, int | None]


def _interval(found: Range) -> _Interval:
    """The least value and the one past the greatest, None for no end."""
    least, greatest = _BOUNDS[found.gauge]
    past = None if greatest is None else greatest + 1
    return _overlap((least, past), (least if found.at_least is None else found.at_least, found.below))


def _overlap(one: _Interval, other: _Interval) -> _Interval:
    ends = [end for end in (one[1], other[1]) if end is not None]
    return max(one[0], other[0]), min(ends) if ends else None


def _empty(least: int, past: int | None) -> bool:
    return past is not None and least >= past


# ---------------------------------------------------------------- leaves


def _flat(parts: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple(inner for part in parts for inner in (_flat(part.parts) if isinstance(part, All) else (part,)))


def _techniques(names: tuple[str, ...]) -> frozenset[str]:
    known = frozenset(NAMES) | FAMILY_OF.keys()
    return frozenset(technique for name in names for technique in (members(name) if name in known else (name,)))


def _in_time(one: str, other: str) -> bool:
    """What is so in this turn is so in the session, not the other way round."""
    return one == other or other == "session"


def _does(one: Does, other: Does) -> bool:
    strong = one.strength == other.strength or other.strength == "touched"
    return strong and _in_time(one.when, other.when) and _techniques(one.techniques) <= _techniques(other.techniques)


def _facts(one: Names | Asks, other: Names | Asks) -> bool:
    return _in_time(one.when, other.when) and set(one.facts) <= set(other.facts)


def _offers(one: Offers, other: Offers) -> bool:
    cards = not other.cards or (bool(one.cards) and set(one.cards) <= set(other.cards))
    return cards and other.limit in ("any", one.limit) and _in_time(one.when, other.when)


def _range(one: Range, other: Range) -> bool:
    return one.gauge == other.gauge and _overlap(_interval(one), _interval(other)) == _interval(one)


_LEAVES: Mapping[type, Callable[..., bool]] = MappingProxyType(
    {
        Does: _does,
        Names: _facts,
        Asks: _facts,
        Offers: _offers,
        Range: _range,
        Knows: lambda one, other: set(one.facts) <= set(other.facts),
        Consulted: lambda one, other: set(one.parties) <= set(other.parties),
        Granted: lambda one, other: set(one.cards) <= set(other.cards),
        Happened: lambda one, other: set(one.events) <= set(other.events),
    }
)


def _leaf_implies(one: Condition, other: Condition) -> bool:
    if isinstance(other, Not):
        return isinstance(other.part, Nothing) and _recognised(one)
    return type(one) is type(other) and type(one) in _LEAVES and _LEAVES[type(one)](one, other)
