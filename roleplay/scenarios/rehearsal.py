"""Rehearsals: a scripted trainee with the expected path, detections and ratings.

Owns their shape and decoding. Refuses to know how they are played.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from roleplay.scenarios.conditions import condition
from roleplay.scenarios.decoding import names, version
from roleplay.scenarios.fields import Bad, Convert, Notes, choice, fields, listed, may, maybe_word, need, text, truth, word
from roleplay.scenarios.model import EMPTY, Gauge, Language, Outcome, Range, Text
from roleplay.scenarios.problems import Problem
from roleplay.scenarios.reading import Mapping, Node, Scalar, read

Quality = Literal["good", "middling", "poor"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What should be so after a turn, or at the end of the talk. Empty parts expect nothing. `rates`: (opportunity, word)."""

    state: str = ""
    finds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    rates: tuple[tuple[str, str], ...] = ()
    says: Text = EMPTY
    outcome: Outcome | None = None
    gauges: tuple[Range, ...] = ()


NOTHING_EXPECTED = Expectation()


@dataclass(frozen=True, slots=True)
class RehearsalTurn:
    """`wait`: let time pass instead of saying something. `where`: line and column in the file."""

    say: Text = EMPTY
    to: str = ""
    wait: bool = False
    expect: Expectation = NOTHING_EXPECTED
    where: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    file: str
    scenario: str
    quality: Quality
    note: Text
    turns: tuple[RehearsalTurn, ...]
    expect: Expectation = NOTHING_EXPECTED


_WORDS = choice("met", "partly", "not_met", "not_observed")


def _rates(node: Node, notes: Notes) -> tuple[tuple[str, str], ...]:
    if not isinstance(node, Mapping):
        raise notes.add(node, "RP203", wanted="{opportunity: met}")
    made = []
    for key, value in node.entries:
        try:
            made.append((key.text, _WORDS(value, notes)))
        except Bad:
            continue
    return tuple(made)


def _range(gauge: Gauge) -> Convert[Range]:
    def convert(node: Node, notes: Notes) -> Range:
        key = Scalar(gauge, node.line, node.column)
        found = condition(Mapping(((key, node),), node.line, node.column), notes)
        if not isinstance(found, Range):
            raise Bad
        return found

    return convert


_GAUGES: tuple[Gauge, ...] = ("mood", "trust", "clock", "turns")
_EXPECT = {
    "state": may(word),
    "finds": may(names),
    "lacks": may(names),
    "rates": may(_rates),
    "says": may(text),
    "outcome": may(choice("solved_warmed", "solved", "unsolved", "escalated")),
    **{gauge: may(_range(gauge)) for gauge in _GAUGES},
}


def _expectation(node: Node, notes: Notes) -> Expectation:
    values = fields(node, notes, _EXPECT)
    gauges = tuple(values.pop(gauge) for gauge in _GAUGES if gauge in values)
    return Expectation(gauges=gauges, **values)


_TURN = {"say": may(text), "to": may(maybe_word), "wait": may(truth), "expect": may(_expectation)}


def _turn(node: Node, notes: Notes) -> RehearsalTurn:
    values = fields(node, notes, _TURN)
    if ("say" in values) == bool(values.get("wait")):
        raise notes.add(node, "RP602")
    return RehearsalTurn(where=(node.line, node.column), **values)


_REHEARSAL = {
    "format": need(version),
    "scenario": need(word),
    "quality": need(choice("good", "middling", "poor")),
    "note": may(text),
    "turns": need(listed(_turn)),
    "expect": may(_expectation),
}


def decode_rehearsal(file: str, node: Node, notes: Notes) -> Rehearsal | None:
    """The rehearsal in `node`, or None; either way every problem of its shape is in `notes`."""
    try:
        values = fields(node, notes, _REHEARSAL)
    except Bad:
        return None
    values.pop("format")
    values.setdefault("note", EMPTY)
    return Rehearsal(file, **values)


def read_rehearsal(
    file: str, written: str, languages: tuple[Language, ...] = ("zh", "en")
) -> tuple[Rehearsal | None, tuple[Problem, ...]]:
    """A rehearsal from its text, by itself: what its names lead to is not checked."""
    node, problems = read(file, written)
    if node is None:
        return None, problems
    notes = Notes(file, languages)
    made = decode_rehearsal(file, node, notes)
    found = (*problems, *notes.problems)
    return (None if found else made), found
