"""The arithmetic of the figures, against cases done by hand."""

from __future__ import annotations

import pytest

from roleplay.training.measuring import by_family, fit, fit_each, interval, kappa, micro_f1

A, B = frozenset({"apology"}), frozenset({"validate"})
BOTH, NONE = A | B, frozenset[str]()
PAIRS = [(A, A), (BOTH, A), (NONE, B), (B, NONE)]


def test_micro_average() -> None:
    found = fit(PAIRS)
    assert (found.right, found.found, found.labelled) == (2, 3, 4)
    assert (found.precision, found.recall, found.f1) == (2 / 3, 1 / 2, 4 / 7)
    assert fit([]).f1 == 0


def test_each_label_by_itself() -> None:
    assert fit_each(PAIRS)["apology"].f1 == 1
    assert fit_each(PAIRS)["validate"].f1 == 0


def test_a_family_is_right_when_the_technique_is_wrong() -> None:
    pairs = [(frozenset({"open_question"}), frozenset({"closed_question"}))]
    assert fit(pairs).f1 == 0
    assert fit(by_family(pairs)).f1 == 1


def test_kappa_takes_chance_away() -> None:
    assert kappa([(A, A), (NONE, NONE)], "apology") == 1
    assert kappa([(A, NONE), (NONE, A)], "apology") == -1
    assert kappa([(A, A), (A, NONE), (NONE, NONE), (NONE, A)], "apology") == 0
    assert kappa([(NONE, NONE)], "apology") == 1


def test_the_interval_holds_the_figure_and_comes_out_again() -> None:
    low, high = interval(PAIRS * 20, micro_f1)
    assert low < micro_f1(PAIRS) < high
    assert interval(PAIRS * 20, micro_f1) == (low, high)
    assert interval([(A, A)] * 5, micro_f1) == (1, 1)


@pytest.mark.parametrize("name", ["apology", "thanks"])
def test_kappa_of_equal_labellings_is_one(name: str) -> None:
    assert kappa([(p, p) for p, _ in PAIRS], name) == 1
