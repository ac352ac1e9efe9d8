"""From disk to pack texts, and from the package's own data to a detector.

Owns which files belong to a pack and how many bytes are read of them. Refuses to know what the texts mean.
"""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay.scenarios.model import LANGUAGES, Pack, Scenario

if TYPE_CHECKING:  # reading packs and detecting are loaded by whoever first asks for them, after the first paint
    from roleplay.engine.detection.detector import Detector
    from roleplay.engine.detection.examples import GoodExamples
    from roleplay.engine.detection.techniques import TechniqueSet
    from roleplay.scenarios.packs import Loaded
    from roleplay.scenarios.problems import Problem

PACK_FILE = "pack.yaml"
_FILES_AT_MOST = 500
_BYTES_AT_MOST = 1 << 20


class LibraryProblem(Exception):
    """A pack or scenario that cannot be had. `code` names the sentence for it, `details` fill it."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(f"{code}: {details}")
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True)
class Shelf:
    """One pack folder as it was read. `files`: name -> text. `loaded`: the pack or its problems."""

    folder: Path
    files: tuple[tuple[str, str], ...]
    loaded: Loaded

    @property
    def pack(self) -> Pack | None:
        return self.loaded.pack


def bundled_packs() -> Path:
    """The folder of the packs that come with the program: beside the package in a checkout, inside it when installed."""
    beside = Path(__file__).resolve().parent.parent / "scenario_packs"
    return beside if beside.is_dir() else Path(__file__).resolve().parent / "_scenario_packs"


def pack_folders(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Every pack folder at or directly below `paths`, sorted. LibraryProblem if a path holds none."""
    found: list[Path] = []
    for path in paths:
        if path.is_file() and path.suffix == ".yaml":
            path = path.parent
        if not path.is_dir():
            raise LibraryProblem("no_such_path", path=str(path))
        here = [path] if (path / PACK_FILE).is_file() else sorted(p.parent for p in path.glob(f"*/{PACK_FILE}"))
        if not here:
            raise LibraryProblem("no_pack_here", path=str(path))
        found.extend(here)
    return tuple(dict.fromkeys(found))


def read_pack(folder: Path) -> dict[str, str]:
    """The texts of a pack folder: its own `*.yaml` files, not those below it. LibraryProblem where one cannot be read."""
    names = sorted(p.name for p in folder.iterdir() if p.suffix == ".yaml" and not p.name.startswith("."))
    if len(names) > _FILES_AT_MOST:
        raise LibraryProblem("too_many_files", path=str(folder), count=str(len(names)))
    return {name: _read(folder / name) for name in names}


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(_BYTES_AT_MOST + 1)
    except OSError as problem:
        raise LibraryProblem("unreadable", path=str(path), why=problem.strerror or str(problem)) from None
    if len(data) > _BYTES_AT_MOST:
        raise LibraryProblem("file_too_large", path=str(path))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise LibraryProblem("not_utf8", path=str(path), place=str(problem.start)) from None


def open_shelf(folder: Path, *, rehearsals: bool = True) -> Shelf:
    """The pack in `folder`. `rehearsals` False: those are left unread, as nobody who plays needs them."""
    from roleplay.scenarios.packs import load_pack

    texts = read_pack(folder)
    return Shelf(folder, tuple(texts.items()), load_pack(texts, rehearsals=rehearsals))


@contextmanager
def kept_for_good() -> Iterator[None]:
    """What is made here is to stay, and there is no garbage in it: the garbage collector neither runs meanwhile nor walks through it, or through
    anything else that is there by then, until this is called again. A third of the time of reading the packs was its walks, and a walk in the
    middle of a talk stops the screen for 60 to 70 ms."""
    running = gc.isenabled()
    gc.unfreeze()
    gc.collect()  # what was kept and is garbage by now, a screen that was left, would be kept for ever
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if running:
            gc.enable()


Progress = Callable[[int, int], None]
"""Told how many packs are read, of how many."""


class Library:
    """The packs that can be played. Packs with errors are left out; `problems` says why."""

    def __init__(self, roots: Iterable[Path], *, rehearsals: bool = False) -> None:
        self._roots = tuple(roots)
        self._rehearsals = rehearsals
        self._shelves: tuple[Shelf, ...] | None = None

    def read(self, progress: Progress = lambda done, of: None) -> tuple[Shelf, ...]:
        """Every pack, read once. LibraryProblem where a folder or file cannot be had."""
        if self._shelves is None:
            shelves: list[Shelf] = []
            folders = pack_folders(self._roots)
            with kept_for_good():
                for done, folder in enumerate(folders):
                    progress(done, len(folders))
                    shelves.append(open_shelf(folder, rehearsals=self._rehearsals))
            self._shelves = tuple(shelves)
        return self._shelves

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        return self.read()

    @property
    def problems(self) -> tuple[tuple[Path, Problem], ...]:
        return tuple((s.folder, p) for s in self.shelves for p in s.loaded.problems)

    def scenarios(self) -> tuple[tuple[Shelf, Scenario], ...]:
        """Every playable scenario with its shelf, in the order of packs and files."""
        return tuple((shelf, s) for shelf in self.shelves if shelf.pack for s in shelf.pack.scenarios)

    def find(self, ref: str) -> tuple[Shelf, Scenario]:
        """The scenario called `ref`: its id, `pack/id`, or its code in the matrix. LibraryProblem with the nearest name."""
        wanted = ref.strip().casefold()
        names: dict[str, tuple[Shelf, Scenario]] = {}
        for shelf, scenario in self.scenarios():
            for name in (scenario.id, f"{scenario.pack}/{scenario.id}", scenario.code):
                if name:
                    names.setdefault(name.casefold(), (shelf, scenario))
        if wanted in names:
            return names[wanted]
        near = get_close_matches(wanted, sorted(names), n=1, cutoff=0.5)
        raise LibraryProblem("no_such_scenario", ref=ref, near=near[0] if near else "")


def kept_scenario(ref: str, pack_files: Mapping[str, str]) -> Scenario:
    """The scenario `pack/id` from the pack texts kept with a session. LibraryProblem if they no longer give it."""
    from roleplay.scenarios.packs import load_scenario

    found = load_scenario(pack_files, ref)
    if found is None:
        raise LibraryProblem("pack_text_unusable", ref=ref)
    return found


@functools.cache
def techniques() -> TechniqueSet:
    """The techniques that come with the program."""
    from roleplay.engine.detection.techniques import TechniqueSet

    return TechniqueSet.from_json((files("roleplay.engine.detection") / "rules.json").read_text(encoding="utf-8"))


@functools.cache
def detector() -> Detector:
    """The detector that comes with the program."""
    from roleplay.engine.detection.detector import Detector
    from roleplay.engine.detection.weights_file import WeightSet

    room = files("roleplay.engine.detection")
    weights: dict[str, bytes] = {language: (room / f"weights.{language}.bin").read_bytes() for language in LANGUAGES}
    return Detector(techniques(), WeightSet(weights))


@functools.cache
def good_examples() -> GoodExamples:
    """The examples shown beside what was partial, rejected or missing."""
    from roleplay.engine.detection.examples import GoodExamples

    return GoodExamples.from_json((files("roleplay.engine.detection") / "examples.json").read_text(encoding="utf-8"))
