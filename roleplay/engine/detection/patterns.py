"""Proposes techniques by slot patterns, and rejects those that stand in a frame.

Owns the matching of the rules. Refuses to know what a whole turn makes of the candidates (resolve).
"""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.engine.detection.candidates import Candidate, Proposer, Seen
from roleplay.engine.detection.frames import framed
from roleplay.engine.detection.reading_reply import Reading
from roleplay.engine.detection.segment import Sentence
from roleplay.engine.detection.techniques import Ready, TechniqueSet

_MATCHES_AT_MOST = 12


def pattern_proposer(techniques: TechniqueSet) -> Proposer:
    """Proposes what the patterns of `techniques` see, accepted or rejected. A reply may mix languages: each script it has letters of
    is tried."""

    def propose(reading: Reading, seen: Seen) -> list[Candidate]:
        found: list[Candidate] = []
        for language in reading.scripts:
            for ready in techniques.ready(language):
                found.extend(_matches(ready, reading))
        return found

    return propose


def _matches(ready: Ready, reading: Reading) -> Iterator[Candidate]:
    if ready.pattern.scope == "turn":
        yield from _within(ready, reading, 0, len(reading.text), None, None)
        return
    for number, sentence in enumerate(reading.sentences):
        asks = reading.asking[number]
        if (ready.pattern.only == "ask" and not asks) or (ready.pattern.only == "tell" and asks):
            continue
        if ready.pattern.scope == "sentence":
            yield from _within(ready, reading, sentence.start, sentence.end, sentence, number)
        else:
            for clause in sentence.clauses:
                yield from _within(ready, reading, clause.start, clause.end, sentence, number)


def _within(
    ready: Ready, reading: Reading, start: int, end: int, sentence: Sentence | None, number: int | None
) -> Iterator[Candidate]:
    text, pattern, technique = reading.text, ready.pattern, ready.technique
    part = text[start:end]
    if ready.unless is not None and ready.unless.search(part):
        return
    for count, match in enumerate(ready.match.finditer(part)):
        if count == _MATCHES_AT_MOST or match.start() == match.end():
            return
        at, to = start + match.start(), _word_end(text, start + match.end(), end)
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
