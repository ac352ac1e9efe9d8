"""What a command is wired from: clock, ids, paths, the store, the desks, the standard streams.

Owns what comes from outside: time, randomness, environment, files named on the command line. Imports lazily.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roleplay.library import Library
    from roleplay.practice import PracticeDesk
    from roleplay.review import ReviewDesk
    from roleplay.store.database import Store

DONE, WRONG, FAILED = 0, 1, 2
"""Exit status: done; something is wrong with what was given; it could not be done."""


def out(line: str) -> None:
    from roleplay.words.safe import visible

    print(visible(line), flush=True)


def error(line: str) -> None:
    from roleplay.words.safe import visible

    print(visible(line), file=sys.stderr)


def store_url(arguments: argparse.Namespace) -> str:
    named = getattr(arguments, "store", None) or os.environ.get("ROLEPLAY_STORE")
    if named:
        return named if "://" in named else f"sqlite:///{Path(named).expanduser()}"
    from platformdirs import user_data_path

    return f"sqlite:///{user_data_path('roleplay', appauthor=False) / 'records.db'}"


def open_store(arguments: argparse.Namespace) -> Store:
    import secrets

    from roleplay.store.database import open_store

    return open_store(store_url(arguments), salts=lambda: secrets.token_hex(16))


def now() -> int:
    import time

    return time.time_ns() // 1_000_000


def new_id() -> str:
    import uuid

    return uuid.uuid4().hex


def library(arguments: argparse.Namespace) -> Library:
    from roleplay.library import Library, bundled_packs

    return Library(getattr(arguments, "packs", None) or [bundled_packs()])


def desks(arguments: argparse.Namespace, store: Store) -> tuple[PracticeDesk, ReviewDesk]:
    from roleplay.practice import PracticeDesk
    from roleplay.review import ReviewDesk

    return PracticeDesk(library(arguments), store, now, new_id), ReviewDesk(store)


def lines(path: str) -> Iterator[str]:
    from roleplay.review import LINE_AT_MOST

    if path == "-":
        yield from iter(lambda: sys.stdin.readline(LINE_AT_MOST), "")
        return
    with Path(path).open(encoding="utf-8", newline="\n") as stream:
        yield from iter(lambda: stream.readline(LINE_AT_MOST), "")
