"""Rehearsals: a scripted trainee, and what should come of each reply.

Owns their shape and decoding. Refuses to know how they are played.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from roleplay.scenarios.conditions import RANGES
from roleplay.scenarios.decoding import format_one
from roleplay.scenarios.fields import (
    Bad,
    Convert,
    Field,
    choice,
    fields,
    listed,
    may,
    need,
    reference,
    text,
    truth,
    word,
    words,
    wrong_kind,
)
from roleplay.scenarios.model import EMPTY, LANGUAGES, Language, Outcome, Range, RatedReplies, Scenario, Text
from roleplay.scenarios.notes import At, Notes
from roleplay.scenarios.problems import Problem, in_order
from roleplay.scenarios.reading import Mapping, Node, Scalar, read

T = TypeVar("T")
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
class RehearsedForm:
    """A form as the scripted trainee hands it in after the talk. `write`: (field, what stands in it). `wrong`: (field, what should be
    found wrong in it), where that is expected; a field named without any must be right."""

    form: str
    write: tuple[tuple[str, Text], ...]
    rates: tuple[tuple[str, str], ...] = ()
    wrong: tuple[tuple[str, tuple[str, ...]], ...] = ()
    where: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`file`: its name in the pack. `scenario`: the id of what it plays. `forms`: the work after the talk. `where`: path -> (line, column)."""

    file: str
    scenario: str
    quality: Quality
    note: Text
    turns: tuple[RehearsalTurn, ...]
    expect: Expectation = NOTHING_EXPECTED
    forms: tuple[RehearsedForm, ...] = ()
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


_finding = choice("promise_missing", "figure_unknown", "others_data", "empty")
_form_name = reference("form")


def _by_field(node: Node, at: At, form: str, convert: Convert[T]) -> tuple[tuple[str, T], ...]:
    """A value per field of `form`, in the order written."""
    if not isinstance(node, Mapping):
        raise wrong_kind(node, at, "@texts_by_field")
    made = []
    for key, value in node.entries:
        try:
            field = word(key, at)
            at.notes.refer("field", f"{form}.{field}", key, at.path)
            made.append((field, convert(value, at.inside(key.text, value))))
        except Bad:
            continue
    return tuple(made)


def _form(node: Node, at: At) -> RehearsedForm:
    named = node.get("form") if isinstance(node, Mapping) else None
    form = named.text if isinstance(named, Scalar) else ""
    expect = {
        "rates": may(_rates),
        "wrong": may(lambda node, at: _by_field(node, at, form, listed(_finding))),
    }
    values = fields(
        node,
        at,
        {
            "form": need(_form_name),
            "write": need(lambda node, at: _by_field(node, at, form, _reply)),
            "expect": may(lambda node, at: fields(node, at, expect)),
        },
    )
    expected = values.pop("expect", {})
    return RehearsedForm(where=(node.line, node.column), **values, **expected)


_REHEARSAL = {
    "format": need(format_one),
    "scenario": need(reference("scenario")),
    "quality": need(choice("good", "middling", "poor")),
    "note": may(text),
    "turns": need(listed(_turn, _TURNS_AT_MOST, least=1)),
    "expect": may(_expectation),
    "forms": may(listed(_form)),
}


def decode_rehearsal(node: Node, notes: Notes) -> Rehearsal | None:
    """The rehearsal in `node`, or None if it could not be made; either way every problem of its shape is in `notes`."""
    try:
        values: dict[str, Any] = fields(node, At(notes), _REHEARSAL)
    except Bad:
        return None
    del values["format"]
    return Rehearsal(file=notes.file, where=tuple(sorted(notes.where.items())), **{"note": EMPTY, **values})


# ---------------------------------------------------------------- replies that must be rated rightly


@dataclass(frozen=True, slots=True)
class ReplySheet:
    """`file`: its name in the pack. `scenario`: the id of what the replies are for."""

    file: str
    scenario: str
    replies: tuple[RatedReplies, ...]


_SET = {"met": may(words), "partly": may(words), "not_met": may(words), "misjudged": may(words)}


def _rated_replies(node: Node, at: At) -> tuple[RatedReplies, ...]:
    if not isinstance(node, Mapping):
        raise wrong_kind(node, at, "@replies")
    made = []
    for key, value in node.entries:
        try:
            name = _opportunity(key, at)
            made.append(RatedReplies(name, **fields(value, at.inside(key.text, value), _SET)))
        except Bad:
            continue
    return tuple(made)


_SHEET = {"format": need(format_one), "scenario": need(reference("scenario")), "replies": need(_rated_replies)}


def decode_replies(node: Node, notes: Notes) -> ReplySheet | None:
    """The sheet of replies in `node`, or None if it could not be made; every problem of its shape is in `notes`."""
    try:
        values: dict[str, Any] = fields(node, At(notes), _SHEET)
    except Bad:
        return None
    del values["format"]
    return ReplySheet(file=notes.file, **values)


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
