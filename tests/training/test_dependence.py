"""The second layer learns that one technique speaks for another, and leaves alone what nothing is known of."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn")

import numpy as np

from roleplay.engine.detection.linear import SCALE, Dependence
from roleplay.standards.codebook import TECHNIQUES
from roleplay.training.dependence import Fitted, fitted

APOLOGY, BLAME, JARGON = (TECHNIQUES.index(name) for name in ("apology", "blame_customer", "jargon"))


def _layer() -> Fitted:
    """Replies in which an apology with blame beside it is none."""
    draw = np.random.default_rng(7)
    scores = draw.normal(-2.0, 1.5, size=(600, len(TECHNIQUES)))
    done = np.zeros(scores.shape, dtype=bool)
    done[:, BLAME] = scores[:, BLAME] > 0
    done[:, APOLOGY] = (scores[:, APOLOGY] > -1) & ~done[:, BLAME]
    return fitted(scores, done)


def test_blame_speaks_against_an_apology() -> None:
    layer = _layer()
    alone, blaming = np.full((2, len(TECHNIQUES)), -2.0)
    alone[APOLOGY] = blaming[APOLOGY] = 0.5
    blaming[BLAME] = 2.0
    shifted = layer.shifted(np.stack([alone, blaming]))
    assert shifted[1, APOLOGY] < shifted[0, APOLOGY] - 0.5


def test_of_what_never_occurs_nothing_is_said() -> None:
    shifted = _layer().shifted(np.zeros((1, len(TECHNIQUES))))
    assert shifted[0, JARGON] == 0


def test_the_file_says_the_same_in_whole_numbers() -> None:
    layer = _layer()
    scores = np.random.default_rng(8).normal(-1.0, 2.0, size=len(TECHNIQUES))
    whole = [round(score * SCALE) for score in scores]
    said = Dependence.from_json(layer.as_file(), TECHNIQUES).said(whole)
    wanted = (layer.shifted(scores[None, :])[0] - scores) * SCALE
    assert np.abs(np.array(said) - wanted).max() < SCALE / 20
