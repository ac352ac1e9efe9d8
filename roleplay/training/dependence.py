"""What the scores of a reply's techniques say for each other: who asks to be told and names a feeling is seldom quoting the rules.

Owns the second layer of the weights (stacking: Wolpert 1992; for many labels Godbole & Sarawagi 2004). It is fitted on scores from
weights that do not know the author, or it would trust them too much.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from typing import Any

from roleplay.engine.detection.linear import KNEE, SCALE
from roleplay.standards.codebook import TECHNIQUES

SOFTNESS = 0.01
"""Inverse strength of the L2 penalty on what others say; ramps have unit variance."""
_FREE = 5.0
"""A technique's own score is written so large that the penalty hardly touches it."""
_OWN_AT_LEAST = 0.1
"""Where its own score counts for less, a technique is too rare for others to say anything of it."""


@dataclass(frozen=True)
class Fitted:
    """In log-odds, a column a technique. `below`, `above`: what each unit of another's score says, up to nought and beyond it."""

    bias: Any
    below: Any
    above: Any

    def shifted(self, scores: Any) -> Any:
        """The scores after they have heard each other."""
        below, above = _ramps(scores)
        return scores + self.bias + below @ self.below + above @ self.above

    def as_file(self) -> dict[str, Any]:
        """In units of SCALE, as it stands in the weights file."""
        rows = zip(TECHNIQUES, _whole(self.below), _whole(self.above), strict=True)
        return {"bias": [_whole(self.bias)], **{t: [below, above] for t, below, above in rows}}


def _whole(numbers: Any) -> list[Any]:
    import numpy as np

    rounded: list[Any] = np.rint(numbers * SCALE).astype(int).tolist()
    return rounded


def _ramps(scores: Any) -> tuple[Any, Any]:
    import numpy as np

    knee = KNEE / SCALE
    return np.clip(scores, -knee, 0) + knee, np.clip(scores, 0, knee)


def fitted(scores: Any, done: Any) -> Fitted:
    """`scores`: replies by techniques, in log-odds, from weights that do not know the author. `done`: the labels, of the same shape."""
    import numpy as np
    import sklearn.linear_model  # noqa: F401 - before the limit, which holds for what is loaded by then
    from threadpoolctl import threadpool_limits

    ramps = np.concatenate(_ramps(scores), axis=1)
    mean, spread = ramps.mean(axis=0), ramps.std(axis=0)
    spread[spread == 0] = 1.0
    others = (ramps - mean) / spread

    def column(k: int) -> Any:
        return _of_one(scores[:, k], others, done[:, k])

    with threadpool_limits(1), ThreadPoolExecutor(cpu_count()) as together:
        columns = list(together.map(column, range(len(TECHNIQUES))))
    weights = np.stack([row[1:] for row in columns], axis=1) / spread[:, None]
    bias = np.array([row[0] for row in columns]) - mean @ weights
    return Fitted(bias, weights[: len(TECHNIQUES)], weights[len(TECHNIQUES) :])


def _of_one(own: Any, others: Any, done: Sequence[bool]) -> Any:
    """Bias, then what each ramp says, measured in units of the technique's own score."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    nothing = np.zeros(others.shape[1] + 1)
    if not 0 < sum(done) < len(done):
        return nothing
    seen = np.column_stack([own * _FREE, others])
    made = LogisticRegression(C=SOFTNESS, max_iter=2000).fit(seen, done)
    counts = made.coef_[0][0] * _FREE
    if counts < _OWN_AT_LEAST:
        return nothing
    return np.append(made.intercept_[0], made.coef_[0][1:]) / counts
