"""The form of an entry in the table of problems.

Owns what every numbered problem must have. Refuses to know any of them: they stand in the codes_ modules, by group, and
`problems` joins them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
SampleFile = Literal["pack", "scenario", "rehearsal", "replies", "other", "other_scenario"]


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said about a problem in one language. `message`, `remedy`: sentences without their full stop, with
    places for the arguments of the problem. `why`: one or two sentences on why it matters."""

    title: str
    message: str
    remedy: str
    why: str


@dataclass(frozen=True, slots=True)
class Example:
    """A change to the sample pack that brings the problem about: in `file`, the first `old` becomes `new`, and what
    stands between it and `until` goes. `old` "": the whole file becomes `new`, and nothing leaves it out. `other`,
    `other_scenario`: files that are not in the sample."""

    old: str
    new: str
    file: SampleFile = "scenario"
    until: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A numbered problem. `severity` "error": the scenario cannot be played."""

    number: str
    severity: Severity
    zh: Wording
    en: Wording
    example: Example


def error(number: str, zh: Wording, en: Wording, example: Example) -> Code:
    return Code(number, "error", zh, en, example)


def warning(number: str, zh: Wording, en: Wording, example: Example) -> Code:
    return Code(number, "warning", zh, en, example)
