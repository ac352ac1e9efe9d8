"""What is noted while a file is decoded: problems, where things stand, what is called what, and who refers to whom.

Owns the notes of one file. Refuses to know what they are about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from roleplay.scenarios.model import LANGUAGES, Language
from roleplay.scenarios.problems import CODES, Problem, problem
from roleplay.scenarios.reading import Node

PROBLEMS_AT_MOST = 100
_NEAR_AT_MOST = 40
"""Longer names are not compared with others: no name is that long, and the comparison grows with its square."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reference:
    """`name`, which should be the id of something of `kind`, written at `line`, `column`, inside what `path` names."""

    kind: str
    name: str
    line: int
    column: int
    path: str

    @property
    def place(self) -> Place:
        return self.line, self.column


class Notes:
    """The notes of one file. `full`: there are so many problems that no more are taken. `where`: path -> place.
    `broken`: paths that hold a problem of shape, and all paths above them."""

    def __init__(self, file: str, languages: tuple[Language, ...] = LANGUAGES) -> None:
        self.file = file
        self.languages = languages
        self.problems: list[Problem] = []
        self.where: dict[str, Place] = {}
        self.broken: set[str] = set()
        self.references: list[Reference] = []
        self._ids: dict[str, dict[str, Place]] = {}
        self.full = False

    def note(self, place: Place, code: str, /, **arguments: object) -> None:
        """Add a problem, unless there are too many already."""
        if not self.full:
            self.add(problem(self.file, *place, code, **arguments))

    def add(self, found: Problem) -> None:
        """Add a problem that was found elsewhere, unless there are too many already."""
        if self.full:
            return
        if len(self.problems) == PROBLEMS_AT_MOST:
            self.full = True
            found = problem(self.file, found.line, found.column, "RP122", count=PROBLEMS_AT_MOST)
        self.problems.append(found)

    def declare(self, kind: str, name: str, node: Node) -> None:
        """`name` is the id of something of `kind`; twice is a problem."""
        ids = self._ids.setdefault(kind, {})
        first = ids.setdefault(name, (node.line, node.column))
        if first != (node.line, node.column):
            self.note((node.line, node.column), "RP302", kind=f"@{kind}", name=name, first=first[0])

    def refer(self, kind: str, name: str, node: Node, path: str) -> None:
        self.references.append(Reference(kind, name, node.line, node.column, path))

    def ids(self, kind: str) -> Collection[str]:
        """The ids of `kind` in the order they stand in the file."""
        return self._ids.get(kind, {}).keys()

    def nearest(self, name: str, allowed: Iterable[str]) -> str:
        """The most alike of `allowed`, "" if none is near or nobody will read it."""
        if self.full or len(name) > _NEAR_AT_MOST:
            return ""
        found = get_close_matches(name, sorted(allowed), n=1, cutoff=0.6)
        return found[0] if found else ""


class At:
    """Where a converter works: the file's notes and the path of what it converts, as in `states.opening.branches.2`."""

    __slots__ = ("notes", "path")

    def __init__(self, notes: Notes, path: str = "") -> None:
        self.notes = notes
        self.path = path

    @property
    def key(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]

    def inside(self, key: str, node: Node | None = None) -> At:
        """The place of `key` in here; that of `node` is kept under its path."""
        path = f"{self.path}.{key}" if self.path else key
        if node is not None:
            self.notes.where[path] = (node.line, node.column)
        return At(self.notes, path)

    def note(self, node: Node, code: str, /, **arguments: object) -> None:
        """A problem of shape at `node`: what stands here is not as its author meant it."""
        self.notes.note((node.line, node.column), code, **arguments)
        if CODES[code].severity == "warning":
            return
        path = self.path
        while path and path not in self.notes.broken:
            self.notes.broken.add(path)
            path = path.rpartition(".")[0]
        self.notes.broken.add("")
