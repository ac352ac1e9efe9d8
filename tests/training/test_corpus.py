"""The labelled replies are what they say they are, and their parts know nothing of each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from roleplay.engine.detection.weights_file import compiled
from roleplay.scenarios.model import LANGUAGES, Language
from roleplay.training.corpus import (
    PARTS,
    BadCorpus,
    Review,
    corpus_hash,
    mended,
    parts,
    read_corpus,
    read_examples,
    read_reviews,
)
from roleplay.training.learning import shipped_room

GOOD = (
    '{"id":"a.zh.001","situation":"T01","customer":"","text":"您好，請問","techniques":{"greeting":"您好"},'
    '"not":{},"phenomenon":"plain"}'
)


def test_every_author_stands_in_one_part() -> None:
    authors = Counter(author for part in PARTS for author in parts()[part])
    assert set(authors.values()) == {1}
    assert set(authors) == {e.author for e in read_corpus()}


def test_no_situation_and_no_reply_stands_in_two_parts() -> None:
    of_part = {part: read_corpus(part=part) for part in PARTS}
    for one, other in (("train", "tune"), ("train", "test"), ("tune", "test")):
        first, second = of_part[one], of_part[other]  # type: ignore[index]
        assert not {e.situation for e in first} & {e.situation for e in second}
        assert not {e.text for e in first} & {e.text for e in second}


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_unique_and_name_their_file(language: Language) -> None:
    examples = read_corpus(language)
    assert len({e.id for e in examples}) == len(examples) > 500
    assert all(e.id.startswith(f"{e.author}.{language}.") for e in examples)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda line: line[:-2], "1:"),
        (lambda line: line.replace("greeting", "greetings"), "greetings is no technique"),
        (lambda line: line.replace('"greeting":"您好"', '"greeting":"你好"'), "«你好» is not in the reply"),
        (lambda line: line.replace('"not":{}', '"not":{"greeting":["empty","您好"]}'), "labelled both ways"),
        (lambda line: line.replace('"not":{}', '"not":{"thanks":["because","您好"]}'), "no reason"),
        (lambda line: line.replace('"phenomenon"', '"phenomena"'), "missing or unknown"),
        (lambda line: line.replace("您好，請問", ""), "1 to 2000"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(change: Callable[[str], str], named: str) -> None:
    with pytest.raises(BadCorpus, match=r"^a\.zh\.jsonl:1: ") as caught:
        list(read_examples("a.zh.jsonl", [change(GOOD)]))
    assert named in str(caught.value)


def test_a_good_line_is_read_whole() -> None:
    (example,) = read_examples("a.zh.jsonl", [GOOD])
    assert (example.author, example.language, example.techniques) == ("a", "zh", {"greeting": "您好"})


def test_a_review_is_laid_over_the_labels_of_the_author() -> None:
    (example,) = read_examples("a.zh.jsonl", [GOOD])
    changed = mended(example, Review(frozenset({"greeting"}), {"closed_question": "請問"}))
    assert changed.techniques == {"closed_question": "請問"}
    assert example.techniques == {"greeting": "您好"}


@pytest.mark.parametrize(
    ("review", "named"),
    [
        (Review(frozenset({"thanks"}), {}), "thanks is not there"),
        (Review(frozenset(), {"greetings": "您好"}), "greetings is no technique"),
        (Review(frozenset(), {"greeting": "您好"}), "greeting is labelled already"),
        (Review(frozenset(), {"apology": "抱歉"}), "«抱歉» is not in the reply"),
        (Review(frozenset(), {"thanks": "您好"}), "the author says it is not"),
    ],
)
def test_a_review_that_does_not_fit_is_named(review: Review, named: str) -> None:
    (example,) = read_examples("a.zh.jsonl", [GOOD.replace('"not":{}', '"not":{"thanks":["empty","您好"]}')])
    with pytest.raises(BadCorpus, match=r"^review of a\.zh\.001: ") as caught:
        mended(example, review)
    assert named in str(caught.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_were_trained_on_the_corpus_and_compiled_from_the_file_that_is_there(language: Language) -> None:
    text = (shipped_room() / f"weights.{language}.json").read_text(encoding="utf-8")
    assert text.startswith(f'{{\n"corpus": "{corpus_hash(language)}",\n')
    assert (shipped_room() / f"weights.{language}.bin").read_bytes() == compiled(text)


def test_only_what_is_trained_on_is_reviewed() -> None:
    """The labels that measure stay as their authors gave them."""
    train = {e.id for e in read_corpus(part="train")}
    assert set(read_reviews()) <= train
    assert read_corpus(part="test") == read_corpus(part="test", reviewed=False)
