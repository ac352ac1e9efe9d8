from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from roleplay.tui.widgets.wrapping import lines, natural_width, wrapped

NEVER_FIRST = "，。、；：！？）」』……"
NEVER_LAST = "（「『"
CHINESE = "「蜜月專案」含景觀豪華雙人房兩晚（含早餐），房間佈置；不保證面海……若與廣告不符，「以對客人有利的方式」處理，並當天回報。"


@pytest.mark.parametrize("width", range(6, 40))
def test_no_line_of_chinese_begins_or_ends_with_what_must_not(width: int) -> None:
    for line in wrapped(CHINESE, width):
        assert line[0] not in NEVER_FIRST, line
        assert line[-1] not in NEVER_LAST, line


def test_chinese_breaks_between_characters_and_english_between_words() -> None:
    assert wrapped("我們今天晚上回覆您", 8) == ("我們今天", "晚上回覆", "您")
    assert wrapped("we will call you today", 9) == ("we will", "call you", "today")
    assert wrapped("請打 call center 電話", 9) == ("請打 call", "center 電", "話")


def test_a_word_wider_than_the_line_is_cut_and_a_grapheme_is_not() -> None:
    assert wrapped("abcdefghij", 4) == ("abcd", "efgh", "ij")
    family = "👨‍👩‍👧"
    assert wrapped(family * 2, 1) == (family, family)


def test_newlines_stay_and_an_empty_text_is_one_empty_line() -> None:
    assert wrapped("一\n\n二", 10) == ("一", "", "二")
    assert wrapped("", 10) == ("",)
    assert natural_width("ab\n中文字") == 6


@given(st.text(max_size=120), st.integers(1, 30))
def test_every_line_fits_and_nothing_but_blanks_is_lost(text: str, width: int) -> None:
    found = lines(text, width)
    assert found
    end = 0
    for a, b in found:
        assert a >= end and text[end:a].strip() == ""
        end = b
    assert text[end:].strip() == ""


@given(st.text(alphabet="中文，。（a b-1\n", max_size=120), st.integers(4, 30))
def test_lines_are_never_wider_than_the_width(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrapped(text, width))
