"""What is wrong with packs: problems of their files, rehearsals and replies that come out otherwise.

Owns what a check and a rehearsal print and their exit status. Refuses to know how a problem is found and how a turn is decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import repeat
from os import cpu_count
from pathlib import Path

from roleplay.authoring import DONE, WRONG, Write
from roleplay.authoring.rehearsals import Miss, Played, play_rehearsals
from roleplay.authoring.replies import Judged, judge_replies
from roleplay.library import open_shelf, pack_folders
from roleplay.scenarios.model import Language
from roleplay.scenarios.problems import Problem
from roleplay.words.command import say


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


@dataclass(frozen=True, slots=True)
class _Rehearsed:
    """What came of one pack. `lines`, `rows`: what is wrong, to read and for programs."""

    lines: tuple[str, ...]
    rows: tuple[dict[str, object], ...]
    broken: bool
    played: int
    missed: int
    judged: int
    wrong: int
    known: int


def rehearse(paths: Iterable[Path], *, as_json: bool, language: Language, write: Write) -> int:
    """Play every rehearsal of the packs at `paths` in each of their languages, as many packs at once as there are cores, and write of each
    as soon as it and those before it are done. 0: all as expected; 1: some are not."""
    found: list[_Rehearsed] = []
    for one in _one_by_one(list(pack_folders(paths)), language):
        found.append(one)
        for line in () if as_json else one.lines:
            write(line)
    if as_json:
        write(json.dumps([row for one in found for row in one.rows], ensure_ascii=False, indent=1))
    else:
        bad, wrong = sum(one.missed for one in found), sum(one.wrong for one in found)
        write(say("rehearsed", language, good=sum(one.played for one in found) - bad, bad=bad))
        judged, known = sum(one.judged for one in found), sum(one.known for one in found)
        if judged:
            write(say("replies_judged", language, good=judged - wrong - known, bad=wrong, known=known))
    return WRONG if any(one.broken or one.missed or one.wrong for one in found) else DONE


def _one_by_one(folders: Sequence[Path], language: Language) -> Iterator[_Rehearsed]:
    if len(folders) < 2:
        yield from (_rehearsed(folder, language) for folder in folders)
        return
    with ProcessPoolExecutor(min(len(folders), cpu_count() or 1)) as pool:
        yield from pool.map(_rehearsed, folders, repeat(language))


def _rehearsed(folder: Path, language: Language) -> _Rehearsed:
    shelf = open_shelf(folder)
    errors = [problem for problem in shelf.loaded.problems if problem.severity == "error"]
    played, judged = list(play_rehearsals(shelf)), list(judge_replies(shelf))
    bad = [one for one in played if one.misses]
    wrong = [one for one in judged if not one.right and not one.known]
    lines = [f"{folder}/{problem.render(language)}" for problem in errors]
    lines += [line for one in bad for line in _as_yaml(one)]
    rows: list[dict[str, object]] = [
        {**_row(problem, language), "file": str(folder / problem.file)} for problem in errors
    ]
    rows += [
        {"file": p.file, "language": p.language, "quality": p.quality, "misses": [asdict(m) for m in p.misses]}
        for p in played
    ]
    return _Rehearsed(
        lines=(*lines, *_wrong_as_yaml(wrong)),
        rows=(*rows, *map(asdict, wrong)),
        broken=bool(errors),
        played=len(played),
        missed=len(bad),
        judged=len(judged),
        wrong=len(wrong),
        known=sum(not one.right and one.known for one in judged),
    )


def _as_yaml(played: Played) -> Iterator[str]:
    """A failed rehearsal in the trainer's own terms: the turn, what was expected and what came."""
    yield f"# {played.file} ({played.language})"
    by_turn: dict[int, list[Miss]] = {}
    for miss in played.misses:
        by_turn.setdefault(miss.turn, []).append(miss)
    said = {t.number: t.text for t in played.state.standing}
    for number, misses in sorted(by_turn.items()):
        yield f"- turn: {number}" if number else "- end:"
        if number in said:
            yield f"  say: {json.dumps(said[number], ensure_ascii=False)}"
        yield "  expect:"
        for miss in misses:
            yield f"    {miss.what}: {miss.expected}"
            yield f"    # came: {miss.came}"


def _wrong_as_yaml(wrong: list[Judged]) -> Iterator[str]:
    for one in wrong:
        yield f"# {one.file} ({one.language})"
        yield f"- opportunity: {one.opportunity}"
        yield f"  say: {json.dumps(one.reply, ensure_ascii=False)}"
        yield f"  expect: {one.expected}"
        yield f"  # came: {one.came}"
