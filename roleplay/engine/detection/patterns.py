"""Proposes techniques by slot patterns, and rejects those that stand in a frame.

Owns the matching of the rules. Refuses to know what a whole turn makes of the candidates (resolve).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from roleplay.engine.detection.candidates import Candidate, Proposer, Seen
from roleplay.engine.detection.frames import framed
from roleplay.engine.detection.reading_reply import Reading
from roleplay.engine.detection.techniques import Ready, TechniqueSet

_MATCHES_AT_MOST = 12


def pattern_proposer(techniques: TechniqueSet) -> Proposer:
    """Proposes what the patterns of `techniques` see, accepted or rejected. A reply may mix languages: each script it has letters of
    is tried."""

    def propose(reading: Reading, seen: Seen) -> list[Candidate]:
        places = _places(reading)
        found: list[Candidate] = []
        for language in reading.scripts:
            for ready in techniques.ready(language):
                for part in places[(ready.pattern.scope, ready.pattern.only)]:
                    if ready.match.search(part.text):
                        found.extend(_matches(ready, reading, part))
        return found

    return propose


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the reply that a pattern looks at, and where it begins."""

    text: str
    start: int


def _places(reading: Reading) -> dict[tuple[str, str], list[_Part]]:
    """The pieces for every scope and every demand on their form."""
    whole = [_Part(reading.text, 0)]
    found = {("turn", only): whole for only in ("", "ask", "tell")}
    for only in ("", "ask", "tell"):
        fitting = [
            s for s, asks in zip(reading.sentences, reading.asking, strict=True) if not only or asks == (only == "ask")
        ]
        found["sentence", only] = [_Part(reading.text[s.start : s.end], s.start) for s in fitting]
        found["clause", only] = [_Part(reading.text[c.start : c.end], c.start) for s in fitting for c in s.clauses]
    return found


def _matches(ready: Ready, reading: Reading, part: _Part) -> Iterator[Candidate]:
    text, pattern, technique = reading.text, ready.pattern, ready.technique
    if ready.unless is not None and ready.unless.search(part.text):
        return
    for match in itertools.islice(ready.match.finditer(part.text), _MATCHES_AT_MOST):
        if match.start() == match.end():
            return
        at, to = part.start + match.start(), _word_end(text, part.start + match.end(), part.start + len(part.text))
        rule = f"{technique.id}.{pattern.id}"
        if pattern.reject:
            yield Candidate(technique.id, "rejected", at, to, rule, pattern.reject, known_not=True)
            continue
        _, whole, clause = reading.place(at)
        frame = framed(technique.frames, text, whole, clause, at, to)
        if frame is not None:
            yield Candidate(technique.id, "rejected", at, to, rule, frame.reason, frame.cause)
        elif pattern.partial:
            yield Candidate(technique.id, "partial", at, to, rule, pattern.partial)
        else:
            yield Candidate(technique.id, "credited", at, to, rule)


def _word_end(text: str, at: int, limit: int) -> int:
    """`at`, or the end of the Latin word it would cut."""
    while at < limit and _latin(text[at - 1]) and _latin(text[at]):
        at += 1
    return at


def _latin(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "'")
