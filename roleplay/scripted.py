"""Playing without a person: `roleplay play SCENARIO --script FILE`.

Owns the reading of a script and the order in which its replies are said; the talk itself is the trainee's desk, the same as live.
Unless a store is named, the record is kept in a folder that is thrown away, and clock, ids and salts are counters: the same script on
the same pack then gives the same bytes.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from roleplay.engine.events import CUSTOMER, Said, TimePassed, TurnTaken
from roleplay.engine.stage import REPLY_LIMIT, Refused
from roleplay.library import Library, LibraryProblem
from roleplay.plain import Write, debrief_lines, feedback_lines, gauge_line, rating_lines, said_line
from roleplay.practice import Practice, PracticeDesk
from roleplay.scenarios.model import Language
from roleplay.scenarios.rehearsal import read_rehearsal
from roleplay.store.database import Store, open_store
from roleplay.words.command import say
from roleplay.words.feedback import refusal_text

_EPOCH = 1_767_225_600_000
"""Where the counting clock starts: 2026-01-01T00:00:00Z in milliseconds."""
_REPLIES_AT_MOST = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the script does. `text` None: let time pass. `place`: its line in the file."""

    text: str | None
    to: str
    place: int


def read_script(path: Path, language: Language) -> tuple[Step, ...]:
    """The steps of a script: one reply a line (blank lines and lines starting with # are passed over), or a rehearsal file if
    its name ends in .yaml. LibraryProblem `bad_script` with the place where it cannot be read."""
    try:
        text = path.read_bytes()[: _REPLIES_AT_MOST * REPLY_LIMIT * 4].decode("utf-8-sig")
    except OSError as problem:
        raise LibraryProblem("unreadable", path=str(path), why=problem.strerror or "") from None
    except UnicodeDecodeError as problem:
        raise LibraryProblem("not_utf8", path=str(path), place=str(problem.start)) from None
    if path.suffix in (".yaml", ".yml"):
        return _from_rehearsal(path, text, language)
    lines = enumerate(text.splitlines(), 1)
    steps = tuple(Step(line.strip(), CUSTOMER, n) for n, line in lines if line.strip() and not line.startswith("#"))
    if not steps:
        raise LibraryProblem("bad_script", path=str(path), line="1", why="empty")
    return steps


@contextmanager
def _counting(url: str | None) -> Iterator[Store]:
    salts = (f"{n:032x}" for n in itertools.count(1))
    if url is not None:
        with open_store(url, salts=lambda: next(salts)) as store:
            yield store
        return
    with (
        tempfile.TemporaryDirectory(prefix="roleplay-") as folder,
        open_store(f"sqlite:///{folder}/script.db", salts=lambda: next(salts)) as store,
    ):
        yield store
