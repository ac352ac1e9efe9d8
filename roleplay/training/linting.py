"""What is weak in the techniques: rules that misfire, techniques that are taken for each other, thin coverage.

Owns the findings as rows. Refuses to print.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roleplay.engine.detection.detector import Detector
from roleplay.engine.detection.model import Situation
from roleplay.scenarios.model import LANGUAGES, Language
from roleplay.standards.codebook import FAMILY_OF
from roleplay.training.corpus import Example

REPLIES_WANTED, AUTHORS_WANTED = 30, 5
_MATCHES_TO_JUDGE, _OVERLAP_FROM = 4, 5


@dataclass(frozen=True, slots=True)
class Finding:
    """`kind`: broken (an example of its own does not hold), thin (few labelled replies), idle (a pattern matches nothing), loose (a
    pattern is wrong more often than right), overlap (found where another technique is labelled). `count`: how often. `about`: the
    example, the pattern or the other technique."""

    technique: str
    language: Language
    kind: str
    count: int
    about: str


def lint(detector: Detector, corpus: Sequence[Example]) -> list[Finding]:
    """Every finding, by technique, language and kind."""
    found = [*_broken(detector)]
    for language in LANGUAGES:
        examples = [e for e in corpus if e.language == language]
        found += [*_thin(language, examples), *_patterns(detector, language, examples)]
    return sorted(found, key=lambda f: (f.technique, f.language, f.kind, -f.count, f.about))


def _broken(detector: Detector) -> Iterator[Finding]:
    for technique in detector.techniques.techniques:
        for language in LANGUAGES:
            for example in technique.examples.get(language, ()):
                analysis = detector.analyse(example.text, language, Situation(customer_line=example.context))
                there = any(d.technique == technique.id and d.outcome != "rejected" for d in analysis.detections)
                if there == bool(example.reason):
                    yield Finding(technique.id, language, "broken", 1, example.text)


def _thin(language: Language, examples: Sequence[Example]) -> Iterator[Finding]:
    for technique in FAMILY_OF:
        mine = [e for e in examples if technique in e.techniques]
        if len(mine) < REPLIES_WANTED or len({e.author for e in mine}) < AUTHORS_WANTED:
            yield Finding(technique, language, "thin", len(mine), f"{len({e.author for e in mine})}")


def _patterns(detector: Detector, language: Language, examples: Sequence[Example]) -> Iterator[Finding]:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    taken: Counter[tuple[str, str]] = Counter()
    for example in examples:
        situation = Situation(customer_line=example.customer)
        for candidate in detector.proposed(example.text, situation):
            if candidate.outcome != "rejected":
                (right if candidate.technique in example.techniques else wrong)[candidate.rule] += 1
        analysis = detector.analyse(example.text, language, situation)
        seen = {d.technique for d in analysis.detections if d.outcome != "rejected"}
        for technique in seen - example.labels:
            taken.update((technique, other) for other in example.labels - seen)
    for owner in detector.techniques.techniques:
        for pattern in owner.patterns.get(language, ()):
            rule = f"{owner.id}.{pattern.id}"
            if pattern.reject:
                continue
            if not right[rule] + wrong[rule]:
                yield Finding(owner.id, language, "idle", 0, pattern.id)
            elif wrong[rule] > right[rule] and right[rule] + wrong[rule] >= _MATCHES_TO_JUDGE:
                yield Finding(owner.id, language, "loose", wrong[rule], f"{pattern.id} ({right[rule]}:{wrong[rule]})")
    for (technique, other), count in taken.items():
        if count >= _OVERLAP_FROM:
            yield Finding(technique, language, "overlap", count, other)
