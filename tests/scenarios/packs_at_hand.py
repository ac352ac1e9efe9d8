"""The sample pack with changes, and ways to look at what loading finds in it."""

from __future__ import annotations

from roleplay.scenarios.model import Scenario
from roleplay.scenarios.packs import Loaded, load_pack
from roleplay.scenarios.problems import Problem
from roleplay.scenarios.sample import FILES, NAMES

SCENARIO = NAMES["scenario"]
REHEARSAL = NAMES["rehearsal"]
PACK = NAMES["pack"]


def with_change(old: str, new: str, file: str = SCENARIO) -> dict[str, str]:
    """The sample with `old`, which must be there, changed to `new` in its first place."""
    assert old in FILES[file], old
    return {**FILES, file: FILES[file].replace(old, new, 1)}


def load_changed(old: str, new: str, file: str = SCENARIO) -> Loaded:
    return load_pack(with_change(old, new, file))


def codes(loaded: Loaded, file: str = SCENARIO) -> list[str]:
    return [found.code for found in loaded.problems if found.file == file]


def only(loaded: Loaded, code: str) -> Problem:
    """The one problem with `code`."""
    found = [one for one in loaded.problems if one.code == code]
    assert len(found) == 1, [str(one) for one in loaded.problems]
    return found[0]


def text_at(files: dict[str, str], found: Problem, length: int = 30) -> str:
    """What stands where a problem points."""
    return files[found.file].splitlines()[found.line - 1][found.column - 1 :][:length]


def sample() -> Scenario:
    pack = load_pack(FILES).pack
    assert pack is not None
    return pack.scenarios[0]
