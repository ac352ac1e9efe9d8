"""The assessor's desk: recorded sessions as evidence.

Owns opening a transcript from the store or from a file, its integrity, and whether it scores the same today. It changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay.engine.events import Fact, SessionStarted
from roleplay.engine.session import SessionState, fold
from roleplay.library import LibraryProblem, detector, kept_scenario
from roleplay.scenarios.model import Language, Scenario
from roleplay.store.chain import Verdict

if TYPE_CHECKING:  # the lobby is painted before any of these is needed
    from roleplay.engine.replay import Difference
    from roleplay.store.database import SessionRow, Store

LINE_AT_MOST = 4 << 20
"""Characters read of a line of an exported record; a longer one is cut and then refused as no JSON."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """`source`: session id or file name. `scenario` None: the pack text is not there or no longer loads; the facts can be
    replayed all the same."""

    source: str
    facts: tuple[Fact, ...]
    scenario: Scenario | None
    integrity: Verdict

    @property
    def state(self) -> SessionState:
        return fold(self.facts)

    @property
    def started(self) -> SessionStarted:
        first = self.facts[0]
        assert isinstance(first, SessionStarted)
        return first


@dataclass(frozen=True, slots=True)
class Rescore:
    """`possible` False: the pack text is missing. `same_techniques`: today's techniques are those it was scored with."""

    possible: bool
    same_techniques: bool
    differences: tuple[Difference, ...] = ()

    @property
    def same(self) -> bool:
        return self.possible and not self.differences


class ReviewDesk:
    """What has been recorded, and what it is worth as a record."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def transcripts(self) -> tuple[SessionRow, ...]:
        """Every session in the store, newest first."""
        return self._store.sessions()

    def open(self, source: str) -> Transcript:
        """The record called `source`: a session id or its unique beginning, else an exported file. LibraryProblem if it is
        neither; a damaged file raises the store's own problem with the line."""
        from roleplay.store.transcript import read_transcript

        session = self.find(source)
        if session is not None:
            stored = self._store.facts(session)
            files = self._store.pack_files(fold(stored.facts).started.pins.pack_fingerprint)
            return Transcript(session, stored.facts, _scenario(stored.facts, files), self._store.verify(session))
        read = read_transcript(_file_lines(source))
        return Transcript(Path(source).name, read.facts, _scenario(read.facts, read.pack_files), read.verdict)

    def verify(self, source: str) -> Verdict:
        """Whether every hash, commitment and the pack fingerprint of `source` fit."""
        from roleplay.store.transcript import read_transcript

        session = self.find(source)
        return self._store.verify(session) if session is not None else read_transcript(_file_lines(source)).verdict

    def receipt(self, source: str, language: Language) -> str:
        """What the trainee keeps: the count and head of the chain."""
        from roleplay.store.transcript import receipt_text

        transcript = self.open(source)
        return receipt_text(transcript.started, transcript.integrity, language)

    def rescore(self, transcript: Transcript) -> Rescore:
        """What today's program makes of the same replies."""
        from roleplay.engine.replay import rescore
        from roleplay.engine.stage import Stage

        same = transcript.started.pins.techniques_hash == detector().hash
        if transcript.scenario is None:
            return Rescore(False, same)
        return Rescore(True, same, rescore(transcript.facts, Stage(transcript.scenario, detector())))

    def find(self, source: str) -> str | None:
        """The session whose id is `source` or begins with it (8 characters or more, only one); None if there is none."""
        ids = [row.session for row in self._store.sessions()]
        if source in ids:
            return source
        near = [id for id in ids if len(source) >= 8 and id.startswith(source)]
        return near[0] if len(near) == 1 else None


def _scenario(facts: tuple[Fact, ...], files: Mapping[str, str]) -> Scenario | None:
    try:
        return kept_scenario(fold(facts).started.pins.scenario, files)
    except LibraryProblem:
        return None


def _file_lines(source: str) -> Iterator[str]:
    path = Path(source)
    if not path.is_file():
        raise LibraryProblem("no_such_record", ref=source)
    with path.open(encoding="utf-8", errors="replace", newline="\n") as stream:
        yield from iter(lambda: stream.readline(LINE_AT_MOST), "")
