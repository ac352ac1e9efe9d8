"""Proposes techniques by slot patterns, and rejects those that stand in a frame.

Owns the matching of the rules. Refuses to know what a whole turn makes of the candidates (resolve).
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add, or_

from roleplay.engine.detection.candidates import Candidate, Proposer, Seen
from roleplay.engine.detection.frames import framed
from roleplay.engine.detection.reading_reply import Reading
from roleplay.engine.detection.techniques import Ready, TechniqueSet
from roleplay.scenarios.model import Language

_MATCHES_AT_MOST = 12
_FORMS = ("", "ask", "tell")


def pattern_proposer(techniques: TechniqueSet) -> Proposer:
    """Proposes what the patterns of `techniques` see, accepted or rejected. A reply may mix languages: each script it has letters of
    is tried."""
    anchored: dict[Language, _Anchored] = {}

    def propose(reading: Reading, seen: Seen) -> list[Candidate]:
        found: list[Candidate] = []
        for language in reading.scripts:
            if language not in anchored:
                anchored[language] = _Anchored(techniques.ready(language))
            found.extend(anchored[language].matches(reading))
        return found

    return propose


class _Anchored:
    """Which patterns can match where: those with one of their anchors there, and those without any. To look for a pattern costs far more
    than to look for its anchors, and most sentences hold few. A set of patterns is a number with a bit for each."""

    def __init__(self, patterns: Sequence[Ready]) -> None:
        self._patterns = patterns
        self._everywhere = 0
        self._by_anchor: dict[str, int] = {}
        self._looking_at: dict[tuple[str, str], int] = {}
        for number, ready in enumerate(patterns):
            bit, demand = 1 << number, (ready.pattern.scope, ready.pattern.only)
            self._looking_at[demand] = self._looking_at.get(demand, 0) | bit
            for anchor in ready.pattern.anchors:
                self._by_anchor[anchor] = self._by_anchor.get(anchor, 0) | bit
            if not ready.pattern.anchors:
                self._everywhere |= bit
        self._of_clauses = reduce(or_, (self._looking_at.get(("clause", only), 0) for only in _FORMS))
        sizes: dict[str, set[int]] = {}
        for anchor in self._by_anchor:
            sizes.setdefault(anchor[:2], set()).add(len(anchor))
        self._sizes = {begin: tuple(sorted(of_begin)) for begin, of_begin in sizes.items()}

    def matches(self, reading: Reading) -> Iterator[Candidate]:
        """What the patterns see, pattern by pattern, each from front to back."""
        text, found = reading.text, list[tuple[int, int, str, int]]()
        for demand, start, end, possible in self._parts(reading):
            left = possible & self._looking_at.get(demand, 0)
            part = text[start:end] if left else ""
            while left:
                number = left.bit_length() - 1
                left ^= 1 << number
                first = self._patterns[number].match.search(part)
                if first is not None:
                    found.append((number, start, part, first.start()))
        for number, start, part, first_at in sorted(found):
            yield from _matches(self._patterns[number], reading, part, start, first_at)

    def _parts(self, reading: Reading) -> Iterator[tuple[tuple[str, str], int, int, int]]:
        """The pieces of the reply that patterns look at, by scope and by what they demand of the form: where each begins and ends, and which
        patterns can match in it."""
        everywhere = self._everywhere
        places = self._places(reading.text)
        turn = reduce(or_, (patterns for _, patterns in places), everywhere)
        for only in _FORMS:
            yield ("turn", only), 0, len(reading.text), turn
        for sentence, asks in zip(reading.sentences, reading.asking, strict=True):
            form, whole = "ask" if asks else "tell", everywhere
            for clause in sentence.clauses:
                possible = everywhere
                for at in range(bisect_left(places, (clause.start,)), bisect_left(places, (clause.end,))):
                    possible |= places[at][1]
                whole |= possible
                if possible & self._of_clauses:
                    for only in ("", form):
                        yield ("clause", only), clause.start, clause.end, possible
            if whole:
                for only in ("", form):
                    yield ("sentence", only), sentence.start, sentence.end, whole

    def _places(self, text: str) -> list[tuple[int, int]]:
        """Where anchors begin in `text`, in order, and the patterns they belong to."""
        by_anchor, found = self._by_anchor, []
        for begins in (text, list(map(add, text, text[1:]))):
            for at, sizes in enumerate(map(self._sizes.get, begins)):
                if sizes is not None:
                    for size in sizes:
                        patterns = by_anchor.get(text[at : at + size])
                        if patterns is not None:
                            found.append((at, patterns))
        return sorted(found)


def _matches(ready: Ready, reading: Reading, part: str, start: int, first_at: int) -> Iterator[Candidate]:
    """What a pattern sees in the piece `part` of the reply that begins at `start`; the first match begins at `first_at` of it."""
    text, pattern, technique = reading.text, ready.pattern, ready.technique
    if ready.unless is not None and ready.unless.search(part):
        return
    for match in itertools.islice(ready.match.finditer(part, first_at), _MATCHES_AT_MOST):
        if match.start() == match.end():
            return
        at, to = start + match.start(), _word_end(text, start + match.end(), start + len(part))
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
