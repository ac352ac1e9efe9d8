"""A candidate: a technique somebody proposes to see at a place of the folded text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from roleplay.engine.detection.model import Outcome
from roleplay.engine.detection.reading_reply import Reading


@dataclass(frozen=True, slots=True)
class Candidate:
    """Offsets are of the folded text. `reason` "" for credited. `known_not`: a pattern for what is not the technique; nothing that
    overlaps it is either."""

    technique: str
    outcome: Outcome
    start: int
    end: int
    rule: str
    reason: str = ""
    cause: tuple[int, int] | None = None
    known_not: bool = False


Proposer = Callable[[Reading], list[Candidate]]
"""Looks at a reply and proposes. Rules are one; a trained model is another."""
