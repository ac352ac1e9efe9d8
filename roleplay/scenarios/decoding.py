"""Located nodes -> the scenario model, as docs/pack-format.md describes it.

Owns the tables of keys of a scenario and a pack. Refuses to know whether names lead anywhere (checking) and whether
the scenario makes sense (lint)."""

from __future__ import annotations

from typing import Any, get_args

from roleplay.scenarios.acts import EFFECT, GUARDED, branch_list, guard, opportunity_list, says, to_state, with_effect
from roleplay.scenarios.conditions import condition
from roleplay.scenarios.fields import (
    Bad,
    choice,
    declared,
    fields,
    identifier,
    listed,
    may,
    need,
    number,
    record,
    reference,
    sound_fields,
    text,
    time_of_day,
    truth,
    word,
    word_or_none,
    words,
)
from roleplay.scenarios.model import (
    EMPTY,
    LANGUAGES,
    Answer,
    Authority,
    Branch,
    Brief,
    CatalogueItem,
    Clock,
    ClockEvent,
    Fact,
    FileField,
    Form,
    FormField,
    FormKind,
    Need,
    Outcome,
    Party,
    Persona,
    Policy,
    ResponseTime,
    Rule,
    Scenario,
    State,
    Words,
)
from roleplay.scenarios.notes import At, Notes
from roleplay.scenarios.reading import Mapping, Node

STATES_AT_MOST = 500
_DAY = 1440
_MONEY = 100_000_000
_NO_AMOUNT = -1

minutes = number(0, _DAY)
_gauge = number(0, 100)
_points = number(-100, 100)
_outcome: Any = choice("solved_warmed", "solved", "unsolved", "escalated")


def format_one(node: Node, at: At) -> str:
    """The format this program reads."""
    found = word(node, at)
    if found != "1":
        at.note(node, "RP210", value=found)
        raise Bad
    return found


# ---------------------------------------------------------------- the brief

_AUTHORITY = {
    "id": need(declared("card")),
    "kind": need(reference("remedy")),
    "label": need(text),
    "words": need(words),
    "limit": need(number(_NO_AMOUNT, _MONEY)),
    "approved_limit": may(number(_NO_AMOUNT, _MONEY)),
    "unit": may(word),
    "cost": may(number(0, _MONEY)),
    "note": may(text),
}


def _authority(node: Node, at: At) -> Authority:
    made = Authority(**fields(node, at, _AUTHORITY))
    widest, approved = made.limit, made.approved_limit
    if approved is not None and (widest == _NO_AMOUNT or (approved != _NO_AMOUNT and approved <= widest)):
        at.note(node, "RP216", approved=approved, limit=widest)
    return made


_policy = record(Policy, {"id": need(declared("policy")), "title": need(text), "text": need(text)})
_response_time = record(
    ResponseTime, {"id": need(declared("response_time")), "label": need(text), "minutes": need(minutes)}
)
_item = record(
    CatalogueItem,
    {
        "id": need(declared("item")),
        "label": need(text),
        "price": need(number(0, _MONEY)),
        "stock": need(number(0, _MONEY)),
        "note": may(text),
    },
)
_file_field = record(FileField, {"field": need(reference("file")), "label": need(text), "value": need(text)})
_brief = record(
    Brief,
    {
        "you": need(text),
        "setting": need(text),
        "goal": need(text),
        "channel": need(choice("chat", "phone", "counter", "email")),
        "policies": may(listed(_policy)),
        "authority": may(listed(_authority)),
        "response_times": may(listed(_response_time)),
        "catalogue": may(listed(_item)),
        "customer_file": may(listed(_file_field)),
    },
)

# ---------------------------------------------------------------- who and what

_rule = record(
    Rule,
    {
        "id": need(declared("rule")),
        "when": need(condition),
        "mood": may(_points),
        "trust": may(_points),
        "once": may(truth),
    },
)
_persona = record(
    Persona,
    {
        "name": need(text),
        "called": need(words),
        "about": need(text),
        "holds_back": need(text),
        "mood": need(_gauge),
        "trust": need(_gauge),
        "needs": may(listed(record(Need, {"want": need(reference("want")), "text": need(text)}))),
        "rules": may(listed(_rule)),
    },
)
_FACT = {
    "id": need(declared("fact")),
    "text": need(text),
    "words": may(words),
    "ask_words": may(words),
    "tell": may(says),
    "tell_when": may(condition),
    "known": may(truth),
}


def _fact(node: Node, at: At) -> Fact:
    return Fact(**{"words": Words(), **fields(node, at, _FACT)})


_STATE = {
    "id": need(declared("state")),
    "says": may(says),
    "opportunities": may(opportunity_list),
    "branches": may(branch_list),
    "end": may(_outcome),
    "epilogue": may(text),
}


def _state(node: Node, at: At) -> State:
    values = fields(node, at, _STATE)
    outcome: Outcome | None = values.pop("end", None)
    return State(outcome=outcome, **values)


_ANSWER = {**GUARDED, "says": need(says), **EFFECT}


