"""Reasoning over conditions, held against a judge that simply tries every moment of a small world."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from roleplay.engine.conditions import Moment, evaluate
from roleplay.engine.detection.model import Analysis, Detection, Mention, Offer
from roleplay.scenarios.implications import always, implies, leaves_span, may_imply, may_leave_span, never, subjects
from roleplay.scenarios.model import (
    All,
    AnyOf,
    Asks,
    Condition,
    Does,
    Gauge,
    Knows,
    Names,
    Not,
    Nothing,
    Offers,
    Range,
)

_TECHNIQUES = st.lists(st.sampled_from(["apology", "validate", "empathy"]), min_size=1, max_size=2).map(tuple)
_FACTS = st.lists(st.sampled_from(["f", "g"]), min_size=1, max_size=2).map(tuple)
_NUMBERS = st.sampled_from([None, 0, 1, 2, 50, 100])
_GAUGES = st.sampled_from(["mood", "tries"])


def _range(gauge: Gauge, low: int | None, high: int | None) -> Range:
    return Range(gauge, low, high)


_LEAVES: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Does, _TECHNIQUES, st.sampled_from(["turn", "session"]), st.sampled_from(["credited", "touched"])),
    st.builds(Names, _FACTS, st.sampled_from(["turn", "session"])),
    st.builds(Asks, _FACTS),
    st.builds(Knows, _FACTS),
    st.builds(
        Offers,
        st.sampled_from([(), ("c",), ("c", "d")]),
        st.sampled_from(["within", "over", "any"]),
        st.sampled_from(["turn", "session"]),
    ),
    st.builds(_range, _GAUGES, _NUMBERS, _NUMBERS),
    st.just(Nothing()),
)
_CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(All),
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(AnyOf),
    ),
    max_leaves=5,
)

_REPLIES = (
    Analysis(()),
    Analysis((Detection("apology", "credited", 0, 1, "r"),)),
    Analysis((Detection("validate", "partial", 0, 1, "r", "x"),)),
    Analysis((Detection("apology", "partial", 0, 1, "r", "x"), Detection("validate", "credited", 1, 2, "r"))),
    Analysis((), (Mention("f", 0, 1, False), Mention("g", 0, 1, True))),
    Analysis((), (Mention("g", 0, 1, False),), (Offer("small_gift", "c", None, True, 0, 1),)),
    Analysis((), (), (Offer("small_gift", "d", None, False, 0, 1), Offer("small_gift", "", None, True, 0, 1))),
)


def _moments() -> list[Moment]:
    """Moments whose past fits their reply: what is done in this turn is done in the session."""
    found = []
    for reply, mood, tries, past in product(_REPLIES, (0, 1, 50, 100), (1, 2, 51), (False, True)):
        credited = {d.technique for d in reply.detections if d.outcome == "credited"}
        touched = {d.technique for d in reply.detections}
        named = {m.fact for m in reply.mentions if not m.asked}
        found.append(
            Moment(
                reply,
                mood=mood,
                trust=50,
                clock=0,
                tries=tries,
                turns=tries,
                known=frozenset({"f"} if past else ()),
                named=frozenset(named | ({"g"} if past else set())),
                asked=frozenset(m.fact for m in reply.mentions if m.asked),
                done=frozenset(credited | ({"validate"} if past else set())),
                touched=frozenset(touched | ({"validate"} if past else set())),
                offered=frozenset({(o.card, o.within) for o in reply.offers} | ({("c", True)} if past else set())),
            )
        )
    return found


_MOMENTS = _moments()


def _holds(condition: Condition) -> list[bool]:
    return [evaluate(condition, moment).holds for moment in _MOMENTS]


@given(_CONDITIONS)
def test_what_is_said_to_hold_never_or_always_does(condition: Condition) -> None:
    holds = _holds(condition)
    assert not (never(condition) and any(holds))
    assert not (always(condition) and not all(holds))


@given(_CONDITIONS, _CONDITIONS)
def test_what_is_said_to_follow_follows(one: Condition, other: Condition) -> None:
    if implies(one, other):
        assert all(b for a, b in zip(_holds(one), _holds(other), strict=True) if a)


@given(_CONDITIONS, _CONDITIONS)
def test_what_follows_speaks_of_something_that_the_other_speaks_of(one: Condition, other: Condition) -> None:
    if implies(one, other) and not never(one) and not always(other):
        assert may_imply(subjects(one), subjects(other))


@given(_CONDITIONS)
def test_a_condition_follows_from_itself_and_from_more(condition: Condition) -> None:
    assert implies(condition, condition)
    assert implies(All((Nothing(), condition)), condition)
    assert implies(condition, AnyOf((Nothing(), condition)))


@given(_CONDITIONS)
def test_what_is_said_to_leave_a_span_leaves_one(condition: Condition) -> None:
    verdicts = [evaluate(condition, moment) for moment in _MOMENTS]
    if leaves_span(condition):
        assert all(verdict.evidence for verdict in verdicts if verdict.holds)
        assert may_leave_span(condition)


def test_families_and_groups_hold_their_members() -> None:
    assert implies(Does(("apology", "validate")), Does(("apology", "empathy")))
    assert implies(Does(("reflect_feeling",)), Does(("empathic_response",)))
    assert not implies(Does(("empathic_response",)), Does(("empathy",)))


def test_a_question_made_to_be_slow_ends_in_cannot_tell() -> None:
    left: Condition = Does(("apology",))
    right: Condition = Does(("thanks",))
    for number in range(20):
        left = All((left, Range("turns", at_least=number + 2), left))
        right = AnyOf((right, Range("tries", at_least=number + 2), right))
    assert implies(left, right) is False
