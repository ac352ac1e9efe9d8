"""What the packs that come with the program cover of the standards."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from roleplay.authoring.coverage import coverage, covered
from roleplay.library import Library, Shelf, bundled_packs
from roleplay.standards import catalogue


def test_what_should_be_covered_is_what_the_standards_have() -> None:
    assert Counter(row.kind for row in covered((), catalogue())) == {
        "indicator": 48,
        "complaint": 14,
        "need": 10,
        "recovery": 7,
        "technique": 18,
    }


@pytest.mark.parametrize("kind", ["indicator", "complaint", "need", "recovery", "technique"])
def test_the_packs_have_no_hole(kind: str) -> None:
    rows = covered([scenario for _, scenario in Library([bundled_packs()]).scenarios()], catalogue())
    assert {row.id: row.scenarios for row in rows if row.kind == kind and not row.enough} == {}


def test_the_table_names_the_scenarios_and_counts_the_holes(shelf: Shelf, folder: Path) -> None:
    assert shelf.pack is not None
    lines: list[str] = []
    assert coverage([folder], as_json=False, language="en", write=lines.append) == 1
    shown = [line.split()[1] for line in lines if line.endswith(" late_cake")]
    assert shown == ["P1.1.4", "2.2", "3.1", "late_delivery", "active_listening"]
    enough = sum(line.startswith("  ✓") for line in lines)
    assert lines[-1].startswith(f"1 scenarios, 97 things to cover, {97 - enough} not enough")