def _answer(node: Node, at: At) -> Answer:
    values = fields(node, at, _ANSWER)
    return Answer(when=guard(node, at, values), **with_effect(values))


_party = record(
    Party,
    {
        "id": need(declared("party")),
        "kind": need(choice("supervisor", "colleague", "partner")),
        "name": need(text),
        "about": need(text),
        "minutes": may(minutes),
        "opportunities": may(opportunity_list),
        "answers": need(listed(_answer, least=1)),
    },
)
_EVENT = {
    "id": need(declared("event")),
    "at": need(minutes),
    "says": may(says),
    "when": may(condition),
    "to": may(to_state),
    **EFFECT,
}


def _event(node: Node, at: At) -> ClockEvent:
    return ClockEvent(**with_effect(fields(node, at, _EVENT)))


_clock = record(
    Clock, {"start": may(time_of_day), "turn": may(minutes), "wait": may(minutes), "events": may(listed(_event))}
)
_UNRECOGNISED = {"to": may(to_state), "says": may(says), **EFFECT}


def _unrecognised(node: Node, at: At) -> Branch:
    return Branch(when=None, **with_effect(fields(node, at, _UNRECOGNISED)))


# ---------------------------------------------------------------- the work after the talk

FIELDS_AT_MOST, FORMS_AT_MOST, LINES_AT_MOST = 12, 8, 12


def _field_id(node: Node, at: At) -> str:
    """Fields of different forms may have the same id: outside its form a field is called `form.field`."""
    found = identifier(node, at)
    at.notes.declare("field", f"{at.path.split('.')[1]}.{found}", node)
    return found


_form_field = record(
    FormField,
    {
        "id": need(_field_id),
        "label": need(text),
        "hint": may(text),
        "lines": may(number(1, LINES_AT_MOST)),
        "opportunities": may(opportunity_list),
    },
)
_form = record(
    Form,
    {
        "id": need(declared("form")),
        "kind": need(choice(*get_args(FormKind))),
        "title": may(text),
        "intro": may(text),
        "when": may(condition),
        "fields": need(listed(_form_field, FIELDS_AT_MOST, least=1)),
    },
)

# ---------------------------------------------------------------- the whole

_SCENARIO = {
    "format": need(format_one),
    "id": need(identifier),
    "code": may(word_or_none),
    "title": need(text),
    "summary": need(text),
    "level": need(choice("foundation", "working", "advanced")),
    "role": need(choice("assistant", "front_line", "supervisor", "manager")),
    "minutes": need(number(1, 600)),
    "complaints": may(listed(reference("complaint"))),
    "needs": may(listed(reference("need"))),
    "recovery": may(listed(reference("recovery"))),
    "focus": may(listed(reference("focus"))),
    "next": may(listed(reference("scenario"))),
    "brief": need(_brief),
    "persona": need(_persona),
    "facts": may(listed(_fact)),
    "start": need(reference("state")),
    "states": need(listed(_state, STATES_AT_MOST, least=1)),
    "anywhere": may(branch_list),
    "unrecognised": may(_unrecognised),
    "parties": may(listed(_party)),
    "clock": may(_clock),
    "forms": may(listed(_form, FORMS_AT_MOST)),
    "others": may(words),
}


_UNTOLD: dict[str, Any] = {
    "id": "",
    "code": "",
    "title": EMPTY,
    "summary": EMPTY,
    "level": "foundation",
    "role": "assistant",
    "minutes": 1,
    "facts": (),
}
"""What stands for the keys about the scenario as a whole where they could not be read, so that the rest can be
judged."""


def decode_scenario(node: Node, notes: Notes, pack: str) -> Scenario | None:
    """The scenario in `node`, or None if it could not be made; either way every problem of its shape is in `notes`.
    With errors in `notes` it is there to be judged, not to be played: it may lack what they are about."""
    values = sound_fields(node, At(notes), _SCENARIO)
    if any(key not in values for key, field in _SCENARIO.items() if field.required and key not in {"format", *_UNTOLD}):
        return None
    values.pop("format", None)
    return Scenario(
        pack=pack,
        languages=notes.languages,
        where=tuple(sorted(notes.where.items())),
        **{**_UNTOLD, **values},
    )


_PACK = {
    "format": need(format_one),
    "id": need(identifier),
    "version": need(word),
    "title": need(text),
    "author": need(word),
    "licence": need(word),
    "languages": need(listed(choice(*LANGUAGES), least=1)),
}


def decode_pack(node: Node, notes: Notes) -> dict[str, Any] | None:
    """The values of pack.yaml by key, or None. Its languages are put into `notes` first, since its own title goes by
    them."""
    written = node.get("languages") if isinstance(node, Mapping) else None
    if written is not None:
        try:
            found = listed(choice(*LANGUAGES))(written, At(Notes(notes.file)))
        except Bad:
            found = ()
        notes.languages = tuple(language for language in LANGUAGES if language in found) or LANGUAGES
    try:
        return fields(node, At(notes), _PACK)
    except Bad:
        return None
