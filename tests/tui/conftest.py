"""Real desks over a store in a temporary folder, and a clock and ids that only count."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from roleplay.library import Library, bundled_packs
from roleplay.practice import PracticeDesk
from roleplay.review import ReviewDesk
from roleplay.store.database import Store, open_store

SCENARIO = "hotel/honeymoon_room"


@pytest.fixture(autouse=True)
def _own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


@pytest.fixture(scope="session")
def library() -> Library:
    return Library([bundled_packs() / "hotel"])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    salts = (f"{n:032x}" for n in itertools.count())
    with open_store(f"sqlite:///{tmp_path / 'records.db'}", salts=lambda: next(salts)) as opened:
        yield opened


@pytest.fixture
def desk(library: Library, store: Store) -> PracticeDesk:
    times, ids = itertools.count(1_700_000_000_000, 1000), itertools.count(1)
    return PracticeDesk(library, store, lambda: next(times), lambda: f"{next(ids):032x}")


@pytest.fixture
def review(store: Store) -> ReviewDesk:
    return ReviewDesk(store)


async def until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Wait until something is so; the screen draws bubbles a frame after it has the feedback."""
    for _ in range(100):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"never so: {holds!r}")
