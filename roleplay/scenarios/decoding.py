"""Located nodes -> the scenario model, as docs/pack-format.md describes it.

Owns the tables of keys. Refuses to know whether names lead anywhere (checking) and whether the scenario makes sense (lint).
"""

from __future__ import annotations

from typing import Any

from roleplay.scenarios.conditions import condition
from roleplay.scenarios.fields import (
    Bad,
    Notes,
    choice,
    fields,
    listed,
    may,
    maybe_word,
    name,
    need,
    number,
    record,
    text,
    time_of_day,
    truth,
    word,
    words,
)
from roleplay.scenarios.model import (
    LANGUAGES,
    Answer,
    Authority,
    Branch,
    Brief,
    CatalogueItem,
    Clock,
    ClockEvent,
    Effect,
    Fact,
    FileField,
    Line,
    Need,
    Opportunity,
    Party,
    Persona,
    Policy,
    ResponseTime,
    Rule,
    Scenario,
    State,
)
from roleplay.scenarios.reading import Mapping, Node, Scalar, Sequence

_points = number(-100, 100)
_gauge = number(0, 100)
_minutes = number(0, 1440)
_amount = number(0, 10_000_000)
names = listed(word)
_EFFECT = {
    "mood": may(_points),
    "trust": may(_points),
    "minutes": may(_minutes),
    "reveals": may(names),
    "grants": may(names),
}
_RECOVERY = (
    "negotiate_with_partner",
    "service_free_or_reduced",
    "voucher_future",
    "cheaper_add_on",
    "small_gift",
    "special_attention",
    "special_service_next_time",
)


def version(node: Node, notes: Notes) -> str:
    found = word(node, notes)
    if found != "1":
        raise notes.add(node, "RP210", value=found[:80])
    return found


def _is_text(node: Node) -> bool:
    """A scalar, or a mapping per language."""
    return isinstance(node, Scalar) or (
        isinstance(node, Mapping) and all(key.text in LANGUAGES for key, _ in node.entries)
    )


_LINE = {"says": may(listed(text)), "when": may(condition), "narration": may(text)}


def lines(node: Node, notes: Notes) -> tuple[Line, ...]:
    """One text; a list of texts, walked through as the line is needed again; or a list of lines with `when`."""
    if _is_text(node):
        return (Line((text(node, notes),)),)
    if isinstance(node, Sequence) and all(_is_text(item) for item in node.items):
        return (Line(listed(text)(node, notes)),)
    return listed(_line)(node, notes)


def _line(node: Node, notes: Notes) -> Line:
    if _is_text(node):
        return Line((text(node, notes),))
    values = fields(node, notes, _LINE)
    if not values.get("says") and "narration" not in values:
        raise notes.add(node, "RP202", key="says")
    return Line(values.pop("says", ()), **values)


def _with_effect(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "effect": Effect(**{k: values.pop(k) for k in list(_EFFECT) if k in values})}


def _guarded(node: Node, notes: Notes, values: dict[str, Any]) -> dict[str, Any]:
    """`when` or `otherwise: true`, one of them."""
    otherwise = values.pop("otherwise", False)
    if ("when" in values) == bool(otherwise):
        raise notes.add(node, "RP202", key="when")
    values.setdefault("when", None)
    return values


_BRANCH = {
    "when": may(condition),
    "otherwise": may(truth),
    "to": may(maybe_word),
    "says": may(lines),
    **_EFFECT,
}


def _branch(node: Node, notes: Notes) -> Branch:
    return Branch(**_with_effect(_guarded(node, notes, fields(node, notes, _BRANCH))))


def _unrecognised(node: Node, notes: Notes) -> Branch:
    table = {key: field for key, field in _BRANCH.items() if key not in ("when", "otherwise")}
    return Branch(None, **_with_effect(fields(node, notes, table)))


_OPPORTUNITY = {
    "id": need(name),
    "indicators": need(names),
    "met": need(condition),
    "partly": may(condition),
    "spoiled": may(condition),
    "due": may(number(1, 20)),
    "tip": may(text),
    "weak": may(listed(text)),
    "good": may(listed(text)),
    "rule": may(text),
}
_opportunity = record(Opportunity, _OPPORTUNITY)
_STATE = {
    "id": need(name),
    "says": may(lines),
    "opportunities": may(listed(_opportunity)),
    "branches": may(listed(_branch)),
    "end": may(choice("solved_warmed", "solved", "unsolved", "escalated"), "outcome"),
    "epilogue": may(text),
}
_ANSWER = {"when": may(condition), "otherwise": may(truth), "says": need(lines), **_EFFECT}


