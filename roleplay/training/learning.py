"""Trains the weights on the corpus.

Owns the way from labelled replies to roleplay/engine/detection/weights.<language>.json. Needs the extra `train` (scikit-learn, numpy, scipy); the
program that detects needs none of it. Each technique has its own logistic regression over the features of a sentence and one over those of
the reply, mixed with those of its family; then the techniques hear each other (dependence). Thresholds and the second layer come from scores
that each author's replies got from weights trained on the other authors only.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from os import cpu_count
from pathlib import Path
from types import MappingProxyType
from typing import Any

from roleplay.engine.detection.detector import Detector
from roleplay.engine.detection.linear import SCALE, WEIGHT_AT_MOST
from roleplay.engine.detection.techniques import TechniqueSet
from roleplay.scenarios.model import Language
from roleplay.standards.codebook import FAMILIES, FAMILY_OF, TECHNIQUES
from roleplay.training import dependence
from roleplay.training.bands import SEEN_AT_LEAST, bands
from roleplay.training.cases import FILES, OWN_WEIGHT, Case, Sentence, cases, own_examples
from roleplay.training.corpus import Example

PRECISION_WANTED: Mapping[Language, float] = MappingProxyType({"zh": 0.91, "en": 0.87})
"""Of what is credited, this share must be right on authors the weights have not seen. In situations that occur in no training part it is less,
in Chinese more so than in English; 85 % are asked for there (docs/detection.md)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the weights are made. `softness`: inverse strength of the L2 penalty. `contrast`: how far a feature counts by how much oftener it
    occurs with the technique than without, 0 not at all, 1 entirely (log-count ratio: Wang & Manning 2012). `family`: how much of a
    score comes from the family. `reply`: how much of it comes from the reply as a whole. `seen_at_least`: sentences a feature must
    occur in. `kept_from`: weights smaller than this (log-odds) are left out."""

    softness: float = 0.1
    contrast: float = 0.5
    family: float = 0.1
    reply: float = 0.35
    seen_at_least: int = 3
    kept_from: float = 0.03
    folds: int = 6


RECIPE = Recipe()
"""What measured best on authors held back, or a hair less with much smaller weights (`seen_at_least`; docs/detection.md)."""

Progress = Callable[[str], None]


def _silent(line: str) -> None:
    """Progress nobody watches."""


def train(
    found: Sequence[Case], recipe: Recipe, progress: Progress = _silent, *, precision: float = 0.85
) -> dict[str, Any]:
    """The weights of one language as they stand in the weights file. `precision`: the share of what is credited that must be right."""
    import numpy as np

    progress(f"{len(found)} replies, {sum(len(c.sentences) for c in found)} sentences")
    seen = [c for c in found if c.author != FILES]
    unseen = scores_unseen(found, recipe, progress)
    done = np.array([[t in case.labels for t in TECHNIQUES] for case in seen])
    progress("what techniques say about each other")
    limits = bands(_heard_unseen(unseen, done, seen, recipe), seen, precision)
    progress("all authors together")
    both = _Both.fitted(found, recipe)
    return {
        "techniques": list(TECHNIQUES),
        "bias": [round(w * SCALE) for w in both.sentence.bias + both.whole.bias],
        "bands": limits,
        "dependence": dependence.fitted(unseen, done).as_file(),
        "rows": both.sentence.rows(recipe.kept_from),
        "whole": both.whole.rows(recipe.kept_from),
    }


def _heard_unseen(unseen: Any, done: Any, seen: Sequence[Case], recipe: Recipe) -> list[list[int]]:
    """The scores in units of SCALE after techniques have heard each other, by a second layer that does not know the author either."""
    import numpy as np

    scores = np.zeros(unseen.shape, dtype=int)
    for held in _folds(seen, recipe):
        mine = np.array([case.author in held for case in seen])
        layer = dependence.fitted(unseen[~mine], done[~mine])
        scores[mine] = np.rint(layer.shifted(unseen[mine]) * SCALE)
    rows: list[list[int]] = scores.tolist()
    return rows


def _folds(found: Sequence[Case], recipe: Recipe) -> list[list[str]]:
    authors = sorted({case.author for case in found} - {FILES})
    return [authors[k :: recipe.folds] for k in range(min(recipe.folds, len(authors)))]


def scores_unseen(found: Sequence[Case], recipe: Recipe, progress: Progress = _silent) -> Any:
    """For every reply of an author the score of every technique in log-odds, from weights that know nothing of him; a row a reply, in order."""
    import numpy as np

    folds = _folds(found, recipe)
    scores: dict[int, Any] = {}
    for number, held in enumerate(folds, 1):
        progress(f"authors held back {number}/{len(folds)}: {', '.join(held)}")
        both = _Both.fitted([c for c in found if c.author not in held], recipe)
        for index, case in enumerate(found):
            if case.author in held:
                scores[index] = both.scores(case)
    return np.stack([scores[index] for index in sorted(scores)])


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


def _whole(weight: float) -> int:
    return max(-WEIGHT_AT_MOST, min(WEIGHT_AT_MOST, round(weight * SCALE)))


@dataclass(frozen=True)
class _Both:
    """The weights of a sentence and those of the whole reply."""

    sentence: _Table
    whole: _Table

    @classmethod
    def fitted(cls, found: Sequence[Case], recipe: Recipe) -> _Both:
        return cls(
            _fitted([s for case in found for s in case.sentences], recipe, 2 * (1 - recipe.reply)),
            _fitted([c.whole for c in found], recipe, 2 * recipe.reply),
        )

    def scores(self, case: Case) -> Any:
        """The score of each technique: that of its best sentence, and that of the reply."""
        import numpy as np

        best = np.max(np.stack([self.sentence.scores(s.features) for s in case.sentences]), axis=0)
        return best + self.whole.scores(case.whole.features)


def _fitted(sentences: Sequence[Sentence], recipe: Recipe, share: float) -> _Table:
    """`share`: what the table counts for, 1 as much as the other."""
    import numpy as np
    import sklearn.linear_model  # noqa: F401 - before the limit, which holds for what is loaded by then
    from scipy.sparse import csr_matrix
    from threadpoolctl import threadpool_limits

    counts = Counter(f for s in sentences for f in s.features)
    names = sorted(f for f, n in counts.items() if n >= recipe.seen_at_least)
    place = {name: k for k, name in enumerate(names)}
    columns = [sorted(place[f] for f in s.features if f in place) for s in sentences]
    starts = np.cumsum([0, *map(len, columns)])
    flat = np.array([k for row in columns for k in row], dtype=np.int32)
    seen = csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(sentences), len(names)))

    def column(names: frozenset[str]) -> Any:
        used = np.array([k for k, s in enumerate(sentences) if not s.only or s.only in names])
        done = np.array([bool(names & sentences[k].labels) for k in used])
        weight = np.array([OWN_WEIGHT if sentences[k].only else 1 for k in used])
        return _regression(seen[used], done, weight, recipe)

    # A column a core; the sums of one column on several cores only get into each other's way.
    with threadpool_limits(1), ThreadPoolExecutor(cpu_count()) as together:
        own = np.stack(list(together.map(column, [frozenset({t}) for t in TECHNIQUES])), axis=1)
        kin = dict(zip(FAMILIES, together.map(column, map(frozenset, FAMILIES.values())), strict=True))
    shared = np.stack([kin[FAMILY_OF[t]] for t in TECHNIQUES], axis=1)
    matrix = share * ((1 - recipe.family) * own + recipe.family * shared)
    return _Table(names, place, matrix[:-1], matrix[-1])


def _regression(seen: Any, done: Any, weight: Any, recipe: Recipe) -> Any:
    """The weights of one logistic regression, bias last; never seen: a bias that never credits."""
    import numpy as np
    from scipy.sparse import diags_array
    from sklearn.linear_model import LogisticRegression

    if done.sum() < SEEN_AT_LEAST:
        return np.append(np.zeros(seen.shape[1]), -6.0)
    scale = (1 - recipe.contrast) + recipe.contrast * _log_count_ratio(seen, done)
    fitted = LogisticRegression(
        C=recipe.softness, solver="liblinear", class_weight="balanced", max_iter=300, random_state=0
    ).fit(seen @ diags_array(scale), done, sample_weight=weight)
    return np.append(fitted.coef_[0] * scale, fitted.intercept_[0])


def _log_count_ratio(seen: Any, done: Any) -> Any:
    """How much oftener or seldomer each feature occurs with the technique than without, as a natural logarithm without its sign."""
    import numpy as np

    with_it, without = (np.asarray(seen[rows].sum(axis=0)).ravel() + 1 for rows in (done, ~done))
    return np.abs(np.log((with_it / with_it.sum()) / (without / without.sum())))


def as_file(made: Mapping[str, Any], corpus: str) -> str:
    """The weights file of one language: a feature a line, so that a change can be read. `corpus`: the hash of what it was trained on."""
    head = [f'"corpus": {json.dumps(corpus)}', *(f'"{name}": {json.dumps(made[name])}' for name in _HEAD)]
    tables = [f'"{name}": {{\n{_rows(made[name])}\n}}' for name in _TABLES]
    return "{\n" + ",\n".join([*head, *tables]) + "}\n"


def _rows(rows: Mapping[str, Sequence[int]]) -> str:
    return ",\n".join(
        f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(row, separators=(',', ':'))}"
        for feature, row in rows.items()
    )


_HEAD = ("techniques", "bias", "bands")
_TABLES = ("dependence", "rows", "whole")


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
