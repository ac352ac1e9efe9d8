"""Whether the names in a file lead anywhere: states, facts, cards, parties, techniques, indicators, vocabularies.

Owns references. Refuses to know YAML and the course of the scenario: names and places come from the notes taken while
decoding, so that they are checked even where the rest of the file is broken."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roleplay.scenarios.model import Role, Scenario
from roleplay.scenarios.notes import Notes, Reference
from roleplay.standards import Catalogue
from roleplay.standards.codebook import NAMES as TECHNIQUE_NAMES

CUSTOMER = "customer"
_ELSEWHERE = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*\Z")
"""A scenario of another pack, which cannot be checked from here."""
_TALK = frozenset({"turn", "session"})
_LOCAL: Mapping[str, str] = MappingProxyType({"granted_card": "card"})
"""Kinds of reference whose ids are declared under another kind."""
_VOCABULARIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "complaint": ("complaint",),
        "need": ("need", "want"),
        "recovery": ("recovery",),
        "remedy": ("recovery",),
        "focus": ("technique",),
        "want": ("want",),
        "file": ("file",),
    }
)
"""Kind of reference -> the standards' vocabularies that hold its ids."""
_NO_REMEDY = frozenset({"limits_considered"})
"""In the note on compensation, but a consideration rather than something one can give."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the standards. `indicators`: reference -> how it is shown (turn, session, manager, question,
    exercise, product). `vocabularies`: kind of reference -> ids."""

    indicators: Mapping[str, str]
    vocabularies: Mapping[str, frozenset[str]]


def names_of(catalogue: Catalogue) -> Names:
    """The names a pack may use, from the standards."""
    ids = {
        kind: frozenset(entry.id for prefix in prefixes for entry in catalogue.vocabulary(prefix))
        for kind, prefixes in _VOCABULARIES.items()
    }
    ids["remedy"] -= _NO_REMEDY
    shown: dict[str, str] = {indicator.ref: indicator.shown for indicator in catalogue.indicators()}
    return Names(MappingProxyType(shown), MappingProxyType(ids))


def check_scenario(notes: Notes, scenario: Scenario | None, names: Names) -> None:
    """Note every reference of a scenario file that leads nowhere. `scenario` None: it could not be made, so what
    needs it is left out. References to other scenarios wait for `check_next`."""
    # What could not be read is not held against what refers to it.
    cards = scenario.brief.authority if scenario and "brief" not in notes.broken else None
    widened = None if cards is None else {card.id for card in cards if card.approved_limit is not None}
    role = scenario.role if scenario and "role" not in notes.broken else None
    for found in notes.references:
        if found.kind == "scenario":
            continue
        if found.kind == "indicator":
            _check_indicator(notes, found, role, names)
            continue
        leads = _leads_somewhere(notes, found, names, notes)
        if leads and found.kind == "granted_card" and widened is not None and found.name not in widened:
            notes.note(found.place, "RP308", name=found.name)


def check_next(notes: Notes, scenarios: Collection[str]) -> None:
    """Note every reference to a scenario that is neither among `scenarios` nor in another pack."""
    for found in notes.references:
        elsewhere = _ELSEWHERE.match(found.name) is not None
        if found.kind == "scenario" and found.name not in scenarios and not elsewhere:
            _note_nowhere(notes, found, "RP306", scenarios)


def check_rehearsal(notes: Notes, played: Notes, names: Names) -> None:
    """Note every name in a rehearsal that the scenario whose notes are `played` does not have."""
    for found in notes.references:
        if found.kind != "scenario" and (found.kind, found.name) != ("party", CUSTOMER):
            _leads_somewhere(notes, found, names, played)


def _leads_somewhere(notes: Notes, found: Reference, names: Names, declared: Notes) -> bool:
    """Whether a reference does; if not, that is noted."""
    if found.kind == "technique":
        have: Collection[str] = TECHNIQUE_NAMES
        code, kind = "RP304", ""
    elif found.kind in names.vocabularies:
        have = names.vocabularies[found.kind]
        code, kind = "RP303", found.kind
    else:
        kind = _LOCAL.get(found.kind, found.kind)
        have = declared.ids(kind)
        code = "RP301"
    if found.name in have:
        return True
    _note_nowhere(notes, found, code, have, kind)
    return False


def _note_nowhere(notes: Notes, found: Reference, code: str, have: Collection[str], kind: str = "") -> None:
    notes.note(found.place, code, name=found.name, near=notes.nearest(found.name, have), kind=f"@{kind}")


def _check_indicator(notes: Notes, found: Reference, role: Role | None, names: Names) -> None:
    shown = names.indicators.get(found.name)
    if shown is None:
        _note_nowhere(notes, found, "RP501", names.indicators)
    elif shown not in _TALK and not (shown == "manager" and role in (None, "manager", "supervisor")):
        notes.note(found.place, "RP502", name=found.name, shown=f"@{shown}")
