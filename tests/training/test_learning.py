"""Weights that are trained on little learn what is in it, the same each time, and stand in a file that reads back."""

from __future__ import annotations

import pytest

pytest.importorskip("sklearn")

from roleplay.engine.detection.detector import Detector, found
from roleplay.engine.detection.linear import NEVER
from roleplay.engine.detection.weights_file import WeightSet, compiled, read
from roleplay.library import techniques
from roleplay.training.cases import Case, Sentence
from roleplay.training.corpus import Example
from roleplay.training.learning import Recipe, as_file, scores_unseen, train, trained

RECIPE = Recipe(folds=3, softness=1.0)


def _case(author: str, word: str, done: str) -> Case:
    labels = frozenset({done}) if done else frozenset[str]()
    return Case(author, labels, (Sentence(frozenset({f"w:{word}", "p:tell"}), labels),))


CASES = [
    _case(author, word, done)
    for author in ("ann", "bea", "cho", "dai")
    for word, done in (("sorry", "apology"), ("sorry", "apology"), ("sorry", "apology"), ("tea", ""), ("rain", ""))
]


def test_what_goes_with_a_technique_gets_weight() -> None:
    made = read(compiled(as_file(train(CASES, RECIPE), "hash")))
    apology = made.techniques.index("apology")
    assert made.weight("w:sorry", apology) > 0 > made.weight("w:tea", apology)
    sorry, tea = (made.scores(made.numbers([word, "p:tell"])) for word in ("w:sorry", "w:tea"))
    assert sorry[apology] > tea[apology]
    assert made.bands[apology].credited < NEVER
    assert made.bands[made.techniques.index("thanks")].partial == NEVER


def test_an_author_is_scored_by_weights_that_do_not_know_him() -> None:
    alone = [*CASES, *(_case("eve", "xyzzy", "thanks") for _ in range(6))]
    scores = scores_unseen(alone, RECIPE)
    assert max(row[2] for row in scores[-6:]) < 0  # thanks: "xyzzy" is eve's word alone


def test_the_same_corpus_gives_the_same_file() -> None:
    assert as_file(train(CASES, RECIPE), "h") == as_file(train(list(CASES), RECIPE), "h")


def test_a_detector_with_such_weights_finds_what_no_rule_knows() -> None:
    examples = [
        Example(f"{a}.{n}", a, "en", "T01", "", text, labels, {}, "plain")
        for a in ("ann", "bea", "cho")
        for n, (text, labels) in enumerate(
            [
                (f"What a flummox this is for you, {a}.", {"validate": "What a flummox this is for you"}),
                (f"Such a flummox, my dear {a}.", {"validate": "Such a flummox"}),
                (f"A proper flummox that, {a}.", {"validate": "A proper flummox that"}),
                (f"The bus goes at nine, {a}.", {}),
                (f"The shop is round the corner, {a}.", {}),
            ]
        )
    ]
    text = "Such a flummox this is."
    rules = Detector(techniques())
    assert "validate" not in found(rules.analyse(text, "en"))
    weights = WeightSet({"en": compiled(as_file(trained(examples, techniques(), RECIPE), "h"))})
    taught = Detector(techniques(), weights)
    (seen,) = [d for d in taught.analyse(text, "en").detections if d.technique == "validate"]
    assert (seen.rule, text[seen.start : seen.end]) == ("validate.weights", "Such a flummox this is.")
