"""How well what was found fits what was labelled: precision, recall, F1 with intervals, agreement, bait.

Owns the arithmetic. Refuses to know a detector. Intervals are 95 % bootstrap intervals over authors' replies, drawn with a fixed
seed, so that the same figures come out again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from roleplay.standards.codebook import FAMILY_OF

Labels = frozenset[str]
_DRAWS, _SEED = 200, 20


@dataclass(frozen=True, slots=True)
class Fit:
    """`right`: found and labelled. `found`, `labelled`: how often in all."""

    right: int
    found: int
    labelled: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing was found or labelled."""
        return 2 * self.right / (self.found + self.labelled) if self.found + self.labelled else 0.0


Pair = tuple[Labels, Labels]
"""What was labelled in a reply, what was found."""


def families(labels: Iterable[str]) -> Labels:
    """The families of some techniques."""
    return frozenset(FAMILY_OF[label] for label in labels)


def by_family(pairs: Iterable[Pair]) -> list[Pair]:
    return [(families(labelled), families(found)) for labelled, found in pairs]


def fit(pairs: Iterable[Pair]) -> Fit:
    """Micro-averaged over every label of every reply."""
    right = found = labelled = 0
    for gold, seen in pairs:
        right, found, labelled = right + len(gold & seen), found + len(seen), labelled + len(gold)
    return Fit(right, found, labelled)


def fit_each(pairs: Sequence[Pair]) -> Mapping[str, Fit]:
    """Label -> its fit, for every label that occurs, sorted."""
    names = sorted({name for gold, seen in pairs for name in gold | seen})
    return {name: fit((gold & {name}, seen & {name}) for gold, seen in pairs) for name in names}


def interval(pairs: Sequence[Pair], figure: Callable[[Sequence[Pair]], float]) -> tuple[float, float]:
    """The 95 % bootstrap interval of `figure`."""
    draw = random.Random(_SEED)
    drawn = sorted(figure(draw.choices(pairs, k=len(pairs))) for _ in range(_DRAWS))
    return drawn[_DRAWS // 40], drawn[-1 - _DRAWS // 40]


def micro_f1(pairs: Sequence[Pair]) -> float:
    return fit(pairs).f1


def kappa(pairs: Sequence[Pair], name: str) -> float:
    """Cohen's kappa of two labellings for one label; 1 where both never use it."""
    both = sum(name in a and name in b for a, b in pairs)
    one, other = sum(name in a for a, _ in pairs), sum(name in b for _, b in pairs)
    count = len(pairs)
    observed = (count - one - other + 2 * both) / count
    expected = (one * other + (count - one) * (count - other)) / count**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)
