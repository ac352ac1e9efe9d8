"""Words of a scenario in a reply: looked for with short cuts, found as without them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from roleplay.engine.detection.grounding import find

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
def test_what_is_passed_over_unlooked_at_is_not_near_enough(pair: tuple[str, str]) -> None:
    word, text = pair
    near = len(text) >= len(word) and fuzz.partial_ratio_alignment(word, text, score_cutoff=92)
    if not word.isascii() and near:
        assert find(text, word) is not None


def test_a_long_word_is_found_with_a_slip_and_a_short_one_or_a_number_is_not() -> None:
    assert find("請問阿嬤收到的大同電鍋式什麼顏色", "阿嬤收到的大同電鍋是什麼顏色") is not None
    assert find("please check the delivry note today", "check the delivery note") is not None
    assert find("大同電過", "大同電鍋") is None
    assert find("order 2026112, thank you", "order 2026113") is None
