"""What the program holds as long as it runs costs the garbage collector nothing."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from roleplay.library import Library, LibraryProblem, bundled_packs, kept_for_good


def test_packs_that_were_read_are_left_alone_by_the_collector() -> None:
    before = gc.get_freeze_count()
    shelf = Library([bundled_packs() / "city_service"]).shelves[0]
    assert gc.isenabled()
    assert gc.get_freeze_count() > before
    assert not any(one is shelf for one in gc.get_objects())


def test_the_collector_goes_on_after_a_pack_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_bytes(b"\xff")
    with pytest.raises(LibraryProblem):
        Library([tmp_path]).read()
    assert gc.isenabled()


class _Screen:
    """Holds itself, as widgets do."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_kept_and_left_is_garbage_the_next_time() -> None:
    with kept_for_good():
        screen = _Screen()
    left = weakref.ref(screen)
    del screen
    gc.collect()
    assert left() is not None  # kept: the collector does not look
    with kept_for_good():
        pass
    assert left() is None
