"""The trained weights: from the features of a sentence to a score for every technique.

Owns the arithmetic, in integers: the same reply scores the same on every machine. A sentence's score is a sum of weights; what a reply's
techniques say for each other (dependence) is added to it. Refuses to know how the weights were trained
(roleplay.training) and what becomes of a score (judging).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add, lshift

SCALE = 1024
"""A score of 1024 is one unit of log-odds."""
NEVER = 1 << 30
"""A threshold no score reaches: the technique is not credited on the weights' word alone."""
WEIGHT_AT_MOST = (1 << 15) - 1
"""Weights are cut to this, so that no sum of a reply's features leaves its lane."""
LINE_AT_MOST = 3 * SCALE
"""How far the customer's line alone can move a score: a long line has many words, and a goodbye after it is still one."""
KNEE = 2 * SCALE
"""How far below and above nought a score still says something new of the other techniques."""
_BITS = 32
_UP = 1 << _BITS - 1


@dataclass(frozen=True, slots=True)
class Band:
    """From what score a technique is credited on the weights' word alone, from what score when a rule credits it too, and from what
    score it is partial."""

    credited: int
    backed: int
    partial: int


@dataclass(frozen=True, slots=True)
class Dependence:
    """What the scores of a reply's techniques say for each other. `below`, `above`: for each technique what a unit of its score says for
    every other, between -KNEE and nought and between nought and KNEE. Empty: nothing."""

    bias: tuple[int, ...] = ()
    below: tuple[tuple[int, ...], ...] = ()
    above: tuple[tuple[int, ...], ...] = ()

    @classmethod
    def from_json(cls, raw: Mapping[str, list[list[int]]], techniques: Sequence[str]) -> Dependence:
        """`raw`: as it stands in a weights file."""
        rows = [raw[technique] for technique in techniques]
        (bias,) = raw["bias"]
        return cls(tuple(bias), tuple(tuple(below) for below, _ in rows), tuple(tuple(above) for _, above in rows))

    def said(self, scores: Sequence[int]) -> list[int]:
        """What is to be added to the score of each technique, in the order of the techniques."""
        total = [bias * SCALE for bias in self.bias] or [0] * len(scores)
        for factor, row in self._heard(scores):
            total = [sum_ + factor * weight for sum_, weight in zip(total, row, strict=True)]
        return [sum_ // SCALE for sum_ in total]

    def because(self, scores: Sequence[int], techniques: Sequence[str], technique: int) -> list[tuple[str, int]]:
        """What every other technique says for technique number `technique`."""
        said: dict[str, int] = {}
        for number, name in enumerate(techniques[: len(self.below)]):
            below, above = _ramps(scores[number])
            said[name] = (below * self.below[number][technique] + above * self.above[number][technique]) // SCALE
        return [(name, weight) for name, weight in said.items() if weight]

    def _heard(self, scores: Sequence[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
        for score, *rows in zip(scores, self.below, self.above, strict=False):
            for factor, row in zip(_ramps(score), rows, strict=True):
                if factor:
                    yield factor, row


def _ramps(score: int) -> tuple[int, int]:
    return max(-KNEE, min(0, score)) + KNEE, max(0, min(KNEE, score))


NO_DEPENDENCE = Dependence()


@dataclass(frozen=True, slots=True)
class Table:
    """What every feature says for the techniques, most of them nothing for most. Row n: technique and weight at each place from starts[n - 1]
    to starts[n]."""

    starts: Sequence[int]
    techniques: Sequence[int]
    weights: Sequence[int]

    def row(self, number: int) -> tuple[Sequence[int], Sequence[int]]:
        """The numbers of the techniques that feature `number` says anything for, and its weight for each."""
        where = slice(self.starts[number - 1], self.starts[number])
        return self.techniques[where], self.weights[where]

    def weight(self, number: int, technique: int) -> int:
        """What feature `number` says for technique number `technique`; 0 if nothing."""
        return dict(zip(*self.row(number), strict=True)).get(technique, 0)


class Weights:
    """The weights of one language. `numbers`: the number of every feature, from 1. `rows`: what a feature says in a sentence; `whole`: what it
    says anywhere in the reply. The score of a sentence is the sum of both: the sentence tells where, the reply how likely."""

    def __init__(
        self,
        techniques: tuple[str, ...],
        bias: tuple[int, ...],
        bands: tuple[Band, ...],
        numbers: Mapping[str, int],
        rows: Table,
        whole: Table,
        dependence: Dependence = NO_DEPENDENCE,
    ) -> None:
        self.techniques, self.bias, self.bands, self.dependence = techniques, bias, bands, dependence
        self._numbers, self._rows, self._whole = numbers, rows, whole
        self.number: Callable[[str], int | None] = numbers.get
        """The number of a feature, None if it says nothing. The mapping's own, for it is asked for everything in a reply."""
        self._lanes = _Lanes(len(techniques))
        self._from_bias, self._from_nought = self._lanes.lowered_to(bias), self._lanes.lowered_to([0] * len(bias))
        self._summed, self._summed_whole = _Summed(rows, self._lanes), _Summed(whole, self._lanes)

    def numbers(self, features: Iterable[str]) -> list[int]:
        """The numbers of those of `features` that say anything."""
        return list(filter(None, map(self._numbers.get, features)))

    def scores(self, features: Collection[int], already: int = 0) -> list[int]:
        """The score of every technique, in the order of `techniques`. `features`: their numbers, each once. `already`: the sum of what was
        seen before."""
        return self._lanes.read(self.sum(features) + already, self._from_bias)

    def sum(self, features: Collection[int]) -> int:
        """What `features` of a sentence say, added up: one long number with a lane for each technique."""
        return self._summed.sum(features)

    def sum_of_reply(self, features: Collection[int]) -> int:
        """What `features` of the whole reply say, each counted once, added up."""
        return self._summed_whole.sum(features)

    def of_line(self, features: Iterable[str]) -> list[int]:
        """What `features` of the customer's line say for every technique, LINE_AT_MOST either way."""
        numbers = self.numbers(features)
        said = self._lanes.read(self.sum(numbers) + self.sum_of_reply(numbers), self._from_nought)
        return [max(-LINE_AT_MOST, min(LINE_AT_MOST, score)) for score in said]

    def weight(self, feature: str, technique: int) -> int:
        """What `feature` says for technique number `technique`, in its sentence and in the reply; 0 if nothing."""
        number = self._numbers.get(feature)
        if number is None:
            return 0
        return self._rows.weight(number, technique) + self._whole.weight(number, technique)

    def because(self, features: Iterable[str], technique: int) -> list[tuple[str, int]]:
        """The features that speak for or against technique number `technique`, the weightiest first."""
        found = [(feature, weight) for feature in features if (weight := self.weight(feature, technique))]
        return sorted(found, key=lambda pair: (-abs(pair[1]), pair[0]))


class _Summed:
    """A table with each row as one long number, made when it is first asked for: adding it is then one operation. Kept in a list, not a dict:
    what a long reply waits for is memory, and a list is one step shorter."""

    def __init__(self, table: Table, lanes: _Lanes) -> None:
        self._table, self._lanes = table, lanes
        self._made: list[int | None] = [None] * len(table.starts)

    def sum(self, numbers: Collection[int]) -> int:
        """The rows of the features `numbers`, added up."""
        try:
            return sum(map(self._made.__getitem__, numbers))  # type: ignore[arg-type]
        except TypeError:  # a row that nobody has asked for
            for number in numbers:
                if self._made[number] is None:
                    self._made[number] = self._lanes.write(*self._table.row(number))
            return self.sum(numbers)


class _Lanes:
    """Numbers side by side in one long number, which are added all at once. Those below nought borrow from the lane above them, so all are
    raised before they are read."""

    def __init__(self, count: int) -> None:
        self._struct = struct.Struct(f"<{count}I")
        self._raised = int.from_bytes(self._struct.pack(*[_UP] * count), "little")
        self._places = range(0, count * _BITS, _BITS)

    def write(self, lanes: Iterable[int], numbers: Iterable[int]) -> int:
        """One of `numbers` in each of `lanes`."""
        return sum(map(lshift, numbers, map(self._places.__getitem__, lanes)))

    def lowered_to(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """What `read` adds to raised lanes, so that each counts from one of `numbers`."""
        return tuple(number - _UP for number in numbers)

    def read(self, total: int, lowered: Sequence[int]) -> list[int]:
        """The numbers in the lanes of `total`, counted from what `lowered` was made of."""
        return list(
            map(add, lowered, self._struct.unpack((total + self._raised).to_bytes(self._struct.size, "little")))
        )
