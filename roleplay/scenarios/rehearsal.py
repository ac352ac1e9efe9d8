"""Rehearsals: a scripted trainee, and what should come of each reply.

Owns their shape and decoding. Refuses to know how they are played.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from roleplay.scenarios.conditions import RANGES
from roleplay.scenarios.decoding import format_one
from roleplay.scenarios.fields import Bad, Field, choice, fields, listed, may, need, reference, text, truth, wrong_kind
from roleplay.scenarios.model import EMPTY, LANGUAGES, Language, Outcome, Range, Scenario, Text
from roleplay.scenarios.notes import At, Notes
from roleplay.scenarios.problems import Problem, in_order
from roleplay.scenarios.reading import Mapping, Node, read

Quality = Literal["good", "middling", "poor"]
RateWord = Literal["met", "partly", "not_met", "not_observed"]

REPLY_AT_MOST = 2_000
"""Characters of a reply, the same as for a trainee."""
_TURNS_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Expectation:
    """What should be so after a turn, or at the end of the talk. Empty parts expect nothing. `rates`: (opportunity,
    word). `gauges`: ranges in which mood, trust, clock, turns should lie. `finds`, `lacks`: techniques or
    families."""

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
    """`to`: a party's id, "" for the customer. `wait`: let time pass instead of saying something. `where`: line and
    column, 1-based."""

    say: Text = EMPTY
    to: str = ""
    wait: bool = False
    expect: Expectation = NOTHING_EXPECTED
    where: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`file`: its name in the pack. `scenario`: the id of what it plays. `where`: path -> (line, column)."""

    file: str
    scenario: str
    quality: Quality
    note: Text
    turns: tuple[RehearsalTurn, ...]
    expect: Expectation = NOTHING_EXPECTED
    where: tuple[tuple[str, tuple[int, int]], ...] = ()


_rate_word = choice("met", "partly", "not_met", "not_observed")
_opportunity = reference("opportunity")


def _rates(node: Node, at: At) -> tuple[tuple[str, str], ...]:
    if not isinstance(node, Mapping):
        raise wrong_kind(node, at, "@ratings")
    made = []
    for key, value in node.entries:
        try:
            made.append((_opportunity(key, at), _rate_word(value, at.inside(key.text, value))))
        except Bad:
            continue
    return tuple(made)


_techniques = listed(reference("technique"))
_EXPECT: dict[str, Field] = {
    "state": may(reference("state")),
    "finds": may(_techniques),
    "lacks": may(_techniques),
    "rates": may(_rates),
    "says": may(text),
    "outcome": may(choice("solved_warmed", "solved", "unsolved", "escalated")),
    **{gauge: may(convert) for gauge, convert in RANGES.items()},
}


def _expectation(node: Node, at: At) -> Expectation:
    values = fields(node, at, _EXPECT)
    gauges = tuple(values.pop(gauge) for gauge in RANGES if gauge in values)
    return Expectation(gauges=gauges, **values)


def _reply(node: Node, at: At) -> Text:
    said = text(node, at)
    longest = max(len(said.zh), len(said.en))
    if longest > REPLY_AT_MOST:
        at.note(node, "RP604", count=longest, limit=REPLY_AT_MOST)
    return said


_party = reference("party")
_TURN = {"say": may(_reply), "to": may(_party), "wait": may(truth), "expect": may(_expectation)}


def _turn(node: Node, at: At) -> RehearsalTurn:
    values = fields(node, at, _TURN)
    written = {key.text for key, _ in node.entries} if isinstance(node, Mapping) else set()
    if ("say" in written) == bool(values.get("wait", False)):
        at.note(node, "RP602")
        raise Bad
    return RehearsalTurn(where=(node.line, node.column), **values)


_REHEARSAL = {
    "format": need(format_one),
    "scenario": need(reference("scenario")),
    "quality": need(choice("good", "middling", "poor")),
    "note": may(text),
    "turns": need(listed(_turn, _TURNS_AT_MOST, least=1)),
    "expect": may(_expectation),
}


def decode_rehearsal(node: Node, notes: Notes) -> Rehearsal | None:
    """The rehearsal in `node`, or None if it could not be made; either way every problem of its shape is in `notes`."""
    try:
        values: dict[str, Any] = fields(node, At(notes), _REHEARSAL)
    except Bad:
        return None
    del values["format"]
    return Rehearsal(file=notes.file, where=tuple(sorted(notes.where.items())), **{"note": EMPTY, **values})


def check_waits(rehearsal: Rehearsal, scenario: Scenario, notes: Notes) -> None:
    """Note every turn that lets time pass where that is not possible."""
    if scenario.clock.wait == 0:
        for turn in rehearsal.turns:
            if turn.wait:
                notes.note(turn.where, "RP603", name=scenario.id)


def read_rehearsal(
    file: str, written: str, languages: tuple[Language, ...] = LANGUAGES
) -> tuple[Rehearsal | None, tuple[Problem, ...]]:
    """A rehearsal from its text, by itself: whether its names lead anywhere is not checked. None if it has errors."""
    node, problems = read(file, written)
    if node is None:
        return None, in_order(problems)
    notes = Notes(file, languages)
    made = decode_rehearsal(node, notes)
    found = in_order((*problems, *notes.problems))
    return (None if any(p.severity == "error" for p in found) else made), found