def _answer(node: Node, notes: Notes) -> Answer:
    return Answer(**_with_effect(_guarded(node, notes, fields(node, notes, _ANSWER))))


_party = record(
    Party,
    {
        "id": need(name),
        "kind": need(choice("supervisor", "colleague", "partner")),
        "name": need(text),
        "about": need(text),
        "minutes": may(_minutes),
        "opportunities": may(listed(_opportunity)),
        "answers": need(listed(_answer)),
    },
)
_EVENT = {
    "id": need(name),
    "at": need(_minutes),
    "says": may(lines),
    "when": may(condition),
    "to": may(maybe_word),
    **_EFFECT,
}


def _event(node: Node, notes: Notes) -> ClockEvent:
    return ClockEvent(**_with_effect(fields(node, notes, _EVENT)))


_clock = record(
    Clock,
    {"start": may(time_of_day), "turn": may(_minutes), "wait": may(_minutes), "events": may(listed(_event))},
)
_authority = record(
    Authority,
    {
        "id": need(name),
        "kind": need(choice(*_RECOVERY)),
        "label": need(text),
        "words": need(words),
        "limit": need(number(-1, 10_000_000)),
        "approved_limit": may(number(-1, 10_000_000)),
        "unit": may(word),
        "cost": may(_amount),
        "note": may(text),
    },
)
_brief = record(
    Brief,
    {
        "you": need(text),
        "setting": need(text),
        "goal": need(text),
        "channel": need(choice("chat", "phone", "counter", "email")),
        "policies": may(listed(record(Policy, {"id": need(name), "title": need(text), "text": need(text)}))),
        "authority": may(listed(_authority)),
        "response_times": may(
            listed(record(ResponseTime, {"id": need(name), "label": need(text), "minutes": need(_minutes)}))
        ),
        "catalogue": may(
            listed(
                record(
                    CatalogueItem,
                    {
                        "id": need(name),
                        "label": need(text),
                        "price": need(_amount),
                        "stock": need(_amount),
                        "note": may(text),
                    },
                )
            )
        ),
        "customer_file": may(
            listed(record(FileField, {"field": need(name), "label": need(text), "value": need(text)}))
        ),
    },
)
_rule = record(
    Rule,
    {
        "id": need(name),
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
        "needs": may(listed(record(Need, {"want": need(name), "text": need(text)}))),
        "rules": may(listed(_rule)),
    },
)
_fact = record(
    Fact,
    {
        "id": need(name),
        "text": need(text),
        "words": need(words),
        "ask_words": may(words),
        "tell": may(lines),
        "tell_when": may(condition),
        "known": may(truth),
    },
)
_SCENARIO = {
    "format": need(version),
    "id": need(name),
    "code": may(maybe_word),
    "title": need(text),
    "summary": need(text),
    "level": need(choice("foundation", "working", "advanced")),
    "role": need(choice("assistant", "front_line", "supervisor", "manager")),
    "minutes": need(number(1, 600)),
    "complaints": may(names),
    "needs": may(names),
    "recovery": may(names),
    "focus": may(names),
    "next": may(names),
    "brief": need(_brief),
    "persona": need(_persona),
    "facts": may(listed(_fact)),
    "start": need(word),
    "states": need(listed(record(State, _STATE))),
    "anywhere": may(listed(_branch)),
    "unrecognised": need(_unrecognised),
    "parties": may(listed(_party)),
    "clock": may(_clock),
}
_PACK = {
    "format": need(version),
    "id": need(name),
    "version": need(word),
    "title": need(text),
    "author": need(word),
    "licence": need(word),
    "languages": need(listed(choice(*LANGUAGES))),
}


def decode_scenario(node: Node, notes: Notes, pack: str) -> Scenario | None:
    """The scenario in `node`, or None if it could not be made; either way every problem of its shape is in `notes`."""
    try:
        values = fields(node, notes, _SCENARIO)
    except Bad:
        return None
    values.pop("format")
    values.setdefault("code", "")
    values.setdefault("facts", ())
    return Scenario(pack=pack, languages=notes.languages, **values)


def decode_pack(node: Node, notes: Notes) -> dict[str, Any] | None:
    """The values of pack.yaml by key, or None. Its languages are put into `notes` first: its own title needs them."""
    declared = node.get("languages") if isinstance(node, Mapping) else None
    if declared is not None:
        quiet = Notes(notes.file)
        found = listed(choice(*LANGUAGES))(declared, quiet)
        notes.languages = tuple(language for language in LANGUAGES if language in found) or LANGUAGES
    try:
        return fields(node, notes, _PACK)
    except Bad:
        return None


