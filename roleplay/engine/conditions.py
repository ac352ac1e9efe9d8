"""Whether a condition of the pack holds at a moment, what in the reply shows it, and what it still wanted.

Owns the meaning of every condition. Refuses to know where the moment comes from and what follows from the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from roleplay.engine.detection.model import Analysis
from roleplay.engine.events import Evidence, Missing
from roleplay.scenarios.model import (
    All,
    AnyOf,
    Asks,
    ByName,
    Condition,
    Consulted,
    Does,
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
from roleplay.standards.codebook import members

NO_REPLY = Analysis(detections=())


@dataclass(frozen=True, slots=True)
class Moment:
    """All a condition may look at. The sets hold what is true up to and with the reply in `analysis`. `tries`, `turns` count
    it too. `replied` False: nothing was said (time passed), so leaves about the reply do not hold."""

    analysis: Analysis
    mood: int
    trust: int
    clock: int
    tries: int
    turns: int
    known: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    offered: frozenset[tuple[str, bool]] = frozenset()
    granted: frozenset[str] = frozenset()
    consulted: frozenset[str] = frozenset()
    happened: frozenset[str] = frozenset()
    replied: bool = True

    def moved(self, *, mood: int, trust: int, known: Iterable[str]) -> Moment:
        """The same moment once mood, trust and what is known have moved."""
        return replace(self, mood=mood, trust=trust, known=frozenset(known))


@dataclass(frozen=True, slots=True)
class Verdict:
    """`evidence`: sorted by place, each once. `missing`: empty when it holds."""

    holds: bool
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Missing, ...] = ()


def evaluate(condition: Condition, moment: Moment) -> Verdict:
    """Judge `condition` at `moment`."""
    return _JUDGES[type(condition)](condition, moment)


def _ordered(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(set(evidence), key=lambda e: (e.start, e.end, e.what, e.id)))


def _unique(missing: Iterable[Missing]) -> tuple[Missing, ...]:
    return tuple(dict.fromkeys(missing))


def _all(condition: All, moment: Moment) -> Verdict:
    verdicts = [evaluate(part, moment) for part in condition.parts]
    return Verdict(
        all(v.holds for v in verdicts),
        _ordered(e for v in verdicts for e in v.evidence),
        _unique(m for v in verdicts if not v.holds for m in v.missing),
    )


def _any(condition: AnyOf, moment: Moment) -> Verdict:
    verdicts = [evaluate(part, moment) for part in condition.parts]
    holding = [v for v in verdicts if v.holds]
    if holding:
        return Verdict(True, _ordered(e for v in holding for e in v.evidence))
    return Verdict(False, missing=_unique(m for v in verdicts for m in v.missing))


def _not(condition: Not, moment: Moment) -> Verdict:
    inner = evaluate(condition.part, moment)
    ids = _leaf_ids(condition.part)
    return Verdict(not inner.holds, missing=(Missing("avoid", ids),) if inner.holds and ids else ())


def techniques_of(condition: Condition | None) -> frozenset[str]:
    """The techniques that help `condition` to hold, families resolved; those under a `not` do not."""
    if condition is None:
        return frozenset()
    return frozenset(technique for name in _leaf_ids(condition) for technique in members(name))


def _leaf_ids(condition: Condition) -> tuple[str, ...]:
    if isinstance(condition, Does):
        return condition.techniques
    if isinstance(condition, All | AnyOf):
        return tuple(id for part in condition.parts for id in _leaf_ids(part))
    return ()


def _does(condition: Does, moment: Moment) -> Verdict:
    wanted = {t for name in condition.techniques for t in members(name)}
    outcomes = ("credited",) if condition.strength == "credited" else ("credited", "partial")
    found = [
        Evidence("technique", d.technique, d.start, d.end)
        for d in moment.analysis.detections
        if d.technique in wanted and d.outcome in outcomes
    ]
    past = moment.done if condition.strength == "credited" else moment.touched
    holds = bool(found) or (condition.when == "session" and not wanted.isdisjoint(past))
    return Verdict(holds, _ordered(found), () if holds else (Missing("technique", condition.techniques),))


def _mentions(facts: tuple[str, ...], asked: bool, past: frozenset[str], when: str, moment: Moment) -> Verdict:
    found = [
        Evidence("ask" if asked else "fact", m.fact, m.start, m.end)
        for m in moment.analysis.mentions
        if m.fact in facts and m.asked == asked
    ]
    holds = bool(found) or (when == "session" and not past.isdisjoint(facts))
    return Verdict(holds, _ordered(found), () if holds else (Missing("ask" if asked else "fact", facts),))


def _names(condition: Names, moment: Moment) -> Verdict:
    return _mentions(condition.facts, False, moment.named, condition.when, moment)


def _asks(condition: Asks, moment: Moment) -> Verdict:
    return _mentions(condition.facts, True, moment.asked, condition.when, moment)


def _offers(condition: Offers, moment: Moment) -> Verdict:
    def fits(card: str, within: bool) -> bool:
        return (not condition.cards or card in condition.cards) and (
            condition.limit == "any" or within == (condition.limit == "within")
        )

    found = [
        Evidence("offer", o.card or o.kind, o.start, o.end) for o in moment.analysis.offers if fits(o.card, o.within)
    ]
    holds = bool(found) or (condition.when == "session" and any(fits(c, w) for c, w in moment.offered))
    return Verdict(holds, _ordered(found), () if holds else (Missing("offer", condition.cards),))


def _range(condition: Range, moment: Moment) -> Verdict:
    value: int = getattr(moment, condition.gauge)
    holds = (condition.at_least is None or value >= condition.at_least) and (
        condition.below is None or value < condition.below
    )
    return Verdict(holds, missing=() if holds else (Missing(condition.gauge),))


def _held(what: str, wanted: tuple[str, ...], have: frozenset[str]) -> Verdict:
    holds = not have.isdisjoint(wanted)
    return Verdict(holds, missing=() if holds else (Missing(what, wanted),))


def _nothing(condition: Nothing, moment: Moment) -> Verdict:
    return Verdict(moment.replied and not moment.analysis.recognised)


def _repeats(condition: Repeats, moment: Moment) -> Verdict:
    return Verdict(moment.analysis.repeats is not None)


def _by_name(condition: ByName, moment: Moment) -> Verdict:
    span = moment.analysis.by_name
    if span is None:
        return Verdict(False, missing=(Missing("name"),))
    return Verdict(True, (Evidence("name", "", *span),))


_JUDGES: dict[type, Callable[..., Verdict]] = {
    All: _all,
    AnyOf: _any,
    Not: _not,
    Does: _does,
    Names: _names,
    Asks: _asks,
    Knows: lambda c, m: _held("fact", c.facts, m.known),
    Offers: _offers,
    Range: _range,
    Consulted: lambda c, m: _held("party", c.parties, m.consulted),
    Granted: lambda c, m: _held("grant", c.cards, m.granted),
    Happened: lambda c, m: _held("event", c.events, m.happened),
    Nothing: _nothing,
    Repeats: _repeats,
    ByName: _by_name,
}
