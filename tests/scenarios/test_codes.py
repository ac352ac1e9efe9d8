"""Every numbered problem has an example that brings it about, sentences in both languages, and its place in
docs/errors.md."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter

import pytest

from roleplay.scenarios.explaining import errors_page, example_lines, explanation
from roleplay.scenarios.packs import load_pack
from roleplay.scenarios.problems import CODES, Problem, as_json, problem
from roleplay.scenarios.sample import FILES, NAMES, changed

_MAKING = (
    "python -c 'from roleplay.scenarios.explaining import errors_page as p; print(p(), end=\"\")' > docs/errors.md"
)


def test_the_sample_has_neither_errors_nor_warnings() -> None:
    loaded = load_pack(FILES)
    assert [str(found) for found in loaded.problems] == []
    assert loaded.pack is not None
    assert len(loaded.rehearsals) == 1


@pytest.mark.parametrize("number", CODES)
def test_its_example_brings_it_about(number: str) -> None:
    files = changed(CODES[number].example)
    loaded = load_pack(files)
    found = [one for one in loaded.problems if one.code == number]
    assert found, [str(one) for one in loaded.problems]
    for one in found:
        lines = files.get(one.file, "").split("\n")
        assert 1 <= one.line <= max(len(lines), 1)
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1


@pytest.mark.parametrize("number", CODES)
def test_errors_and_only_errors_keep_a_pack_or_a_rehearsal_from_being_used(number: str) -> None:
    loaded = load_pack(changed(CODES[number].example))
    broken = {found.file for found in loaded.problems if found.severity == "error"}
    played = {NAMES["rehearsal"], NAMES["replies"]}
    assert (loaded.pack is None) == bool(broken - played)
    assert (loaded.rehearsals == ()) == (NAMES["rehearsal"] in broken)
    if CODES[number].severity == "error":
        assert broken


@pytest.mark.parametrize("number", CODES)
def test_its_sentences_are_filled_in_both_languages(number: str) -> None:
    found = next(one for one in load_pack(changed(CODES[number].example)).problems if one.code == number)
    given = {name for name, _ in found.arguments}
    for wording in (CODES[number].zh, CODES[number].en):
        wanted = {
            name for part in (wording.message, wording.remedy) for _, name, _, _ in Formatter().parse(part) if name
        }
        assert wanted <= given
        assert all((wording.title, wording.message, wording.remedy, wording.why))
    english, chinese = str(found), found.render("zh")
    place = f"{found.file}:{found.line}:{found.column}: {number}"
    assert english.startswith(f"{place} {found.severity}: ") and english.endswith(".")
    assert chinese.startswith(f"{place} {'錯誤' if found.severity == 'error' else '警告'}: ") and chinese.endswith("。")
    assert not re.search(r"@[a-z]|\n|\{[a-z]+\}", english + chinese), "a term or a place for an argument is left"


def test_numbers_are_in_order_and_each_once() -> None:
    numbers = list(CODES)
    assert numbers == sorted(numbers)
    assert all(number == code.number for number, code in CODES.items())


def test_the_page_of_errors_is_in_step_with_the_table() -> None:
    written = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
    assert written == errors_page(), f"make it anew: {_MAKING}"


def test_an_explanation_holds_title_reason_remedy_and_example() -> None:
    zh, en = explanation("RP213", "zh"), explanation("RP213", "en")
    assert "逗號把文字切斷了" in zh and "怎麼做" in zh
    assert '{en: "Yes, I see."}' in en and "Example (late_cake.yaml)" in en
    assert "+    says: {zh: 好吧，謝謝。, en: All right, thanks.}" in en


def test_an_example_shows_invisible_characters() -> None:
    assert any("<U+200B>" in line for line in example_lines(CODES["RP105"].example))
    assert any("<TAB>" in line for line in example_lines(CODES["RP106"].example))


def test_an_unknown_number_is_refused() -> None:
    with pytest.raises(KeyError):
        explanation("RP999", "en")


def test_terms_of_ours_are_translated_and_the_authors_words_are_not() -> None:
    found = problem("a.yaml", 3, 7, "RP301", kind="@fact", name="@cause", near="cause")
    assert str(found) == (
        "a.yaml:3:7: RP301 error: there is no fact called “@cause”; did you mean “cause”? "
        "Use a name that exists, or add it."
    )
    assert found.render("zh") == (
        "a.yaml:3:7: RP301 錯誤: 沒有叫「@cause」的事實，你是不是要寫「cause」？改成已有的名稱，或補上它。"
    )


def test_what_an_author_wrote_cannot_steer_a_terminal_or_fill_the_screen() -> None:
    found = problem("a\x1b[2J.yaml", 1, 1, "RP201", key="k\x1b[31m\n\u202e" + "x" * 5000, near="", allowed="")
    shown = found.render("en")
    assert not re.search("[\x00-\x1f\u202e]", shown)
    assert len(shown) < 500


def test_the_form_for_tools_is_flat_and_encodes() -> None:
    rows = as_json((Problem("a.yaml", 2, 3, "RP202", (("key", "level"),)),), "en")
    assert json.loads(json.dumps(rows)) == [
        {
            "file": "a.yaml",
            "line": 2,
            "column": 3,
            "code": "RP202",
            "severity": "error",
            "message": "“level” is missing",
            "remedy": "Add level:",
        }
    ]
