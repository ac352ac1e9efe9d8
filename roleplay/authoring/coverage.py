"""What the scenarios of packs cover of the standards: indicators, and the kinds that the notes name.

Owns how often each must occur and how the table is printed. Refuses to know how well a scenario shows what it names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import rich.text

from roleplay.authoring import DONE, WRONG, Write
from roleplay.library import open_shelf, pack_folders
from roleplay.scenarios.model import Language, Scenario, Text
from roleplay.scenarios.walk import opportunities
from roleplay.standards import Catalogue, catalogue
from roleplay.words.command import say

Kind = Literal["indicator", "complaint", "need", "recovery", "technique"]
CUSTOMER_STANDARDS = ("BAS4222-002v2", "TRM3R0182v2", "BGM4R0901v2")
"""The standards whose indicators are shown to customers; those of managers need conversations of another kind."""
INDICATOR_IN, KIND_IN = 2, 1
"""In how many scenarios at least: evidence from one situation alone says little about another."""
_FIELDS: Mapping[Kind, tuple[str, str]] = {
    "complaint": ("complaint", "complaints"),
    "need": ("need", "needs"),
    "recovery": ("recovery", "recovery"),
    "technique": ("technique", "focus"),
}
"""Kind -> the vocabulary its ids are from, and the part of a scenario that names them."""
_FULL, _HOLE = "✓", "✗"
_SHOWN_AT_MOST = 46


@dataclass(frozen=True, slots=True)
class Covered:
    """One thing that should occur. `scenarios`: codes of those in which it does, sorted. `wanted`: in how many it should."""

    kind: Kind
    id: str
    label: Text
    wanted: int
    scenarios: tuple[str, ...]

    @property
    def enough(self) -> bool:
        return len(self.scenarios) >= self.wanted


def covered(scenarios: Iterable[Scenario], found: Catalogue) -> tuple[Covered, ...]:
    """Every indicator of the customer standards and every kind of the notes, in the order of the standards."""
    known = sorted(scenarios, key=lambda s: (s.code, s.id))
    return (*_indicators(known, found), *_kinds(known, found))


def _indicators(scenarios: list[Scenario], found: Catalogue) -> Iterator[Covered]:
    shown = {_name(s): {ref for _, o in opportunities(s) for ref in o.indicators} for s in scenarios}
    for code in CUSTOMER_STANDARDS:
        for indicator in found.standard(code).indicators:
            where = tuple(name for name, refs in shown.items() if indicator.ref in refs)
            yield Covered("indicator", indicator.ref, Text(indicator.text, indicator.gloss), INDICATOR_IN, where)


def _kinds(scenarios: list[Scenario], found: Catalogue) -> Iterator[Covered]:
    for kind, (vocabulary, part) in _FIELDS.items():
        for entry in found.vocabulary(vocabulary):
            if entry.kind in ("item", "condition"):
                where = tuple(_name(s) for s in scenarios if entry.id in getattr(s, part))
                yield Covered(kind, entry.id, Text(entry.zh, entry.en), KIND_IN, where)


def _name(scenario: Scenario) -> str:
    return scenario.code or scenario.id


def coverage(paths: Iterable[Path], *, as_json: bool, language: Language, write: Write) -> int:
    """Print what the packs at `paths` cover. 0: everything occurs often enough; 1: there are holes."""
    shelves = [open_shelf(folder) for folder in pack_folders(paths)]
    scenarios = [scenario for shelf in shelves for scenario in shelf.loaded.sound]
    rows = covered(scenarios, catalogue())
    holes = [row for row in rows if not row.enough]
    if as_json:
        write(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return WRONG if holes else DONE
    for line in _table(rows, language):
        write(line)
    write(say("covered", language, scenarios=len(scenarios), things=len(rows), holes=len(holes)))
    return WRONG if holes else DONE


def _table(rows: tuple[Covered, ...], language: Language) -> Iterator[str]:
    heading = ""
    for row in rows:
        above = row.id.partition(":")[0] if row.kind == "indicator" else say(f"covered.{row.kind}", language)
        if above != heading:
            heading = above
            yield f"\n{heading}" if row is not rows[0] else heading
        mark = _FULL if row.enough else _HOLE
        id = row.id.rpartition(":")[2]
        yield f"  {mark} {id:28} {cut(row.label.in_(language), _SHOWN_AT_MOST)}  {' '.join(row.scenarios)}".rstrip()


def cut(text: str, cells: int) -> str:
    """`text` on exactly `cells` cells of a terminal."""
    shown = rich.text.Text(text)
    shown.truncate(cells, overflow="ellipsis", pad=True)
    return shown.plain
