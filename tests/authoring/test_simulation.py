"""Model trainees in the sample pack and in those that come with the program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from roleplay.authoring.simulation import MARGIN, RUNS, print_simulated, simulate
from roleplay.authoring.trainees import TRAINEES
from roleplay.library import Library, Shelf, bundled_packs, open_shelf
from roleplay.scenarios.model import LANGUAGES, Language
from roleplay.scenarios.sample import NAMES

FEW = dict.fromkeys(RUNS, 1)
LIBRARY = Library([bundled_packs()], rehearsals=True)
SCENARIOS = [f"{s.pack}/{s.id}" for _, s in LIBRARY.scenarios()]


def test_the_same_seed_gives_the_same_runs_and_another_one_others(shelf: Shelf) -> None:
    assert shelf.pack is not None
    scenario = shelf.pack.scenarios[0]
    once, again, other = (simulate(shelf, scenario, "zh", FEW, seed) for seed in (1, 1, 2))
    assert once == again
    assert [run.trainee for run in once.runs] == list(TRAINEES)
    assert once.runs != other.runs


def test_a_scenario_that_nobody_finishes_and_a_state_nobody_reaches_are_flaws(folder: Path) -> None:
    path = folder / NAMES["scenario"]
    text = path.read_text("utf-8")
    path.write_text(text.replace("when: {asked: order_number}", "when: {names: cause}"), "utf-8")
    shelf = open_shelf(folder)
    assert shelf.pack is not None
    flaws = {(flaw.code, flaw.what) for flaw in simulate(shelf, shelf.pack.scenarios[0], "zh", FEW, 1).flaws}
    assert ("unreached", "happy") in flaws
    assert ("order", "expert > competent") in flaws


def test_what_is_printed(shelf: Shelf) -> None:
    assert shelf.pack is not None
    done = simulate(shelf, shelf.pack.scenarios[0], "en", FEW, 1)
    lines: list[str] = []
    status = print_simulated([done], as_json=False, whole=True, language="en", write=lines.append)
    assert status == (1 if done.flaws else 0)
    assert lines[0] == "late_cake (en)"
    assert any(line.startswith("  opening ") for line in lines)
    lines.clear()
    print_simulated([done], as_json=True, whole=False, language="en", write=lines.append)
    assert [run["trainee"] for run in json.loads(lines[0])[0]["runs"]] == list(TRAINEES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ref", SCENARIOS)
def test_every_scenario_tells_trainees_apart(ref: str, language: Language) -> None:
    """Expert, competent, novice and stuffer part by a margin; stuffer and apologiser never pass; every state is reached."""
    shelf, scenario = LIBRARY.find(ref)
    assert MARGIN >= 5
    assert simulate(shelf, scenario, language, RUNS, 1).flaws == ()
