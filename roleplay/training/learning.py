"""Trains the weights on the corpus.

Owns the way from labelled replies to roleplay/engine/detection/weights.<language>.json. Needs the extra `train` (scikit-learn, numpy, scipy); the
program that detects needs none of it. Each technique has its own logistic regression over the features of a sentence, mixed with that of
its family; thresholds come from scores that each author's replies got from weights trained on the other authors only.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from os import cpu_count
from pathlib import Path
from types import MappingProxyType
from typing import Any

from roleplay.engine.detection.detector import Detector
from roleplay.engine.detection.linear import NEVER, SCALE, WEIGHT_AT_MOST
from roleplay.engine.detection.model import Situation
from roleplay.engine.detection.techniques import TechniqueSet
from roleplay.scenarios.model import Language
from roleplay.standards.codebook import FAMILIES, FAMILY_OF, TECHNIQUES
from roleplay.training.corpus import Example

PRECISION_WANTED: Mapping[Language, float] = MappingProxyType({"zh": 0.91, "en": 0.87})
"""Of what is credited, this share must be right on authors the weights have not seen. In situations that occur in no training part it is less,
in Chinese more so than in English; 85 % are asked for there (docs/detection.md)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the weights are made. `softness`: inverse strength of the L2 penalty. `family`: how much of a score comes from the family.
    `seen_at_least`: sentences a feature must occur in. `kept_from`: weights smaller than this (log-odds) are left out.
    `strength`: features of a kind count this much more before the penalty, so that the many n-grams do not drown the few classes."""

    softness: float = 0.05
    family: float = 0.3
    seen_at_least: int = 2
    kept_from: float = 0.03
    strength: tuple[tuple[str, float], ...] = (("r", 2.0), ("k", 1.5))
    folds: int = 6


@dataclass(frozen=True, slots=True)
class Sentence:
    """One training case: its features and the techniques done in it. `only`: the one technique that is labelled, whether done or not;
    "" where all are."""

    features: frozenset[str]
    labels: frozenset[str]
    only: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One reply as the learner sees it."""

    author: str
    labels: frozenset[str]
    sentences: tuple[Sentence, ...]

    @property
    def whole(self) -> Sentence:
        """The reply as if it were one sentence."""
        features = frozenset[str]().union(*(s.features for s in self.sentences))
        return Sentence(features, self.labels, self.sentences[0].only)


RECIPE = Recipe()
"""What measured best on authors held back (docs/detection.md)."""

Progress = Callable[[str], None]


def _silent(line: str) -> None:
    """Progress nobody watches."""


def cases(examples: Iterable[Example], detector: Detector) -> list[Case]:
    """The features of every sentence of `examples`, and which techniques each holds by the words that were marked."""
    found = []
    for example in examples:
        rows = detector.features(example.text, Situation(customer_line=example.customer))
        sentences = [
            Sentence(frozenset(features), frozenset(_done_in(example, start, end))) for (start, end), features in rows
        ]
        if sentences:
            found.append(Case(example.author, example.labels, tuple(sentences)))
    return found


def own_examples(detector: Detector, language: Language) -> list[Case]:
    """The examples of the technique files, each labelled for its own technique only."""
    found = []
    for technique in detector.techniques.techniques:
        for example in technique.examples.get(language, ()):
            rows = detector.features(example.text, Situation(customer_line=example.context))
            done = frozenset() if example.reason else frozenset({technique.id})
            best = max(rows, key=lambda row: _proposes(row[1], technique.id), default=None)
            if best is not None:
                found.append(Case(_FILES, done, (Sentence(frozenset(best[1]), done, technique.id),)))
    return found


def _proposes(features: Iterable[str], technique: str) -> bool:
    return any(f.startswith(f"r:{technique}:") for f in features)


OWN_WEIGHT = 5
"""An example of a technique file counts this often: it is there to say where the technique begins and ends."""
_FILES = "technique files"
"""Stands for the author of the examples in the technique files; never held back, never measured."""


def _done_in(example: Example, start: int, end: int) -> Iterable[str]:
    for technique, words in example.techniques.items():
        at = example.text.find(words)
        if at < end and start < at + len(words):
            yield technique


