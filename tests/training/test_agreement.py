"""Two labellings and two raters compared, against cases done by hand."""

from __future__ import annotations

from roleplay.training.agreement import agree
from roleplay.training.corpus import Example
from roleplay.training.ratings import Compared, Rated, compare, kappa_of_words


def _example(id: str, *techniques: str) -> Example:
    return Example(id, "ann", "en", "T01", "", "words", dict.fromkeys(techniques, "words"), {}, "plain")


def test_only_what_was_labelled_twice_is_compared() -> None:
    examples = [_example("1", "apology"), _example("2", "open_question"), _example("3", "thanks")]
    found = agree(examples, {"1": [frozenset({"apology"})], "2": [frozenset({"closed_question"})]})
    assert found is not None
    assert (found.replies, found.micro.f1, found.family.f1) == (2, 0.5, 1.0)
    assert found.kappas["question"] == 1
    assert agree(examples, {}) is None
    twice = agree(examples, {"3": [frozenset({"thanks"}), frozenset()]})
    assert twice is not None
    assert (twice.replies, twice.micro.labelled, twice.micro.right) == (1, 2, 1)


RATED = Rated("ann", "en", "scene", "file", 0, "words", {"greet": "met", "ask": "not_met"})


def test_an_opportunity_left_open_counts_as_not_met() -> None:
    (ask, greet) = compare([RATED], lambda one: {"greet": "partly", "ask": "not_observed"})
    assert (ask.expert, ask.program) == ("not_met", "not_met")
    assert (greet.expert, greet.program) == ("met", "partly")


def test_kappa_of_words_counts_near_misses_half_when_weighted() -> None:
    def rows(*pairs: tuple[str, str]) -> list[Compared]:
        return [Compared(RATED, "x", expert, program) for expert, program in pairs]

    same = rows(("met", "met"), ("partly", "partly"), ("not_met", "not_met"))
    assert kappa_of_words(same) == kappa_of_words(same, weighted=True) == 1
    near = rows(("met", "partly"), ("partly", "partly"), ("not_met", "not_met"), ("met", "met"))
    assert kappa_of_words(near) < kappa_of_words(near, weighted=True) < 1
    assert kappa_of_words(rows(("met", "met"))) == 1
