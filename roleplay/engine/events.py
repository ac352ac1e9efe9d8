"""Commands (what somebody wants) and facts (what happened) of a session.

Owns their shape. A session is its list of facts and nothing else; `session.evolve` folds them. Facts carry results, not
recipes: a fold needs neither the pack nor the detector, so a transcript still makes sense when both have changed.
Every time is a UTC instant in whole milliseconds since 1970, given by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from roleplay.engine.detection.model import Analysis
from roleplay.scenarios.model import Channel, Language, Outcome

Mode = Literal["practice", "assessment"]
Hints = Literal["always", "on_request", "off"]
RatingWord = Literal["met", "partly", "not_met", "not_observed"]
MovedBy = Literal["state", "anywhere", "unrecognised", "party", "wait"]
Speaker = Literal["customer", "trainee", "narration", "party", "clock"]

CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the dialogue. `speaker` "party" carries the party's id in `who`."""

    speaker: Speaker
    text: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a condition held: a span of the reply (start, end), and what it is: a technique, fact, offer or name."""

    what: Literal["technique", "fact", "ask", "offer", "name"]
    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Missing:
    """What a condition still wanted. `what`: the kind of leaf; `ids`: what would have satisfied it."""

    what: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """How one opportunity was taken in this turn. `rule`: which condition decided (met, partly, spoiled, missed, open).
    `open`: the opportunity stays for the next reply."""

    opportunity: str
    indicators: tuple[str, ...]
    word: RatingWord
    rule: str
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Missing, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """One piece of feedback, as data: words for it are chosen where it is shown. `kind`: strength or next_step.
    `code`: what it is about (credited, met, harm, rejected, partial, missing, nothing, repeated, over_limit …)."""

    kind: Literal["strength", "next_step"]
    code: str
    technique: str = ""
    opportunity: str = ""
    reason: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """What a turn did to the scene. `mood`, `trust`, `clock`: the values after it. `rules`: ids of the mood rules that moved
    them, with their points. `branch`: index of the branch taken among those `by` names. `used`: keys of the lines said, so that
    the next use of a line goes on to its next wording."""

    state: str
    mood: int
    trust: int
    clock: int
    by: MovedBy
    branch: int
    rules: tuple[tuple[str, int, int], ...] = ()
    revealed: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Pins:
    """All that could change a score, fixed when the session starts."""

    app: str
    pack: str
    pack_version: str
    pack_fingerprint: str
    scenario: str
    detector: str
    techniques_hash: str
    standards: tuple[str, ...]
    libraries: tuple[str, ...]


# ---------------------------------------------------------------- commands


@dataclass(frozen=True, slots=True)
class SubmitReply:
    """`to`: CUSTOMER or a party's id. `turn_id`: made by the client, unique, so that a doubled send is seen."""

    text: str
    at: int
    turn_id: str
    to: str = CUSTOMER


@dataclass(frozen=True, slots=True)
class RetryTurn:
    """Take back the last reply of the trainee that still stands and play it again from the same state."""

    at: int


@dataclass(frozen=True, slots=True)
class LetTimePass:
    at: int


@dataclass(frozen=True, slots=True)
class AskHint:
    at: int


@dataclass(frozen=True, slots=True)
class FillForm:
    """Hand in a form of the work after the talk. `texts`: (field, what was written)."""

    form: str
    texts: tuple[tuple[str, str], ...]
    at: int


@dataclass(frozen=True, slots=True)
class LeaveSession:
    """The trainee stops before the end."""

    at: int


Command = SubmitReply | RetryTurn | LetTimePass | AskHint | FillForm | LeaveSession


# ---------------------------------------------------------------- facts


@dataclass(frozen=True, slots=True)
class SessionStarted:
    session: str
    at: int
    language: Language
    mode: Mode
    hints: Hints
    trainee: str
    title: str
    channel: Channel
    customer: str
    pins: Pins
    state: str
    mood: int
    trust: int
    known: tuple[str, ...]
    lines: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class TurnTaken:
    """`number`: 1-based count of standing replies; a retried turn has the same number and a higher `attempt`."""

    turn_id: str
    number: int
    attempt: int
    at: int
    to: str
    text: str
    analysis: Analysis
    ratings: tuple[Rating, ...]
    notes: tuple[Note, ...]
    move: Move
    lines: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class TurnRetried:
    """The turn `turn_id` no longer counts; it stays in the record."""

    turn_id: str
    at: int


@dataclass(frozen=True, slots=True)
class TimePassed:
    at: int
    move: Move
    lines: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class HintShown:
    at: int
    opportunity: str


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """`outcome` None: left before the end."""

    at: int
    outcome: Outcome | None
    lines: tuple[Said, ...] = ()


FindingCode = Literal["promise_missing", "figure_unknown", "others_data", "empty"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with what was written in a field, whatever it was meant to show. Offsets into the field or, where `number` is not 0,
    into the reply of that turn: the promise that was left out. 0 and 0 where it is about nothing that was written."""

    code: FindingCode
    number: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class FieldFilled:
    """One field of a form as handed in. `attempt`: 1-based, the same for all fields handed in together; the last counts."""

    form: str
    field: str
    attempt: int
    at: int
    text: str
    analysis: Analysis
    ratings: tuple[Rating, ...]
    findings: tuple[Finding, ...]


Fact = SessionStarted | TurnTaken | TurnRetried | TimePassed | HintShown | FieldFilled | SessionEnded
