"""The package's own data files -> the catalogue. The only module of this room that reads anything.

Owns the shape of the JSON files. They are ours and tested, so a missing key is a bug and fails as KeyError.
"""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from roleplay.standards.finding import Catalogue
from roleplay.standards.model import (
    Attitude,
    Category,
    Defect,
    Duty,
    Edition,
    Entry,
    Guidance,
    Indicator,
    Item,
    Link,
    Note,
    Relation,
    Source,
    Standard,
    Task,
    Vocabulary,
)

CODES = ("TRM3R0182v2", "BAS4222-002v2", "BGM4R0901v2", "BGM4R0172v2", "BAS1499-002v2")
"""In the order they are shown: the core first."""
_Links = Mapping[str, Sequence[Link]]


@functools.cache
def catalogue() -> Catalogue:
    """The five standards, read at the first call."""
    links = _links(_data("links"))
    standards = tuple(_standard(_data(code), links) for code in CODES)
    notes = {(s.code, n.number): n for s in standards for n in s.notes}
    return Catalogue(standards, tuple(_vocabulary(v, notes) for v in _data("vocabularies")))


def _data(name: str) -> Any:
    return json.loads((files("roleplay.standards") / "data" / f"{name}.json").read_bytes())


def _links(raw: list[dict[str, Any]]) -> _Links:
    """Both directions of every link. In `parts` the first is the whole; `same` and `alike` hold between any two."""
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for link in raw:
        refs = link["refs"]
        for a in refs:
            for b in refs:
                if a != b and (link["kind"] != "parts" or refs[0] in (a, b)):
                    found[a].append(Link(_relation(link["kind"], a == refs[0]), b))
    return found


def _relation(kind: str, is_first: bool) -> Relation:
    if kind == "parts":
        return "whole" if is_first else "part"
    return "same" if kind == "same" else "alike"


def _standard(raw: dict[str, Any], links: _Links) -> Standard:
    code = raw["code"]
    duties = {d["id"]: _duty(d) for d in raw.get("duties", ())}
    return Standard(
        code=code,
        version=raw["version"],
        name=raw["name"],
        gloss=raw["gloss"],
        kind=raw["kind"],
        kind_name=raw["kind_name"],
        level=raw["level"],
        heads=MappingProxyType(raw["heads"]),
        categories=tuple(Category(**c) for c in raw["categories"]),
        description=raw.get("description", ""),
        history=tuple(Edition(**e) for e in raw.get("history", ())),
        updated=raw["updated"],
        duties=tuple(duties.values()),
        tasks=tuple(_task(t, code, duties, links) for t in raw["tasks"]),
        knowledge=_items(raw["knowledge"]),
        skills=_items(raw["skills"]),
        attitudes=tuple(Attitude(**a) for a in raw.get("attitudes", ())),
        assessment=tuple(Guidance(**{**g, "items": _items(g["items"])}) for g in raw.get("assessment", ())),
        notes=tuple(Note(**{**n, "items": _entries(n["items"])}) for n in raw.get("notes", ())),
        remarks=_items(raw.get("remarks", ())),
        defects=tuple(Defect(tuple(d["where"]), d["zh"], d["en"]) for d in raw["defects"]),
    )


def _duty(raw: dict[str, Any]) -> Duty:
    return Duty(**{**raw, "knowledge": tuple(raw["knowledge"]), "skills": tuple(raw["skills"])})


def _task(raw: dict[str, Any], code: str, duties: Mapping[str, Duty], links: _Links) -> Task:
    return Task(
        id=raw["id"],
        ordinal=raw.get("ordinal", ""),
        text=raw["text"],
        gloss=raw["gloss"],
        duty=duties[raw["duty"]] if "duty" in raw else None,
        outputs=_items(raw.get("outputs", ())),
        indicators=tuple(_indicator(i, f"{code}:{i['id']}", links) for i in raw["indicators"]),
    )


def _indicator(raw: dict[str, Any], ref: str, links: _Links) -> Indicator:
    return Indicator(
        ref=ref,
        id=raw["id"],
        ordinal=raw.get("ordinal", raw["id"]),
        text=raw["text"],
        gloss=raw["gloss"],
        shown=raw["shown"],
        links=tuple(links.get(ref, ())),
    )


def _items(raw: Sequence[dict[str, Any]]) -> tuple[Item, ...]:
    return tuple(
        Item(i.get("id", ""), i["text"], i.get("gloss", ""), i.get("ordinal", ""), _items(i.get("items", ())))
        for i in raw
    )


def _entries(raw: Sequence[dict[str, Any]]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            id=e["id"],
            zh=e["zh"],
            en=e["en"],
            kind=e.get("kind", "item"),
            items=_entries(e.get("items", ())),
            seen_as=tuple(e.get("seen_as", ())),
        )
        for e in raw
    )


def _vocabulary(raw: dict[str, Any], notes: Mapping[tuple[str, int], Note]) -> Vocabulary:
    return Vocabulary(raw["prefix"], raw["zh"], raw["en"], tuple(_source(s, notes) for s in raw["sources"]))


def _source(raw: dict[str, Any], notes: Mapping[tuple[str, int], Note]) -> Source:
    """A note's items of the kinds asked for (`nested`: with those inside them), or entries given outright."""
    code = raw["standard"]
    if "entries" in raw:
        return Source(code, raw["item"], _entries(raw["entries"]))
    note, kinds = notes[code, raw["note"]], raw.get("kinds", ("item",))
    top = tuple(e for e in note.items if e.kind in kinds)
    inner = tuple(i for e in top for i in e.items) if raw.get("nested") else ()
    return Source(code, note.id, top + inner)
