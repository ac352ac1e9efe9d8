"""What detection takes in and gives out. Owns the words for what was found in one reply; refuses to know scoring.

Every offset is a code point index into the reply exactly as typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["credited", "partial", "rejected"]


@dataclass(frozen=True, slots=True)
class Detection:
    """A technique seen in a reply. `rule`: the id of what proposed it (`apology.for_what`). `reason`: why it is partial or
    rejected, an id of REASONS ("" when credited). `cause`: the span that rejected or cancelled it, if there is one."""

    technique: str
    outcome: Outcome
    start: int
    end: int
    rule: str
    reason: str = ""
    cause: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A fact of the scenario that the reply states (`asked` False) or asks for (`asked` True)."""

    fact: str
    start: int
    end: int
    asked: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A remedy offered. `card`: the authority card it falls under ("" if none). `kind`: compensation kind of TRM3R0182v2 註5.
    `amount`: whole units of the card, None if none was said. `within`: allowed by the limits as they stood."""

    kind: str
    card: str
    amount: int | None
    within: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found in one reply. `by_name`: where the customer is called by name. `repeats`: the 0-based index in
    Situation.earlier of the reply it nearly repeats. `stuffed`: hardly more than cue words, nothing is credited."""

    detections: tuple[Detection, ...]
    mentions: tuple[Mention, ...] = ()
    offers: tuple[Offer, ...] = ()
    by_name: tuple[int, int] | None = None
    repeats: int | None = None
    stuffed: bool = False

    @property
    def recognised(self) -> bool:
        """Whether anything at all was understood: a technique credited or partial, a fact, an offer, a fault."""
        return bool(self.mentions or self.offers) or any(d.outcome != "rejected" for d in self.detections)


@dataclass(frozen=True, slots=True, eq=False)
class FactCue:
    """How a fact is said and asked for, in the language of the reply. Equal to itself only: what is made ready from the thousands of words of
    a scenario is kept by its cues, and comparing words at every reply would take longer than most of the reply."""

    id: str
    words: tuple[str, ...]
    ask_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuthorityCue:
    """A remedy and the limit that applies now: -1 no amount and allowed, 0 not allowed now, n up to n units."""

    id: str
    kind: str
    words: tuple[str, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class Situation:
    """What the program knows when a reply comes in. Without a scenario everything but `customer_line` is empty.
    `side_channel`: it is not the customer who is spoken to. `expected`: techniques the scenario looks for at this moment."""

    customer_line: str = ""
    facts: tuple[FactCue, ...] = ()
    authority: tuple[AuthorityCue, ...] = ()
    names: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    in_scenario: bool = False
    side_channel: bool = False
    expected: frozenset[str] = frozenset()


NOWHERE = Situation()
