"""What stands in every match of a pattern."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.library import techniques
from roleplay.scenarios.model import LANGUAGES
from roleplay.training.anchors import anchors, how_often
from roleplay.training.corpus import read_corpus

_OFTEN = how_often(["please wait", "please ask", "ok, wait", "能不能", "well, right"])


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        (r"\bplease wait\b", ("e wa",)),
        (r"抱歉|對不起", ("不起", "抱歉")),
        (r"(?:很|真的)?(?:抱歉|不好意思)", ("意思", "抱歉")),
        (r"(?:能|不能)[^。]{0,9}退款", ("退款",)),
        (r"[^.]{3,80}, right(?=\?)", ("ight",)),
        (r"(?:sorry)? ?$", ()),
        (r"(?:a|b)?", ()),
        (r"[a-z]+", ()),
        (r"(?:ok )+then", ("ok ",)),
        (r"(?!not )(?<=x)kay", ("kay",)),
    ],
)
def test_anchors_are_the_rarest_of_what_must_occur(pattern: str, wanted: tuple[str, ...]) -> None:
    assert anchors(pattern, _OFTEN) == wanted


_PIECES = st.sampled_from(
    ["ab", "c", "d?", "(?:e|fg)", "(?:h|i)?", "[jk]", "[^l]", "m{2,3}", "(?:no|p[q-s])+", r"\b", "(?!t)", "u*"]
)


@given(st.lists(_PIECES, min_size=1, max_size=6), st.text("abcdefghijkmnopqu", max_size=30))
def test_whatever_a_pattern_matches_holds_an_anchor(pieces: list[str], text: str) -> None:
    pattern = "".join(pieces)
    match, known = re.search(pattern, text), anchors(pattern, how_often([text, "abc"]))
    if match and known:
        assert any(anchor in match.group() for anchor in known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_match_of_a_rule_in_the_corpus_holds_one_of_its_anchors(language: str) -> None:
    ready = techniques().ready(language)
    fold = techniques().fold
    for example in read_corpus(language, "train")[::40]:
        text = example.text.lower().translate(fold)
        for one in ready:
            for match in one.match.finditer(text):
                assert any(a in match.group() for a in one.pattern.anchors or ("",)), (one.pattern.id, match.group())
