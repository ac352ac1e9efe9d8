from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from roleplay.words.safe import one_line, storable, visible

anything = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=()), st.sampled_from("\x1b\x9b\r\n\t\u202e\u200b\u2066\ufeff\ud800")
    )
)
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@given(anything)
def test_nothing_that_steers_a_terminal_or_a_reader_comes_through(text: str) -> None:
    for character in visible(text):
        category = unicodedata.category(character)
        assert category != "Cs"
        assert category != "Cc" or character in "\n\t"
        assert unicodedata.bidirectional(character) not in BIDI
        assert character not in "\u200b\u2060\ufeff\u00ad"
    visible(text).encode("utf-8")


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="\u115f\u1160")))
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert visible(text) == text


@given(anything)
def test_it_is_done_once(text: str) -> None:
    assert visible(visible(text)) == visible(text)


def test_what_becomes_of_some() -> None:
    assert visible("\x1b[31m紅\x07") == "␛[31m紅␇"
    assert visible("a\u202eb") == "a<U+202E>b"
    assert visible("\ud800") == "\ufffd"
    assert visible("👨‍👩‍👧") == "👨‍👩‍👧"
    assert visible("甲\u200d乙") == "甲<U+200D>乙"
    assert one_line("a\r\nb\tc") == "a b c"


def test_what_no_record_can_hold_is_replaced_one_for_one() -> None:
    assert storable("好\x00\ud800的") == "好\ufffd\ufffd的"
