"""Measures a detector on the corpus: what it finds against what is labelled, bait, and what more examples would bring.

Owns the run over examples. Refuses to print.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from roleplay.engine.detection.detector import Detector
from roleplay.engine.detection.model import Situation
from roleplay.training.corpus import Example
from roleplay.training.measuring import Fit, Labels, Pair, by_family, fit, fit_each, interval, micro_f1


@dataclass(frozen=True, slots=True)
class Seen:
    """What a detector makes of one example. `found`: in whole or in part; `credited`: in whole."""

    example: Example
    found: Labels
    credited: Labels


@dataclass(frozen=True, slots=True)
class Measured:
    """`bait`, `bait_taken`: labels that a hasty reader would give, and how many of them were found (in whole: `bait_credited`)."""

    replies: int
    authors: tuple[str, ...]
    micro: Fit
    micro_between: tuple[float, float]
    family: Fit
    family_between: tuple[float, float]
    each: Mapping[str, Fit]
    each_family: Mapping[str, Fit]
    credited: Mapping[str, Fit]
    bait: int
    bait_taken: int
    bait_credited: int


def look(examples: Sequence[Example], detector: Detector) -> list[Seen]:
    """What `detector` finds in each example, told the customer's line and nothing else."""
    seen = []
    for example in examples:
        analysis = detector.analyse(example.text, example.language, Situation(customer_line=example.customer))
        seen.append(
            Seen(
                example,
                frozenset(d.technique for d in analysis.detections if d.outcome != "rejected"),
                frozenset(d.technique for d in analysis.detections if d.outcome == "credited"),
            )
        )
    return seen


def measure(seen: Sequence[Seen]) -> Measured:
    """The figures of `seen`. ValueError if there is nothing to measure."""
    if not seen:
        raise ValueError("there is nothing to measure")
    pairs: list[Pair] = [(s.example.labels, s.found) for s in seen]
    kin = by_family(pairs)
    bait = [(s, technique) for s in seen for technique in s.example.not_these]
    return Measured(
        replies=len(seen),
        authors=tuple(sorted({s.example.author for s in seen})),
        micro=fit(pairs),
        micro_between=interval(pairs, micro_f1),
        family=fit(kin),
        family_between=interval(kin, micro_f1),
        each=fit_each(pairs),
        each_family=fit_each(kin),
        credited=fit_each([(s.example.labels, s.credited) for s in seen]),
        bait=len(bait),
        bait_taken=sum(technique in s.found for s, technique in bait),
        bait_credited=sum(technique in s.credited for s, technique in bait),
    )


def folds(examples: Sequence[Example], count: int) -> list[tuple[str, ...]]:
    """The authors in `count` groups, by name, none of them empty."""
    authors = sorted({e.author for e in examples})
    return [tuple(authors[k::count]) for k in range(min(count, len(authors)))]


def learning_curve(
    train: Sequence[Example],
    held: Sequence[Example],
    trained: Callable[[Sequence[Example]], Detector],
    steps: Sequence[int],
) -> list[tuple[int, int, Fit, Fit]]:
    """(authors, replies, micro fit, family fit) on `held` for detectors trained on the first 1/n of the authors, n in `steps`.
    Authors are taken whole, by name."""
    authors = sorted({e.author for e in train})
    curve = []
    for step in steps:
        some = set(authors[::step])
        used = [e for e in train if e.author in some]
        pairs: list[Pair] = [(s.example.labels, s.found) for s in look(held, trained(used))]
        curve.append((len(some), len(used), fit(pairs), fit(by_family(pairs))))
    return curve
