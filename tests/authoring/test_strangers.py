"""Replies from other cases: where they come from, what takes them, and a condition that asks for nothing of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from roleplay.authoring import DONE
from roleplay.authoring.strangers import print_strangers, strangers
from roleplay.library import Library, Shelf, bundled_packs, open_shelf
from roleplay.scenarios.sample import NAMES

FEW = 40


@pytest.fixture(scope="module")
def elsewhere() -> tuple[Shelf, ...]:
    return Library([bundled_packs() / "city_service"], rehearsals=True).shelves


def test_the_same_seed_draws_the_same_strangers_and_none_of_the_scenario_s_own(
    shelf: Shelf, elsewhere: tuple[Shelf, ...]
) -> None:
    assert shelf.pack is not None
    scenario = shelf.pack.scenarios[0]
    once, again = (strangers([shelf, *elsewhere], shelf, scenario, "zh", FEW, 1) for _ in range(2))
    assert once == again
    assert once.said == FEW
    own = {text for sheet in shelf.loaded.replies for one in sheet.replies for text in one.met.zh}
    assert own
    assert not own & {reply for row in once.taken for reply in row.replies}


def test_an_opportunity_that_asks_for_less_takes_more(folder: Path, elsewhere: tuple[Shelf, ...]) -> None:
    path = folder / NAMES["scenario"]
    text = path.read_text("utf-8")
    strict = "met: {all: [{does: question}, {asks: order_number}]}"
    assert strict in text

    def taken() -> int:
        shelf = open_shelf(folder)
        assert shelf.pack is not None
        found = strangers(elsewhere, shelf, shelf.pack.scenarios[0], "en", FEW, 1)
        return sum(len(row.replies) for row in found.taken)

    before = taken()
    path.write_text(text.replace(strict, "met: {does: question}"), "utf-8")
    assert taken() > before


def test_what_is_printed(shelf: Shelf, elsewhere: tuple[Shelf, ...]) -> None:
    assert shelf.pack is not None
    scenario = shelf.pack.scenarios[0]
    found = strangers(elsewhere, shelf, scenario, "en", FEW, 1)
    lines: list[str] = []
    assert print_strangers([found], as_json=False, whole=False, language="en", write=lines.append) == DONE
    assert lines[0].startswith(f"late_cake (en)  {FEW} replies from elsewhere, taken ")
    lines.clear()
    print_strangers([found], as_json=True, whole=True, language="en", write=lines.append)
    assert json.loads(lines[0])[0]["said"] == FEW
    lines.clear()
    print_strangers(
        [strangers([], shelf, scenario, "en", FEW, 1)], as_json=False, whole=True, language="en", write=lines.append
    )
    assert lines == ["late_cake (en)  no other scenario has a sheet of replies: add packs that have (--packs)"]