def train(
    found: Sequence[Case], recipe: Recipe, progress: Progress = _silent, *, precision: float = 0.85
) -> dict[str, Any]:
    """The weights of one language as they stand in the weights file. `precision`: the share of what is credited that must be right."""
    progress(f"{len(found)} replies, {sum(len(c.sentences) for c in found)} sentences")
    unseen = scores_unseen(found, recipe, progress)
    seen = [c for c in found if c.author != _FILES]
    done = [[t in c.labels for t in TECHNIQUES] for c in seen]
    every = [s for row in unseen for s in row], [d for row in done for d in row]
    commons = {worth: _worth_it(*every, worth) for worth in (WORTH, *WORTH_OF.values())}
    bands = [_band(t, [row[k] for row in unseen], seen, commons, precision) for k, t in enumerate(TECHNIQUES)]
    progress("all authors together")
    both = _Both.fitted(found, recipe)
    return {
        "techniques": list(TECHNIQUES),
        "bias": [round(w * SCALE) for w in both.sentence.bias + both.whole.bias],
        "bands": bands,
        "rows": both.sentence.rows(recipe.kept_from),
        "whole": both.whole.rows(recipe.kept_from),
    }


def _whole(weight: float) -> int:
    return max(-WEIGHT_AT_MOST, min(WEIGHT_AT_MOST, round(weight * SCALE)))


def scores_unseen(found: Sequence[Case], recipe: Recipe, progress: Progress = _silent) -> list[list[int]]:
    """For every reply of the corpus the score of every technique (units of SCALE), from weights that know nothing of its author."""
    authors = sorted({case.author for case in found} - {_FILES})
    folds = [authors[k :: recipe.folds] for k in range(min(recipe.folds, len(authors)))]
    scores: dict[int, list[int]] = {}
    for number, held in enumerate(folds, 1):
        progress(f"authors held back {number}/{len(folds)}: {', '.join(held)}")
        both = _Both.fitted([c for c in found if c.author not in held], recipe)
        for index, case in enumerate(found):
            if case.author in held:
                scores[index] = [round(SCALE * s) for s in both.scores(case)]
    return [scores[index] for index in sorted(scores)]


@dataclass(frozen=True)
class _Table:
    """Weights as numbers: a row a feature, a column a technique."""

    names: list[str]
    place: Mapping[str, int]
    matrix: Any
    bias: Any

    def scores(self, features: Iterable[str]) -> Any:
        return self.matrix[[self.place[f] for f in features if f in self.place]].sum(axis=0) + self.bias

    def rows(self, least: float) -> dict[str, list[int]]:
        """The table as it stands in the file, without weights smaller than `least`."""
        rows = {
            feature: [n for k, w in enumerate(weights) if abs(w) >= least for n in (k, _whole(w))]
            for feature, weights in zip(self.names, self.matrix, strict=True)
        }
        return {feature: row for feature, row in sorted(rows.items()) if row}


@dataclass(frozen=True)
class _Both:
    """The weights of a sentence and those of the whole reply."""

    sentence: _Table
    whole: _Table

    @classmethod
    def fitted(cls, found: Sequence[Case], recipe: Recipe) -> _Both:
        return cls(
            _fitted([s for case in found for s in case.sentences], recipe), _fitted([c.whole for c in found], recipe)
        )

    def scores(self, case: Case) -> Any:
        """The score of each technique: that of its best sentence, and that of the reply."""
        import numpy as np

        best = np.max(np.stack([self.sentence.scores(s.features) for s in case.sentences]), axis=0)
        return best + self.whole.scores(case.whole.features)


def _fitted(sentences: Sequence[Sentence], recipe: Recipe) -> _Table:
    import numpy as np
    import sklearn.linear_model  # noqa: F401 - before the limit, which holds for what is loaded by then
    from scipy.sparse import csr_matrix
    from threadpoolctl import threadpool_limits

    counts = Counter(f for s in sentences for f in s.features)
    names = sorted(f for f, n in counts.items() if n >= recipe.seen_at_least)
    place = {name: k for k, name in enumerate(names)}
    strength = dict(recipe.strength)
    by_feature = np.array([strength.get(name[0], 1.0) for name in names])
    columns = [sorted(place[f] for f in s.features if f in place) for s in sentences]
    starts = np.cumsum([0, *map(len, columns)])
    flat = np.array([k for row in columns for k in row], dtype=np.int32)
    seen = csr_matrix((by_feature[flat], flat, starts), shape=(len(sentences), len(names)))

    def column(names: frozenset[str]) -> Any:
        used = np.array([k for k, s in enumerate(sentences) if not s.only or s.only in names])
        done = np.array([bool(names & sentences[k].labels) for k in used])
        weight = np.array([OWN_WEIGHT if sentences[k].only else 1 for k in used])
        return _regression(seen[used], done, weight, recipe.softness)

    # A column a core; the sums of one column on several cores only get into each other's way.
    with threadpool_limits(1), ThreadPoolExecutor(cpu_count()) as together:
        own = np.stack(list(together.map(column, [frozenset({t}) for t in TECHNIQUES])), axis=1)
        kin = dict(zip(FAMILIES, together.map(column, map(frozenset, FAMILIES.values())), strict=True))
    shared = np.stack([kin[FAMILY_OF[t]] for t in TECHNIQUES], axis=1)
    matrix = (1 - recipe.family) * own + recipe.family * shared
    return _Table(names, place, matrix[:-1] * by_feature[:, None], matrix[-1])


