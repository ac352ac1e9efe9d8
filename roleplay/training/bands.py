"""From what score on a technique is credited, and from what score it is partial.

Owns the thresholds. Scores come from weights that do not know the author of the reply they score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roleplay.engine.detection.linear import NEVER, SCALE
from roleplay.standards.codebook import FAMILY_OF, TECHNIQUES
from roleplay.training.cases import Case

WORTH = 0.4
"""What is found raises F1 as long as it is right more often than half the F1 that is reached. A little more is asked: in situations that
occur in no training part fewer finds are right than in those the bands are measured in (measured on the tune part)."""
WORTH_OF = {"reflection": 0.34, "empathy": 0.34}
"""The same for families that are worded most freely: in talk unlike the corpus they would otherwise hardly be found."""
SEEN_AT_LEAST = 3
"""Of what was labelled less often nothing can be learnt."""
_DRAWN = 20
"""How many replies the common threshold counts for."""
_RIGHT_AT_LEAST = 8
"""A precision measured on fewer right ones says nothing."""


def bands(scores: Sequence[Sequence[int]], found: Sequence[Case], precision: float) -> list[list[int]]:
    """For each technique [credited from, credited from where a rule credits too, partial from]. `scores`: of each of `found` those of all
    techniques. Credited: above it `precision` of what is found is right. Partial: what is worth most, drawn towards the threshold that
    is worth most for all techniques together, the fewer replies it rests on."""
    done = [[t in case.labels for t in TECHNIQUES] for case in found]
    every = [s for row in scores for s in row], [d for row in done for d in row]
    commons = {worth: _worth_it(*every, worth) for worth in (WORTH, *WORTH_OF.values())}
    made = []
    for k, technique in enumerate(TECHNIQUES):
        worth = WORTH_OF.get(FAMILY_OF[technique], WORTH)
        credits = f"r:{technique}:credited"
        backed = [any(credits in s.features for s in case.sentences) for case in found]
        made.append(
            _band([row[k] for row in scores], [row[k] for row in done], backed, commons[worth], worth, precision)
        )
    return made


def _band(
    scores: Sequence[int], done: Sequence[bool], backed: Sequence[bool], common: int, worth: float, precision: float
) -> list[int]:
    count = sum(done)
    if count < SEEN_AT_LEAST:
        return [NEVER, NEVER, NEVER]
    partial = (_worth_it(scores, done, worth) * count + common * _DRAWN) // (count + _DRAWN)
    credited = _precise(scores, done, precision)
    rows = [k for k, with_rule in enumerate(backed) if with_rule]
    with_rule = _precise([scores[k] for k in rows], [done[k] for k in rows], precision)
    return [max(credited, partial), max(min(with_rule, credited), partial), partial]


def _ranked(scores: Sequence[int], done: Sequence[bool]) -> Iterator[tuple[int, int, int]]:
    """(threshold, how many lie above it, how many of them are right), from the highest down. A threshold lies midway between the
    scores it parts."""
    right = 0
    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    for rank, index in enumerate(order, 1):
        right += done[index]
        below = scores[order[rank]] if rank < len(order) else scores[index] - 1
        if below != scores[index]:
            yield (scores[index] + below + 1) // 2, rank, right


def _precise(scores: Sequence[int], done: Sequence[bool], precision: float) -> int:
    """The lowest threshold above which enough is right; NEVER if there is none."""
    fit = [t for t, rank, right in _ranked(scores, done) if right >= _RIGHT_AT_LEAST and right >= precision * rank]
    return min(fit, default=NEVER)


def _worth_it(scores: Sequence[int], done: Sequence[bool], worth: float) -> int:
    """The threshold above which most is gained, when a wrong one costs `worth` of a right one."""
    best = max(_ranked(scores, done), key=lambda row: (row[2] - worth * row[1], row[0]))
    return best[0] if best[2] > worth * best[1] else max(scores) + SCALE // 2
