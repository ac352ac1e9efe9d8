"""A pack's texts -> the pack with its rehearsals, or every problem in them.

Owns which file means what, in which order they are looked at, and the fingerprint. Refuses to know where the texts
come from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from roleplay.scenarios.checking import Names, check_next, check_rehearsal, check_scenario, names_of
from roleplay.scenarios.decoding import decode_pack, decode_scenario
from roleplay.scenarios.lint import lint
from roleplay.scenarios.model import LANGUAGES, Language, Pack, Scenario
from roleplay.scenarios.notes import Notes
from roleplay.scenarios.problems import Problem, in_order
from roleplay.scenarios.reading import Mapping as MappingNode
from roleplay.scenarios.reading import Node, Scalar, read
from roleplay.scenarios.rehearsal import Rehearsal, ReplySheet, check_waits, decode_rehearsal, decode_replies
from roleplay.standards import catalogue

P = TypeVar("P", Rehearsal, ReplySheet)
PACK_FILE = "pack.yaml"
REHEARSAL_END = ".rehearsal.yaml"
REPLIES_END = ".replies.yaml"
_SCENARIO_END = ".yaml"
_MISTAKEN_END = ".yml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """`pack` None: pack.yaml or a scenario has an error; warnings alone leave it playable. `sound`: the scenarios
    without errors, whatever the others have. `rehearsals`, `replies`: those without errors. `problems`: by file and place."""

    pack: Pack | None
    rehearsals: tuple[Rehearsal, ...]
    problems: tuple[Problem, ...]
    sound: tuple[Scenario, ...] = ()
    replies: tuple[ReplySheet, ...] = ()


def fingerprint(files: Mapping[str, str]) -> str:
    """SHA-256, in hex, over a line `name`, a line with the SHA-256 of its text in UTF-8, and so on for every file by
    name. Comments count: a pack is its texts."""
    total = hashlib.sha256()
    for name, text in sorted(files.items()):
        one = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        total.update(name.encode("utf-8", "surrogatepass") + b"\n" + one.encode("ascii") + b"\n")
    return total.hexdigest()


def load_pack(files: Mapping[str, str], names: Names | None = None, *, rehearsals: bool = True) -> Loaded:
    """Read `files` (name relative to the pack's folder -> text). `names`: what the standards call things, by default
    those that come with the program. `rehearsals` False: those are passed over."""
    return _Loading(files, names_of(catalogue()) if names is None else names).loaded(rehearsals=rehearsals)


def load_scenario(files: Mapping[str, str], ref: str) -> Scenario | None:
    """The scenario `ref` (pack/id) of texts that were checked when they were kept. Nothing else of them is read, and whether it makes sense
    is not asked again: what was played must stay readable when later programs find more to say against it."""
    return _Loading(files, names_of(catalogue())).scenario(*ref.split("/", 1))


@dataclass(frozen=True, slots=True)
class _Read:
    """One scenario file as far as it could be read. `id`: as written, "" if it cannot be told."""

    notes: Notes
    id: str = ""
    scenario: Scenario | None = None


class _Loading:
    """The work of loading one pack."""

    def __init__(self, files: Mapping[str, str], names: Names) -> None:
        self._files = files
        self._names = names
        self._notes: list[Notes] = []
        self._languages: tuple[Language, ...] = LANGUAGES
        # A file that cannot be read may hold the very scenario that another names: then nobody is blamed for naming it.
        self._all_known = True

    def scenario(self, pack: str, id: str) -> Scenario | None:
        head = self._head()
        if head is None or head["id"] != pack:
            return None
        likely_first = sorted(self._scenario_files(), key=lambda name: id not in self._files[name])
        read = (self._scenario(name, pack, judged=False) for name in likely_first)
        found = next((one for one in read if one.id == id), None)
        if found is None or found.scenario is None or not _sound(found.notes):
            return None
        sheets = [name for name in self._named(REPLIES_END) if id in self._files[name]]
        return _with_sheets(found.scenario, [self._played(name, {id: found}, decode_replies) for name in sheets])

    def loaded(self, *, rehearsals: bool) -> Loaded:
        head = self._head()
        scenarios = [self._scenario(name, str(head["id"]) if head else "") for name in self._scenario_files()]
        self._all_known = all(one.id for one in scenarios)
        _check_between(scenarios, self._all_known)
        by_id = {one.id: one for one in reversed(scenarios) if one.id}
        played = self._named(REHEARSAL_END) if rehearsals else ()
        rehearsed = [self._played(name, by_id, decode_rehearsal) for name in played]
        replies = [self._played(name, by_id, decode_replies) for name in self._named(REPLIES_END)]
        for name in self._named(_MISTAKEN_END):
            self._start(name).note((1, 1), "RP307", name=name)
        sound = tuple(
            _with_sheets(one.scenario, replies) for one in scenarios if one.scenario is not None and _sound(one.notes)
        )
        return Loaded(
            pack=self._pack(head, sound) if head is not None and len(sound) == len(scenarios) else None,
            rehearsals=tuple(made for made in rehearsed if made is not None),
            replies=tuple(made for made in replies if made is not None),
            problems=in_order(found for notes in self._notes for found in notes.problems),
            sound=sound,
        )

    def _scenario_files(self) -> list[str]:
        others = (REHEARSAL_END, REPLIES_END)
        return [n for n in self._named(_SCENARIO_END) if n != PACK_FILE and not n.endswith(others)]

    def _named(self, end: str) -> list[str]:
        return sorted(name for name in self._files if name.endswith(end))

    def _start(self, name: str) -> Notes:
        notes = Notes(name, self._languages)
        self._notes.append(notes)
        return notes

    def _node(self, notes: Notes) -> Node | None:
        node, problems = read(notes.file, self._files[notes.file])
        for found in problems:
            notes.add(found)
        return node

    def _head(self) -> dict[str, Any] | None:
        notes = self._start(PACK_FILE)
        if PACK_FILE not in self._files:
            notes.note((1, 1), "RP305")
            return None
        node = self._node(notes)
        head = decode_pack(node, notes) if node is not None else None
        self._languages = notes.languages
        return head if _sound(notes) else None

    def _pack(self, head: dict[str, Any], scenarios: tuple[Scenario, ...]) -> Pack:
        return Pack(
            id=head["id"],
            version=head["version"],
            title=head["title"],
            author=head["author"],
            licence=head["licence"],
            fingerprint=fingerprint(self._files),
            scenarios=scenarios,
        )

    def _scenario(self, name: str, pack: str, *, judged: bool = True) -> _Read:
        """One scenario file; `judged`: also whether it makes sense."""
        notes = self._start(name)
        node = self._node(notes)
        if node is None:
            return _Read(notes)
        written = node.get("id") if isinstance(node, MappingNode) else None
        scenario = decode_scenario(node, notes, pack)
        check_scenario(notes, scenario, self._names)
        if scenario is not None and judged:
            states = notes.ids("state")
            course_known = all(found.name in states for found in notes.references if found.kind == "state")
            for found in lint(scenario, name, notes.broken, course_known=course_known):
                notes.add(found)
                if notes.full:
                    break
        return _Read(notes, written.text if isinstance(written, Scalar) else "", scenario)

    def _played(self, name: str, by_id: Mapping[str, _Read], decode: Callable[[Node, Notes], P | None]) -> P | None:
        """A file that is held against a scenario: a rehearsal or a sheet of replies."""
        notes = self._start(name)
        node = self._node(notes)
        if node is None:
            return None
        made = decode(node, notes)
        wanted = next((found for found in notes.references if found.kind == "scenario"), None)
        if wanted is not None:
            played = by_id.get(wanted.name)
            if played is None and self._all_known:
                notes.note(wanted.place, "RP601", name=wanted.name, near=notes.nearest(wanted.name, by_id))
            elif played is not None:
                check_rehearsal(notes, played.notes, self._names)
                if isinstance(made, Rehearsal) and played.scenario is not None:
                    check_waits(made, played.scenario, notes)
        return made if _sound(notes) else None


def _with_sheets(scenario: Scenario, sheets: Iterable[ReplySheet | None]) -> Scenario:
    mine = {sheet.scenario: sheet.replies for sheet in sheets if sheet is not None}
    return replace(scenario, replies=mine.get(scenario.id, ()))


def _sound(notes: Notes) -> bool:
    return not any(found.severity == "error" for found in notes.problems)


def _check_between(scenarios: Sequence[_Read], all_known: bool) -> None:
    """Note what one scenario says of others wrongly, and ids that two of them have."""
    ids = {one.id for one in scenarios if one.id}
    seen: dict[str, str] = {}
    for one in scenarios:
        if all_known:
            check_next(one.notes, ids)
        if one.id and seen.setdefault(one.id, one.notes.file) != one.notes.file:
            place = one.notes.where.get("id", (1, 1))
            one.notes.note(place, "RP309", name=one.id, other=seen[one.id])
