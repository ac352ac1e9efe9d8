"""What does not make sense is found, and what does is left alone."""

from __future__ import annotations

import pytest

from roleplay.scenarios.packs import load_pack
from roleplay.scenarios.sample import FILES
from tests.scenarios.packs_at_hand import SCENARIO, codes, load_changed, only, text_at, with_change

_OPENING = "      - when: {asked: order_number}\n        to: details\n"
_GONE = "      - when: {tries: {at_least: 4}}\n        to: gone\n"


def _before_details(when: str) -> dict[str, str]:
    """The sample whose first branch of `opening` is preceded by one with `when`."""
    return with_change(_OPENING, f"      - when: {when}\n        to: details\n{_OPENING}")


@pytest.mark.parametrize(
    "when",
    [
        "{asked: order_number}",
        "{asked: [order_number, cause]}",
        "{any: [{asked: order_number}, {does: apology}]}",
        "{tries: {at_least: 1}}",
        "{mood: {at_least: 0}}",
        "{not: {mood: {below: 0}}}",
    ],
)
def test_a_branch_that_never_gets_its_turn_names_the_one_before_it(when: str) -> None:
    files = _before_details(when)
    found = only(load_pack(files), "RP405")
    assert text_at(files, found).startswith("when: {asked: order_number}")
    assert dict(found.arguments)["line"] == str(found.line - 2)


@pytest.mark.parametrize(
    "when",
    [
        "{asks: order_number}",
        "{asked: cause}",
        "{all: [{asked: order_number}, {does: apology}]}",
        "{mood: {at_least: 1}}",
        "{tries: {at_least: 2}}",
        "{not: {asked: order_number}}",
    ],
)
def test_a_branch_that_may_get_its_turn_is_left_alone(when: str) -> None:
    assert "RP405" not in codes(load_pack(_before_details(when)))


def test_a_branch_of_anywhere_comes_before_those_of_a_state() -> None:
    files = with_change("- when: {mood: {below: 10}}", "- when: {tries: {at_least: 3}}")
    found = only(load_pack(files), "RP405")
    assert text_at(files, found).startswith("when: {tries: {at_least: 4}}")


def test_a_branch_of_anywhere_is_not_tried_in_the_state_it_leads_to() -> None:
    text = FILES[SCENARIO].replace("anywhere:\n", "anywhere:\n  - when: {asked: order_number}\n    to: details\n", 1)
    found = [one for one in load_pack({**FILES, SCENARIO: text}).problems if one.code == "RP405"]
    assert [text_at({**FILES, SCENARIO: text}, one) for one in found] == ["when: {asked: order_number}"]


def test_states_are_reached_through_anywhere_the_unrecognised_and_the_clock() -> None:
    for old, new in (
        ("    to: gone\nunrecognised:\n", "    to: gone\nunrecognised:\n  to: happy\n"),
        ("      mood: -6\n", "      mood: -6\n      to: happy\n"),
        ("anywhere:\n", "anywhere:\n  - {when: {trust: {below: 3}}, to: happy}\n"),
    ):
        text = FILES[SCENARIO].replace("        to: happy\n", "        to: done\n").replace(old, new)
        assert "RP401" not in codes(load_pack({**FILES, SCENARIO: text}))


def test_what_can_never_happen_leads_nowhere() -> None:
    text = FILES[SCENARIO].replace("{mood: {at_least: 50}}]}", "{mood: {at_least: 50}}, {mood: {below: 40}}]}")
    assert [c for c in codes(load_pack({**FILES, SCENARIO: text})) if c in ("RP401", "RP407")] == ["RP407", "RP401"]


def test_every_state_that_cannot_end_is_named() -> None:
    text = FILES[SCENARIO].replace("anywhere:\n  - when: {mood: {below: 10}}\n    to: gone\n", "")
    for target in ("happy", "done", "gone"):
        text = text.replace(f"        to: {target}\n", "        says: {zh: 嗯。, en: Well.}\n")
    found = [one for one in load_pack({**FILES, SCENARIO: text}).problems if one.code in ("RP401", "RP402")]
    assert [(one.code, dict(one.arguments)["name"]) for one in found] == [
        ("RP402", "opening"),
        ("RP402", "details"),
        ("RP401", "happy"),
        ("RP401", "done"),
        ("RP401", "gone"),
    ]


def test_a_party_needs_an_answer_for_everything() -> None:
    loaded = load_changed(
        "      - otherwise: true\n        says: {zh: 哪張", "      - when: {does: thanks}\n        says: {zh: 哪張"
    )
    found = only(loaded, "RP403")
    assert "party “leader”" in str(found)
    assert "人物「leader」" in found.render("zh")


@pytest.mark.parametrize(
    "met",
    [
        "{by_name: true}",
        "{offers: within}",
        "{offers: {cards: credit, limit: over}}",
        "{names: cause}",
        "{touches: apology}",
        "{all: [{mood: {at_least: 50}}, {any: [{does: apology}, {does: validate}]}]}",
        "{all: [{not: {did: blame_customer}}, {does: apology}]}",
    ],
)
def test_what_leaves_evidence_can_be_met(met: str) -> None:
    loaded = load_changed("met: {does: commitment_timeframe}", f"met: {met}")
    assert codes(loaded) == []


@pytest.mark.parametrize(
    ("met", "code"),
    [
        ("{not: {does: blame_customer}}", "RP503"),
        ("{did: apology}", "RP503"),
        ("{any: [{knows: cause}, {mood: {at_least: 50}}]}", "RP503"),
        ("{all: [{nothing: true}, {does: apology}]}", "RP506"),
        ("{all: [{does: apology}, {tries: {below: 1}}]}", "RP506"),
        ("{all: [{does: apology}, {not: {does: [apology, validate]}}]}", "RP506"),
        ("{any: [{does: apology}, {did: validate}]}", "RP504"),
        ("{asks: cause}", "RP505"),
    ],
)
def test_what_cannot_be_met_is_refused(met: str, code: str) -> None:
    assert codes(load_changed("met: {does: commitment_timeframe}", f"met: {met}")) == [code]


