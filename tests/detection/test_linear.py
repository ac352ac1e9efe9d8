"""The long-number arithmetic of the weights against plain sums."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from roleplay.engine.detection.features import content, shared_with
from roleplay.engine.detection.lexicon import Lexicon, tokens
from roleplay.engine.detection.linear import KNEE, LINE_AT_MOST, SCALE, WEIGHT_AT_MOST, Dependence, Weights
from roleplay.engine.detection.weights_file import compiled, read
from roleplay.library import techniques

NAMES = ("greeting", "thanks", "apology")
weight = st.integers(-WEIGHT_AT_MOST, WEIGHT_AT_MOST)
name = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1, max_size=3)
rows = st.dictionaries(name, st.lists(weight, min_size=3, max_size=3), max_size=8)


def _weights(bias: tuple[int, ...], rows: dict[str, list[int]], whole: dict[str, list[int]]) -> Weights:
    """As training writes them, compiled and read back."""
    made = {"techniques": NAMES, "bias": bias, "bands": [[0, 0, 0]] * 3, "rows": rows, "whole": whole}
    return read(compiled(json.dumps({**made, "dependence": {"bias": [[]], **{id: [[], []] for id in NAMES}}})))


@given(rows, st.lists(st.text(max_size=3), max_size=30), st.lists(weight, min_size=3, max_size=3))
def test_scores_are_the_sums(table: dict[str, list[int]], features: list[str], bias: list[int]) -> None:
    flat = {f: [n for k, w in enumerate(row) if w for n in (k, w)] for f, row in table.items()}
    weights = _weights(tuple(bias), flat, {})
    seen = [*features, *table, *table]
    wanted = [bias[k] + sum(table[f][k] for f in seen if f in table) for k in range(3)]
    assert weights.scores(weights.numbers(seen)) == wanted
    assert weights.scores(weights.numbers(seen[2:]), weights.sum(weights.numbers(seen[:2]))) == wanted
    for k in range(3):
        assert sum(w for _, w in weights.because(dict.fromkeys(seen), k)) == sum(row[k] for row in table.values())


three = st.lists(st.integers(-9 * SCALE, 9 * SCALE), min_size=3, max_size=3)
table_of_three = st.lists(three.map(tuple), min_size=3, max_size=3).map(tuple)


@given(three, three, table_of_three, table_of_three)
def test_what_techniques_say_for_each_other_rises_between_the_knees_only(
    scores: list[int], bias: list[int], below: tuple[tuple[int, ...], ...], above: tuple[tuple[int, ...], ...]
) -> None:
    layer = Dependence(tuple(bias), below, above)
    flat = [min(KNEE, max(-KNEE, score)) for score in scores]
    for k, said in enumerate(layer.said(scores)):
        exact = bias[k] * SCALE
        for number, score in enumerate(flat):
            exact += (min(score, 0) + KNEE) * below[number][k] + max(score, 0) * above[number][k]
        assert said == exact // SCALE
        parts = sum(weight for _, weight in layer.because(scores, NAMES, k))
        assert abs(parts + bias[k] - said) <= len(NAMES)  # each part is rounded down by itself
    assert layer.said(scores) == layer.said(flat)


def test_a_long_line_of_the_customer_moves_a_score_by_so_much_only() -> None:
    says = {f"l:{n}": [0, -SCALE, 1, SCALE // 4] for n in range(9)}
    weights = _weights((5, 6, 7), says, {"l:0": [1, 100]})
    assert weights.of_line(list(says)) == [-LINE_AT_MOST, 9 * SCALE // 4 + 100, 0]


def test_without_a_second_layer_nothing_is_said() -> None:
    assert Dependence().said([1, 2, 3]) == [0, 0, 0]


def test_words_of_a_class_are_found_whole_and_by_their_beginning() -> None:
    lexicon = Lexicon({"ANGER": ["火大", "fed up", "annoy*"], "TIRED": ["累"]}, techniques().fold)
    text = "您一定很火大又累,fed up, annoyed"
    words = tokens(text, 0, len(text)).words
    found = {(name, "".join(words[first : last + 1])) for name, first, last in lexicon.find(words)}
    assert found == {("ANGER", "火大"), ("TIRED", "累"), ("ANGER", "fedup"), ("ANGER", "annoyed")}


def test_every_class_has_words_in_both_languages() -> None:
    classes = techniques().classes
    assert set(classes["zh"]) == set(classes["en"])
    for language, of_language in classes.items():
        for name, words in of_language.items():
            assert len(words) == len(set(words)) >= 3, (language, name)


def test_what_is_shared_with_the_customer() -> None:
    assert shared_with("我等了三個小時", "您等了三個小時") == 4
    assert shared_with("我等了三個小時", "請坐") == 0
    assert shared_with("", "請坐") == 0
    assert list(content("等很久 waited 3 h")) == ["等很", "很久", "waited", "3"]
