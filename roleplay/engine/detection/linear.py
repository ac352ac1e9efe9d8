"""The trained weights: from the features of a sentence to a score for every technique.

Owns the arithmetic, in integers: the same reply scores the same on every machine. A sentence's score is a sum of weights; what a reply's
techniques say for each other (dependence) is added to it. Refuses to know how the weights were trained
(roleplay.training) and what becomes of a score (judging).
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

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
_LANE, _UP = 4, 1 << 15


@dataclass(frozen=True, slots=True)
class Band:
    """From what score a technique is credited on the weights' word alone, from what score when a rule credits it too, and from what
    score it is partial."""

    credited: int
    backed: int
    partial: int


Rows = Mapping[str, list[int]]
"""Feature -> (number of a technique, weight) pairs in one flat list."""


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


class Weights:
    """The weights of one language. `rows`: what a feature says in a sentence; `whole`: what it says anywhere in the reply. The score of a
    sentence is the sum of both: the sentence tells where, the reply how likely."""

    def __init__(
        self,
        techniques: tuple[str, ...],
        bias: tuple[int, ...],
        bands: tuple[Band, ...],
        rows: Rows,
        whole: Rows,
        dependence: Dependence = NO_DEPENDENCE,
    ) -> None:
        self.techniques, self.bias, self.bands, self.rows, self.whole = techniques, bias, bands, rows, whole
        self.dependence = dependence
        self._packed: dict[str, int] = {}
        self._packed_whole: dict[str, int] = {}
        self._lanes = struct.Struct(f"<{len(techniques)}I")

    @classmethod
    def from_json(cls, text: str) -> Weights:
        """The weights in a file. ValueError or KeyError if it is not one."""
        raw = json.loads(text)
        bands = tuple(Band(*band) for band in raw["bands"])
        techniques = tuple(raw["techniques"])
        dependence = Dependence.from_json(raw["dependence"], techniques)
        return cls(techniques, tuple(raw["bias"]), bands, raw["rows"], raw["whole"], dependence)

    def scores(self, features: Iterable[str], already: Sum | None = None) -> list[int]:
        """The score of every technique, in the order of `techniques`. `already`: the sum of features seen before."""
        total = self.sum(features) if already is None else self.sum(features) + already
        lanes = self._lanes.unpack(total.packed.to_bytes(_LANE * len(self.techniques), "little"))
        up = _UP * total.count
        return [bias + lane - up for bias, lane in zip(self.bias, lanes, strict=True)]

    def sum(self, features: Iterable[str]) -> Sum:
        """What `features` of a sentence say, added up."""
        return self._sum(features, self.rows, self._packed)

    def sum_of_reply(self, features: Iterable[str]) -> Sum:
        """What `features` of the whole reply say, each counted once, added up."""
        return self._sum(features, self.whole, self._packed_whole)

    def of_line(self, features: Collection[str]) -> list[int]:
        """What `features` of the customer's line say for every technique, LINE_AT_MOST either way."""
        scores = self.scores((), self.sum(features) + self.sum_of_reply(features))
        said = (score - bias for score, bias in zip(scores, self.bias, strict=True))
        return [max(-LINE_AT_MOST, min(LINE_AT_MOST, score)) for score in said]

    def _sum(self, features: Iterable[str], rows: Rows, packed: dict[str, int]) -> Sum:
        """One long number with a lane for each technique, so that adding is one operation. Every lane of a row is raised by the same
        amount to keep it positive; the count says how often."""
        total = count = 0
        for feature in features:
            row = packed.get(feature)
            if row is None:
                if feature not in rows:
                    continue
                row = packed[feature] = self._pack(rows[feature])
            total += row
            count += 1
        return Sum(total, count)

    def _pack(self, row: list[int]) -> int:
        lanes = [_UP] * len(self.techniques)
        for at in range(0, len(row), 2):
            lanes[row[at]] += row[at + 1]
        return int.from_bytes(self._lanes.pack(*lanes), "little")

    def weight(self, feature: str, technique: int) -> int:
        """What `feature` says for technique number `technique`, in its sentence and in the reply; 0 if nothing."""
        return _of(self.rows.get(feature, ()), technique) + _of(self.whole.get(feature, ()), technique)

    def because(self, features: Iterable[str], technique: int) -> list[tuple[str, int]]:
        """The features that speak for or against technique number `technique`, the weightiest first."""
        found = [(feature, weight) for feature in features if (weight := self.weight(feature, technique))]
        return sorted(found, key=lambda pair: (-abs(pair[1]), pair[0]))


def _of(row: Sequence[int], technique: int) -> int:
    return next((row[at + 1] for at in range(0, len(row), 2) if row[at] == technique), 0)


@dataclass(frozen=True, slots=True)
class Sum:
    """Rows added up, and how many."""

    packed: int
    count: int

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.packed + other.packed, self.count + other.count)


class WeightSet:
    """The weights of every language, each read when it is first asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._read: dict[str, Weights] = {}

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the files, by language."""
        made = hashlib.sha256()
        for language in sorted(self._texts):
            made.update(self._texts[language].encode())
        return made.hexdigest()

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted(self._texts))

    def get(self, language: str) -> Weights | None:
        """The weights of `language`, None if there are none."""
        if language not in self._read and language in self._texts:
            self._read[language] = Weights.from_json(self._texts[language])
        return self._read.get(language)


NO_WEIGHTS = WeightSet(MappingProxyType({}))
"""The rules alone."""