def test_an_offer_needs_something_to_offer() -> None:
    text = FILES[SCENARIO].replace("met: {does: commitment_timeframe}", "met: {offers: within}")
    text = text.replace("limit: 100\n      approved_limit: 300", "limit: 0\n      approved_limit: 300")
    assert "RP506" not in codes(load_pack({**FILES, SCENARIO: text}))
    text = text.replace("        grants: [credit]\n", "")
    assert "RP506" in codes(load_pack({**FILES, SCENARIO: text}))


@pytest.mark.parametrize("role", ["assistant", "front_line", "supervisor", "manager"])
def test_an_indicator_of_a_managers_talk_needs_somebody_who_leads(role: str) -> None:
    text = FILES[SCENARIO].replace("TRM3R0182v2:2.2", "BGM4R0901v2:3.1").replace("role: assistant", f"role: {role}")
    assert codes(load_pack({**FILES, SCENARIO: text})) == ([] if role in ("supervisor", "manager") else ["RP502"])


def test_lines_with_the_same_condition_are_said_once() -> None:
    loaded = load_changed(
        "says: {zh: 到底什麼時候會到？, en: When will it be here?}",
        "says: [{when: {mood: {below: 40}}, says: {zh: 快, en: Quick}}, "
        "{when: {mood: {below: 30}}, says: {zh: 快點, en: Hurry}}, {says: {zh: 喂, en: Hello}}]",
    )
    assert codes(loaded) == ["RP405"]


def test_a_fact_is_told_by_anybody_who_reveals_it() -> None:
    for old, new in (
        ("        mood: +5\n", "        mood: +5\n        reveals: [cause]\n"),
        ("      mood: -6\n", "      mood: -6\n      reveals: [cause]\n"),
        ("  mood: -1\n", "  mood: -1\n  reveals: [cause]\n"),
        ("words: {zh: [拋錨], en: [broke down]}\n", "words: {zh: [拋錨], en: [broke down]}\n    known: true\n"),
    ):
        text = FILES[SCENARIO].replace("        reveals: [cause]\n", "").replace(old, new)
        assert codes(load_pack({**FILES, SCENARIO: text})) == []


def test_a_part_with_a_problem_of_shape_is_not_judged_as_well() -> None:
    # Its tip being unreadable, the opportunity would seem to have none; without a branch a state would seem unreached.
    loaded = load_changed("tip: {zh: 說出確切的時間。, en: Give an exact time.}", "tip: [x]")
    assert codes(loaded) == ["RP203"]
    loaded = load_changed("- when: {tries: {at_least: 4}}", "- when: {tries: many}")
    assert codes(loaded) == ["RP203"]


def test_the_rest_of_a_file_with_a_problem_is_judged() -> None:
    text = FILES[SCENARIO].replace("level: foundation", "level: easy").replace("        reveals: [cause]\n", "")
    assert codes(load_pack({**FILES, SCENARIO: text})) == ["RP204", "RP417"]
    text = FILES[SCENARIO].replace("grants: [credit]", "grants: [credit]\n        colour: red")
    text = text.replace("mood: -4}", "mood: 0}")
    assert codes(load_pack({**FILES, SCENARIO: text})) == ["RP423", "RP201"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("        reveals: [cause]\n", "        reveal: [cause]\n"),
        ("        reveals: [cause]\n", "        reveals: {cause: true}\n"),
        ("      - when: {names: order_number}\n", "      - when: {nams: order_number}\n"),
        ("      limit: 100\n", "      limit: lots\n"),
        ("  wait: 5\n", "  wait: long\n"),
        ("    end: solved_warmed\n", "    end: happily\n"),
        ("{tries: {at_least: 4}}", "{tries: 4}"),
        ("  called: {zh: [陳小姐, 雅婷], en: [Ms Chen, Ya-ting]}\n", ""),
    ],
)
def test_what_follows_from_a_problem_of_shape_is_not_held_against_the_author(old: str, new: str) -> None:
    # Each of these takes something away that other parts rely on: a card, a revealed fact, an end, a way out.
    met = "met: {any: [{offers: within}, {by_name: true}]}"
    text = FILES[SCENARIO].replace("met: {does: commitment_timeframe}", met)
    assert old in text
    found = codes(load_pack({**FILES, SCENARIO: text.replace(old, new, 1)}))
    assert len(found) == 1
    assert found[0].startswith("RP2")


def test_a_remedy_without_an_amount_can_wait_for_approval() -> None:
    text = FILES[SCENARIO].replace("limit: 100\n      approved_limit: 300", "limit: 0\n      approved_limit: -1")
    loaded = load_pack({**FILES, SCENARIO: text})
    assert codes(loaded) == []
    assert loaded.pack is not None
    card = loaded.pack.scenarios[0].brief.authority[0]
    assert (card.limit, card.approved_limit) == (0, -1)


@pytest.mark.parametrize(("limit", "approved"), [(100, 100), (100, 0), (-1, 50), (-1, -1), (0, 0)])
def test_approval_must_allow_more(limit: int, approved: int) -> None:
    text = FILES[SCENARIO].replace(
        "limit: 100\n      approved_limit: 300", f"limit: {limit}\n      approved_limit: {approved}"
    )
    assert codes(load_pack({**FILES, SCENARIO: text})) == ["RP216"]
