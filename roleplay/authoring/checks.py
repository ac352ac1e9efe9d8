"""Problems of packs.

Owns what a check prints and its exit status. Refuses to know how a problem is found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

from roleplay.library import open_shelf, pack_folders
from roleplay.scenarios.model import Language
from roleplay.scenarios.problems import Problem
from roleplay.words.command import say

Write = Callable[[str], None]
DONE, WRONG = 0, 1


def check(paths: Iterable[Path], *, as_json: bool, language: Language, write: Write) -> int:
    """Print every problem of the packs at `paths`. 0: none worse than a warning; 1: errors."""
    shelves = [open_shelf(folder) for folder in pack_folders(paths)]
    found = [(shelf.folder, problem) for shelf in shelves for problem in shelf.loaded.problems]
    errors = sum(problem.severity == "error" for _, problem in found)
    if as_json:
        rows = [{**_row(problem, language), "file": str(folder / problem.file)} for folder, problem in found]
        write(json.dumps(rows, ensure_ascii=False, indent=1))
        return WRONG if errors else DONE
    for folder, problem in found:
        write(f"{folder}/{problem.render(language)}")
    if found:
        write(say("checked_with", language, errors=errors, warnings=len(found) - errors))
    else:
        scenarios = sum(len(shelf.pack.scenarios) for shelf in shelves if shelf.pack)
        write(say("checked", language, packs=len(shelves), scenarios=scenarios))
    return WRONG if errors else DONE


def _row(problem: Problem, language: Language) -> dict[str, object]:
    return {**asdict(problem), "text": problem.render(language)}
