"""What is wrong with packs: problems of their files, rehearsals and replies that come out otherwise.

Owns what a check and a rehearsal print and their exit status. Refuses to know how a problem is found and how a turn is decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
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


def rehearse(paths: Iterable[Path], *, as_json: bool, language: Language, write: Write) -> int:
    """Play every rehearsal of the packs at `paths` in each of their languages. 0: all as expected; 1: some are not."""
    played: list[Played] = []
    judged: list[Judged] = []
    broken = False
    for folder in pack_folders(paths):
        shelf = open_shelf(folder)
        for problem in shelf.loaded.problems:
            if problem.severity == "error":
                broken = True
                write(f"{folder}/{problem.render(language)}")
        played.extend(play_rehearsals(shelf))
        judged.extend(judge_replies(shelf))
    wrong = [one for one in judged if not one.right and not one.known]
    bad = [one for one in played if one.misses]
    if as_json:
        rows: list[dict[str, object]] = [
            {"file": p.file, "language": p.language, "quality": p.quality, "misses": [asdict(m) for m in p.misses]}
            for p in played
        ]
        rows += [asdict(one) for one in wrong]
        write(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for one in bad:
            for line in _as_yaml(one):
                write(line)
        for line in _wrong_as_yaml(wrong):
            write(line)
        write(say("rehearsed", language, good=len(played) - len(bad), bad=len(bad)))
        if judged:
            right = sum(one.right for one in judged)
            known = sum(not one.right and one.known for one in judged)
            write(say("replies_judged", language, good=right, bad=len(wrong), known=known))
    return WRONG if bad or wrong or broken else DONE


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
