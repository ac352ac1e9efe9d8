"""Phrases of a scenario in a reply: looked for with short cuts, found as without them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from roleplay.engine.detection.phrases import PhraseTable, find

_LETTERS = "abcde 電鍋宅配外"
_TEXTS = st.text(_LETTERS, max_size=40)


@st.composite
def _slipped(draw: st.DrawFn) -> tuple[str, str]:
    """A word and a text in which it stands with a slip or two."""
    word = draw(st.text(_LETTERS, min_size=4, max_size=30))
    typed = list(word)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(typed)))
        typed[at : at + draw(st.integers(0, 1))] = draw(st.text(_LETTERS, max_size=1))
    return word, draw(_TEXTS) + "".join(typed) + draw(_TEXTS)


@given(_slipped())
def test_whoever_is_near_enough_is_found(pair: tuple[str, str]) -> None:
    word, text = pair
    near = len(text) >= len(word) and fuzz.partial_ratio_alignment(
        word, f"{text}\n" if len(text) == len(word) else text, score_cutoff=92
    )
    if not word.isascii() and near:
        assert find(text, word) is not None


_WORDS = st.lists(st.sampled_from(["the", "late", "parcel", "deliveries", "to", "a", "電鍋", "warehouse"]), min_size=1)


@given(st.one_of(_slipped(), st.tuples(_WORDS.map(" ".join), _WORDS.map(" ".join))))
def test_a_table_leaves_out_nothing_that_would_be_found(pair: tuple[str, str]) -> None:
    word, text = (" ".join(one.split()) for one in pair)
    possible = PhraseTable([["zzz"], ["", word]]).possible(text)
    assert {(one.row, one.column) for one in possible} <= {(1, 1)}
    if word and find(text, word):
        assert possible


_DISTINCT = "天地玄黃宇宙洪荒日月盈昃辰宿列張"


@pytest.mark.parametrize("length", range(7, 15))
@pytest.mark.parametrize("slips", [1, 2])
def test_wherever_the_slips_are_a_table_finds_what_would_be_found(length: int, slips: int) -> None:
    word = _DISTINCT[:length]
    table = PhraseTable([[word]])
    found = 0
    for at in itertools.combinations(range(length), slips):
        for instead, before, after in itertools.product(("", "x"), ("", "__"), ("", "__")):
            text = f"{before}{''.join(instead if n in at else c for n, c in enumerate(word))}{after}"
            if find(text, word):
                found += 1
                assert table.possible(text)
    assert found or slips == 2  # a shorter phrase with two slips in it is another


def test_a_table_leaves_out_what_shares_no_part() -> None:
    table = PhraseTable([["the red parcel", "warehouse in the south"], ["大同電鍋", "宅配"]])
    assert {one.phrase.text for one in table.possible("a depot at its north end has 宅配")} == {"宅配"}
    assert {one.phrase.text for one in table.possible("the warehuose in the south")} == {"warehouse in the south"}


def test_a_long_word_is_found_with_a_slip_and_a_short_one_or_a_number_is_not() -> None:
    assert find("請問阿嬤收到的大同電鍋式什麼顏色", "阿嬤收到的大同電鍋是什麼顏色") is not None
    assert find("please check the delivry note today", "check the delivery note") is not None
    assert find("大同電過", "大同電鍋") is None
    assert find("order 2026112, thank you", "order 2026113") is None
