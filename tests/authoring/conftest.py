"""The sample pack in a folder, as a trainer has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.library import Shelf, open_shelf
from roleplay.scenarios.sample import FILES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sample"
    made.mkdir()
    for name, text in FILES.items():
        (made / name).write_text(text, "utf-8")
    return made


@pytest.fixture
def shelf(folder: Path) -> Shelf:
    return open_shelf(folder)
