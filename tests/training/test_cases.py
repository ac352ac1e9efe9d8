"""Some replies are learned as they are typed on a phone: the words stay, the marks go."""

from __future__ import annotations

import pytest

from roleplay.engine.detection.detector import Detector
from roleplay.library import techniques
from roleplay.training.cases import UNMARKED_ONE_IN, cases, unmarked
from roleplay.training.corpus import Example, read_corpus


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("不好意思！請問訂單是幾號？", "不好意思 請問訂單是幾號"),
        ("Sorry about that. What's the order number?", "sorry about that what's the order number"),
        ("十二點 11:20 以前，退您 1,280 元。", "十二點 11:20 以前 退您 1,280 元"),
        ("It's 3.5 kg, isn't it?", "it's 3.5 kg isn't it"),
    ],
)
def test_marks_and_capitals_go_and_numbers_stay(typed: str, bare: str) -> None:
    assert unmarked(typed) == bare


def test_one_in_six_is_learned_so_and_keeps_its_labels() -> None:
    labels = {"apology": "不好意思！", "closed_question": "請問訂單是幾號？"}
    examples = [
        Example(f"ann.zh.{n:03}", "ann", "zh", "T01", "", "不好意思！請問訂單是幾號？", labels, {}, "plain")
        for n in range(60)
    ]
    detector = Detector(techniques())
    found = cases(examples, detector)
    marked = [frozenset(features) for _, features in detector.features(examples[0].text)]
    bare = [case for case in found if [s.features for s in case.sentences] != marked]
    assert all([set(s.labels) for s in case.sentences] == [{"apology"}, {"closed_question"}] for case in found)
    assert 0 < len(bare) < 60 // UNMARKED_ONE_IN * 2


def test_what_earns_a_label_is_still_there_without_marks() -> None:
    lost = [
        (example.id, words)
        for example in read_corpus()
        for words in example.techniques.values()
        if unmarked(words) not in unmarked(example.text)
    ]
    assert lost == []
