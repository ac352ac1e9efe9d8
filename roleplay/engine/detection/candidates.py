"""A candidate: a technique somebody proposes to see at a place of the folded text, and what a proposer is.

Owns the seam between those who propose (slot patterns, the form of questions, what the scenario knows, a trained model) and the
resolving of the whole turn. Refuses to know any of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from roleplay.engine.detection.model import Mention, Outcome
from roleplay.engine.detection.reading_reply import Reading

UNSURE = "unsure"
"""The reason of what the trained weights think likely, not certain."""


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


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known when a proposer is asked: the facts named or asked for, and what the proposers before it found."""

    mentions: tuple[Mention, ...] = ()
    candidates: tuple[Candidate, ...] = ()


Proposer = Callable[[Reading, Seen], list[Candidate]]
"""Looks at a reply and proposes. A detector asks its proposers in order."""