def _regression(seen: Any, done: Any, weight: Any, softness: float) -> Any:
    """The weights of one logistic regression, bias last; never seen: a bias that never credits."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    if done.sum() < _SEEN_AT_LEAST:
        return np.append(np.zeros(seen.shape[1]), -6.0)
    fitted = LogisticRegression(
        C=softness, solver="liblinear", class_weight="balanced", max_iter=300, random_state=0
    ).fit(seen, done, sample_weight=weight)
    return np.append(fitted.coef_[0], fitted.intercept_[0])


def _band(
    technique: str, scores: Sequence[int], found: Sequence[Case], commons: Mapping[float, int], precision: float
) -> list[int]:
    """[credited from, credited from where a rule credits too, partial from]: scores above which enough is right, and the one that is worth
    most, which is drawn towards that of all techniques together, in `commons` by worth, the fewer replies it rests on."""
    worth = WORTH_OF.get(FAMILY_OF[technique], WORTH)
    done = [technique in case.labels for case in found]
    credits = f"r:{technique}:credited"
    backed = [k for k, case in enumerate(found) if any(credits in s.features for s in case.sentences)]
    count = sum(done)
    if count < _SEEN_AT_LEAST:
        return [NEVER, NEVER, NEVER]
    partial = (_worth_it(scores, done, worth) * count + commons[worth] * _DRAWN) // (count + _DRAWN)
    credited = _precise(scores, done, precision)
    with_rule = _precise([scores[k] for k in backed], [done[k] for k in backed], precision)
    return [max(credited, partial), max(min(with_rule, credited), partial), partial]


WORTH = 0.4
"""What is found raises F1 as long as it is right more often than half the F1 that is reached. A little more is asked: in situations that
occur in no training part fewer finds are right than in those the bands are measured in (measured on the tune part)."""
WORTH_OF = {"reflection": 0.34, "empathy": 0.34}
"""The same for families that are worded most freely: in talk unlike the corpus they would otherwise hardly be found."""
_SEEN_AT_LEAST = 3
"""Of what was labelled less often nothing can be learnt."""
_DRAWN = 20
"""How many replies the common threshold counts for."""


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


_RIGHT_AT_LEAST = 8
"""A precision measured on fewer right ones says nothing."""


def as_file(made: Mapping[str, Any], corpus: str) -> str:
    """The weights file of one language: a feature a line, so that a change can be read. `corpus`: the hash of what it was trained on."""
    lines = [f'"corpus": {json.dumps(corpus)},', *(f"{json.dumps(k)}: {json.dumps(made[k])}," for k in _HEAD)]
    return "\n".join(
        ["{", *lines, '"rows": {', _rows(made["rows"]), "},", '"whole": {', _rows(made["whole"]), "}}", ""]
    )


def _rows(rows: Mapping[str, Sequence[int]]) -> str:
    return ",\n".join(
        f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(row, separators=(',', ':'))}"
        for feature, row in rows.items()
    )


_HEAD = ("techniques", "bias", "bands")


def available() -> bool:
    """Whether the packages of the extra `train` are there."""
    return all(find_spec(name) is not None for name in ("sklearn", "numpy", "scipy"))


def trained(
    examples: Sequence[Example], techniques: TechniqueSet, recipe: Recipe = RECIPE, progress: Progress = _silent
) -> dict[str, Any]:
    """The weights of one language from its examples, seen with the rules of `techniques`."""
    rules = Detector(techniques)
    (language,) = {e.language for e in examples}
    found = [*cases(examples, rules), *own_examples(rules, language)]
    return train(found, recipe, progress, precision=PRECISION_WANTED[language])


def shipped_room() -> Path:
    """The folder where the weights of the program lie."""
    return Path(str(files("roleplay.engine.detection")))
