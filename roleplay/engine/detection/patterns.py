"""Proposes techniques by slot patterns, and rejects those that stand in a frame.

Owns the matching of the rules. Refuses to know what a whole turn makes of the candidates (resolve).
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from roleplay.engine.detection.candidates import Candidate, Proposer, Seen
from roleplay.engine.detection.frames import framed
from roleplay.engine.detection.reading_reply import Reading
from roleplay.engine.detection.techniques import Ready, TechniqueSet
from roleplay.scenarios.model import Language

_MATCHES_AT_MOST = 12


def pattern_proposer(techniques: TechniqueSet) -> Proposer:
    """Proposes what the patterns of `techniques` see, accepted or rejected. A reply may mix languages: each script it has letters of
    is tried."""
    anchored: dict[Language, _Anchored] = {}

    def propose(reading: Reading, seen: Seen) -> list[Candidate]:
        found: list[Candidate] = []
        for language in reading.scripts:
            patterns = techniques.ready(language)
            if language not in anchored:
                anchored[language] = _Anchored(patterns)
            places = _places(reading, anchored[language])
            for number, ready in enumerate(patterns):
                for part in places[(ready.pattern.scope, ready.pattern.only)]:
                    if number in part.possible and ready.match.search(part.text):
                        found.extend(_matches(ready, reading, part))
        return found

    return propose


class _Anchored:
    """Which patterns can match where: those with one of their anchors there, and those without any. To look for a pattern costs far more
    than to look for its anchors, and most sentences hold few."""

    def __init__(self, patterns: Sequence[Ready]) -> None:
        by_anchor: dict[str, set[int]] = {}
        for number, ready in enumerate(patterns):
            for anchor in ready.pattern.anchors or ("",):
                by_anchor.setdefault(anchor, set()).add(number)
        self._everywhere = frozenset(by_anchor.pop("", ()))
        self._by_anchor = by_anchor
        sizes: dict[str, set[int]] = {}
        for anchor in by_anchor:
            sizes.setdefault(anchor[0], set()).add(len(anchor))
        self._sizes = {first: tuple(sorted(of_first)) for first, of_first in sizes.items()}

    def places(self, text: str) -> list[tuple[int, set[int]]]:
        """Where anchors begin in `text`, in order, and the numbers of the patterns they belong to."""
        by_anchor, sizes = self._by_anchor, self._sizes
        found = []
        for at, first in enumerate(text):
            for size in sizes.get(first, ()):
                numbers = by_anchor.get(text[at : at + size])
                if numbers is not None:
                    found.append((at, numbers))
        return found

    def possible(self, places: Sequence[tuple[int, set[int]]], start: int, end: int) -> set[int]:
        """The numbers of the patterns that can match in [start, end)."""
        found = set(self._everywhere)
        for _, numbers in places[bisect_left(places, start, key=_place) : bisect_left(places, end, key=_place)]:
            found |= numbers
        return found


_place = itemgetter(0)


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the reply that a pattern looks at, where it begins, and the numbers of the patterns that can match in it."""

    text: str
    start: int
    possible: set[int]


def _places(reading: Reading, anchored: _Anchored) -> dict[tuple[str, str], list[_Part]]:
    """The pieces for every scope and every demand on their form."""
    text = reading.text
    places = anchored.places(text)

    def part(start: int, end: int) -> _Part:
        return _Part(text[start:end], start, anchored.possible(places, start, end))

    whole = [part(0, len(text))]
    found = {("turn", only): whole for only in ("", "ask", "tell")}
    asked = list(zip(reading.sentences, reading.asking, strict=True))
    sentences = [(part(s.start, s.end), asks) for s, asks in asked]
    clauses = [(part(c.start, c.end), asks) for s, asks in asked for c in s.clauses]
    for scope, parts in (("sentence", sentences), ("clause", clauses)):
        found[scope, ""] = [one for one, _ in parts]
        found[scope, "ask"] = [one for one, asks in parts if asks]
        found[scope, "tell"] = [one for one, asks in parts if not asks]
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
