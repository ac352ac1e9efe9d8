"""The package's own data files -> the catalogue. The only place of this room that reads anything."""

from __future__ import annotations

import functools
import json
from importlib.resources import files
from typing import Any

from roleplay.standards.model import (
    Attitude,
    Catalogue,
    Defect,
    Entry,
    Guidance,
    Indicator,
    Item,
    Note,
    Standard,
    Task,
    Vocabulary,
)

CODES = ("TRM3R0182v2", "BAS4222-002v2", "BGM4R0901v2", "BGM4R0172v2", "BAS1499-002v2")
"""In the order they are shown: the core first."""
_PARTS = ("evidence", "context", "methods")


@functools.cache
def catalogue() -> Catalogue:
    """The five standards, read once."""
    vocabularies = tuple(
        Vocabulary(v["prefix"], v["title"], v["standard"], v["note"], tuple(Entry(**e) for e in v["entries"]))
        for v in _data("vocabularies")
    )
    return Catalogue(tuple(_standard(_data(code), vocabularies) for code in CODES), vocabularies)


def _data(name: str) -> Any:
    return json.loads((files("roleplay.standards") / "data" / f"{name}.json").read_text(encoding="utf-8"))


def _item(raw: dict[str, Any]) -> Item:
    return Item(raw.get("id", ""), raw["text"], tuple(raw.get("items", ())))


def _standard(raw: dict[str, Any], vocabularies: tuple[Vocabulary, ...]) -> Standard:
    code = raw["code"]
    return Standard(
        code=code,
        version=raw["version"],
        name=raw["name"],
        kind=raw["kind"],
        kind_name=raw["kind_name"],
        level=raw["level"],
        categories=tuple((c["name"], c["text"]) for c in raw["categories"]),
        description=raw["description"],
        updated=raw["updated"],
        tasks=tuple(_task(t, code, raw["same_as"]) for t in raw["tasks"]),
        knowledge=tuple(_item(k) for k in raw["knowledge"]),
        skills=tuple(_item(s) for s in raw["skills"]),
        attitudes=tuple(Attitude(**a) for a in raw["attitudes"]),
        assessment=tuple(
            Guidance(part, raw["assessment"][part]["heading"], tuple(_item(i) for i in raw["assessment"][part]["items"]))
            for part in _PARTS
            if part in raw["assessment"]
        ),
        notes=tuple(
            Note(n["number"], n["term"], n["text"], _entries(code, n["number"], vocabularies)) for n in raw["notes"]
        ),
        remarks=tuple(raw["remarks"]),
        defects=tuple(Defect(**d) for d in raw["defects"]),
    )


def _entries(code: str, note: int, vocabularies: tuple[Vocabulary, ...]) -> tuple[Entry, ...]:
    found = next((v for v in vocabularies if (v.standard, v.note) == (code, note)), None)
    return found.entries if found else ()


def _task(raw: dict[str, Any], code: str, same_as: dict[str, list[str]]) -> Task:
    return Task(
        id=raw["id"],
        ordinal=raw["ordinal"],
        text=raw["text"],
        duty=_item(raw["duty"]) if raw.get("duty") else None,
        outputs=tuple(_item(o) for o in raw["outputs"]),
        indicators=tuple(
            Indicator(f"{code}:{i['id']}", same_as=tuple(same_as.get(i["id"], ())), **i) for i in raw["indicators"]
        ),
    )
