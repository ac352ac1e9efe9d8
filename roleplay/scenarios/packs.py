"""A pack's texts -> the pack, or every problem in it.

Owns which file means what, and the fingerprint. Refuses to know where the texts come from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from roleplay.scenarios.checking import Places, check_references
from roleplay.scenarios.decoding import decode_pack, decode_scenario
from roleplay.scenarios.fields import Notes, nearest
from roleplay.scenarios.lint import lint
from roleplay.scenarios.model import Language, Pack, Scenario
from roleplay.scenarios.problems import Problem
from roleplay.scenarios.reading import read
from roleplay.scenarios.rehearsal import Rehearsal, decode_rehearsal
from roleplay.standards import catalogue
from roleplay.standards.codebook import NAMES

PACK_FILE = "pack.yaml"
REHEARSAL_END = ".rehearsal.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """`pack` None: there are errors. Problems are sorted by file and place; warnings alone leave the pack playable."""

    pack: Pack | None
    rehearsals: tuple[Rehearsal, ...]
    problems: tuple[Problem, ...]


def fingerprint(files: Mapping[str, str]) -> str:
    """SHA-256 over the sorted lines `name\\nsha256 of the text in UTF-8\\n`, in hex. Comments count: a pack is its texts."""
    total = hashlib.sha256()
    for name, text in sorted(files.items()):
        total.update(f"{name}\n{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}\n".encode())
    return total.hexdigest()


def load_pack(files: Mapping[str, str]) -> Loaded:
    """Read `files` (name -> text; names relative to the pack's folder)."""
    if PACK_FILE not in files:
        return Loaded(None, (), (Problem(PACK_FILE, 1, 1, "RP304"),))
    problems: list[Problem] = []
    head, languages = _head(files[PACK_FILE], problems)
    pack_id = head["id"] if head else ""
    scenarios: list[Scenario] = []
    for name in sorted(files):
        if name != PACK_FILE and not name.endswith(REHEARSAL_END):
            found = _scenario(name, files[name], pack_id, languages, problems)
            if found is not None:
                scenarios.append(found)
    problems.extend(_doubled(scenarios))
    rehearsals = tuple(
        rehearsal
        for name in sorted(files)
        if name.endswith(REHEARSAL_END)
        and (rehearsal := _rehearsal(name, files[name], languages, scenarios, problems)) is not None
    )
    problems.sort(key=lambda p: (p.file, p.line, p.column, p.code, p.arguments))
    if head is None or any(problem.severity == "error" for problem in problems):
        return Loaded(None, rehearsals, tuple(problems))
    return Loaded(
        Pack(
            id=head["id"],
            version=head["version"],
            title=head["title"],
            author=head["author"],
            licence=head["licence"],
            fingerprint=fingerprint(files),
            scenarios=tuple(scenarios),
        ),
        rehearsals,
        tuple(problems),
    )


def _head(text: str, problems: list[Problem]) -> tuple[dict[str, Any] | None, tuple[Language, ...]]:
    node, found = read(PACK_FILE, text)
    problems.extend(found)
    notes = Notes(PACK_FILE)
    if node is None:
        return None, notes.languages
    head = decode_pack(node, notes)
    problems.extend(notes.problems)
    return head, notes.languages


def _scenario(
    name: str, text: str, pack: str, languages: tuple[Language, ...], problems: list[Problem]
) -> Scenario | None:
    node, found = read(name, text)
    problems.extend(found)
    if node is None:
        return None
    notes = Notes(name, languages)
    scenario = decode_scenario(node, notes, pack)
    problems.extend(notes.problems)
    if scenario is None:
        return None
    places = Places(notes)
    broken = list(check_references(scenario, places, catalogue()))
    problems.extend(broken)
    if not broken and not notes.problems:
        problems.extend(lint(scenario, places))
    return scenario


def _doubled(scenarios: list[Scenario]) -> list[Problem]:
    seen: set[str] = set()
    found = []
    for scenario in scenarios:
        if scenario.id in seen:
            found.append(Problem(PACK_FILE, 1, 1, "RP302", (("kind", "scenario"), ("name", scenario.id))))
        seen.add(scenario.id)
    return found


def _rehearsal(
    name: str, text: str, languages: tuple[Language, ...], scenarios: list[Scenario], problems: list[Problem]
) -> Rehearsal | None:
    node, found = read(name, text)
    problems.extend(found)
    if node is None:
        return None
    notes = Notes(name, languages)
    rehearsal = decode_rehearsal(name, node, notes)
    problems.extend(notes.problems)
    if rehearsal is None:
        return None
    by_id = {s.id: s for s in scenarios}
    scenario = by_id.get(rehearsal.scenario)
    if scenario is None:
        near = nearest(rehearsal.scenario, by_id)
        problems.append(Problem(name, node.line, node.column, "RP601", (("name", rehearsal.scenario), ("near", near))))
        return None
    problems.extend(_rehearsal_names(rehearsal, scenario))
    return rehearsal


def _rehearsal_names(rehearsal: Rehearsal, scenario: Scenario) -> list[Problem]:
    states = tuple(s.id for s in scenario.states)
    parties = tuple(p.id for p in scenario.parties)
    opportunities = tuple(
        o.id for place in (scenario.states, scenario.parties) for holder in place for o in holder.opportunities
    )
    found: list[Problem] = []

    def want(names: tuple[str, ...], have: tuple[str, ...], kind: str, where: tuple[int, int]) -> None:
        for name in names:
            if name and name not in have:
                arguments = (("name", name), ("kind", kind), ("near", nearest(name, have)))
                found.append(Problem(rehearsal.file, *where, "RP301", arguments))

    for turn in rehearsal.turns:
        want((turn.to,), ("customer", *parties), "party", turn.where)
        want((turn.expect.state,), states, "state", turn.where)
        want((*turn.expect.finds, *turn.expect.lacks), NAMES, "technique", turn.where)
        want(tuple(id for id, _ in turn.expect.rates), opportunities, "opportunity", turn.where)
    return found
