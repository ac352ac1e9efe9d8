"""Rehearsals, forms and sheets of replies of the sample pack, as the trainer's command plays them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from roleplay.authoring.checks import rehearse
from roleplay.authoring.replies import judge_replies
from roleplay.library import open_shelf
from roleplay.scenarios.sample import NAMES


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / NAMES[file]
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def run(folder: Path, *, as_json: bool = False) -> tuple[int, list[str]]:
    lines: list[str] = []
    return rehearse([folder], as_json=as_json, language="en", write=lines.append), lines


def test_the_sample_plays_as_expected(folder: Path) -> None:
    assert run(folder) == (
        0,
        [
            "2 rehearsals as expected, 0 not.",
            "6 replies of the sheets rated rightly, 0 not, 0 known to be misjudged.",
        ],
    )


def test_several_packs_are_played_side_by_side_and_told_in_order(folder: Path, tmp_path: Path) -> None:
    others = [tmp_path / "z_pack", tmp_path / "a_pack"]
    for other in others:
        shutil.copytree(folder, other)
        change(other, "rehearsal", "三點半前回電。, en", "會處理。, en")
    (others[1] / "broken.yaml").write_text("format: [", "utf-8")
    lines: list[str] = []
    assert rehearse([others[0], folder, others[1]], as_json=False, language="en", write=lines.append) == 1
    told = [[line for line in run(one)[1] if not line[0].isdigit()] for one in (others[0], folder, others[1])]
    assert [bool(one) for one in told] == [True, False, True]
    assert [line for line in lines if not line[0].isdigit()] == [line for one in told for line in one]
    lines.clear()
    rehearse(others, as_json=True, language="en", write=lines.append)
    (text,) = lines
    assert [row["file"] for row in json.loads(text) if "code" in row] == [str(others[1] / "broken.yaml")]


def test_what_is_wrong_with_a_form_is_expected_or_a_miss(folder: Path) -> None:
    change(folder, "rehearsal", "三點半前回電。, en", "會處理。, en")
    status, lines = run(folder)
    assert status == 1
    assert lines[:5] == [
        "# late_cake.good.rehearsal.yaml (zh)",
        "- end:",
        "  expect:",
        "    rates: write_down: met",
        "    # came: partly",
    ]
    assert "    # came: [promise_missing]" in lines


def test_a_form_that_is_not_asked_for_is_a_miss(folder: Path) -> None:
    change(
        folder, "scenario", "    kind: service_record\n", "    kind: service_record\n    when: {consulted: leader}\n"
    )
    status, lines = run(folder)
    assert (status, [line for line in lines if "no_such_form" in line]) == (1, ["    # came: no_such_form"] * 2)


def test_a_reply_rated_otherwise_is_a_miss_unless_it_is_known(folder: Path) -> None:
    change(folder, "replies", "請問訂單編號是幾號？", "早安。")
    status, lines = run(folder)
    assert status == 1
    assert lines[0] == "# late_cake.replies.yaml (zh)"
    assert lines[-1] == "5 replies of the sheets rated rightly, 1 not, 0 known to be misjudged."
    rows = json.loads("\n".join(run(folder, as_json=True)[1]))
    assert rows[-1]["reply"] == "早安。"
    change(folder, "replies", "    met:\n", "    misjudged: {zh: [早安。], en: []}\n    met:\n")
    status, lines = run(folder)
    assert (status, lines[-1]) == (0, "5 replies of the sheets rated rightly, 0 not, 1 known to be misjudged.")


@pytest.mark.parametrize(("other", "came"), [("請問訂單編號是幾號？", "met"), ("您先不要急。", "not_observed")])
def test_half_of_it_is_neither_all_of_it_nor_nothing(folder: Path, other: str, came: str) -> None:
    change(folder, "replies", "請問您是什麼時候訂的？", other)
    (wrong,) = (one for one in judge_replies(open_shelf(folder)) if not one.right)
    assert (wrong.expected, wrong.reply, wrong.came) == ("partly", other, came)


def test_replies_to_what_no_rehearsal_reaches_are_said_to_be_so(folder: Path) -> None:
    (folder / NAMES["rehearsal"]).unlink()
    assert {one.came for one in judge_replies(open_shelf(folder))} == {"unreached"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  ask_order:", "  ask_ordr:", "RP301"),
        ("    met:", "    mets:", "RP201"),
        ("late_cake", "late_bread", "RP601"),
    ],
)
def test_a_sheet_is_held_against_its_scenario(folder: Path, old: str, new: str, code: str) -> None:
    change(folder, "replies", old, new)
    assert [found.code for found in open_shelf(folder).loaded.problems if found.file == NAMES["replies"]] == [code]
