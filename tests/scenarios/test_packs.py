"""A folder of texts -> a pack: which file means what, what one file says of another, and the fingerprint."""

from __future__ import annotations

import hashlib

from roleplay.scenarios.checking import Names, names_of
from roleplay.scenarios.packs import fingerprint, load_pack, load_scenario
from roleplay.scenarios.problems import CODES
from roleplay.scenarios.sample import FILES, changed
from roleplay.standards import catalogue
from tests.scenarios.packs_at_hand import PACK, REHEARSAL, SCENARIO, codes, only, text_at

_OTHER = FILES[SCENARIO].replace("id: late_cake\n", "id: late_bread\n", 1)


def test_every_yaml_file_but_two_kinds_is_a_scenario() -> None:
    loaded = load_pack({**FILES, "late_bread.yaml": _OTHER, "README.md": "# not read"})
    assert loaded.problems == ()
    assert loaded.pack is not None
    assert [scenario.id for scenario in loaded.pack.scenarios] == ["late_bread", "late_cake"]
    assert [rehearsal.scenario for rehearsal in loaded.rehearsals] == ["late_cake"]
    assert (loaded.pack.id, loaded.pack.version, loaded.pack.licence) == ("sample", "1.0", "CC-BY-4.0")


def test_the_order_of_the_files_does_not_matter() -> None:
    files = {**FILES, "late_bread.yaml": _OTHER.replace("level: foundation", "level: easy")}
    assert load_pack(files) == load_pack(dict(reversed(files.items())))


def test_one_broken_scenario_keeps_the_pack_back_but_not_the_sound_ones() -> None:
    loaded = load_pack({**FILES, "late_bread.yaml": _OTHER.replace("start: opening", "start: nowhere")})
    assert loaded.pack is None
    assert [scenario.id for scenario in loaded.sound] == ["late_cake"]
    assert len(loaded.rehearsals) == 1


def test_next_is_in_this_pack_or_names_another() -> None:
    for named, expected in (
        ("[late_bread]", []),
        ("[other_pack/some_scene]", []),
        ("[late_bred]", ["RP306"]),
        ("[Other/x]", ["RP306"]),
        ("[/x]", ["RP306"]),
    ):
        text = FILES[SCENARIO].replace("focus:", f"next: {named}\nfocus:", 1)
        assert codes(load_pack({**FILES, SCENARIO: text, "late_bread.yaml": _OTHER})) == expected


def test_two_scenarios_of_one_id_are_told_apart_by_file() -> None:
    found = only(load_pack({**FILES, "z.yaml": FILES[SCENARIO]}), "RP309")
    assert found.file == "z.yaml"
    assert dict(found.arguments) == {"name": "late_cake", "other": SCENARIO}


def test_without_pack_yaml_the_rest_is_still_checked() -> None:
    loaded = load_pack({SCENARIO: FILES[SCENARIO].replace("level: foundation", "level: easy")})
    assert [found.code for found in loaded.problems] == ["RP204", "RP305"]
    assert load_pack({}).pack is None


def test_a_rehearsal_is_held_against_its_scenario() -> None:
    files = dict(FILES)
    files[REHEARSAL] = (
        FILES[REHEARSAL]
        .replace("state: details", "state: detials")
        .replace("finds: [closed_question]", "finds: [close_question]")
        .replace("{ask_order: met}", "{ask_oder: met}")
        .replace("  - wait: true\n", "  - wait: true\n    to: boss\n")
        .replace("outcome: solved", "outcome: happy")
    )
    loaded = load_pack(files)
    assert loaded.pack is not None
    assert loaded.rehearsals == ()
    found = {one.code: text_at(files, one) for one in loaded.problems if one.code != "RP301"}
    assert found == {"RP304": "close_question]", "RP204": "happy"}
    assert [text_at(files, one) for one in loaded.problems if one.code == "RP301"] == [
        "detials",
        "ask_oder: met}",
        "boss",
    ]


def test_a_rehearsal_of_a_broken_scenario_is_held_against_what_it_has() -> None:
    files = {**FILES, SCENARIO: FILES[SCENARIO].replace("level: foundation", "level: easy")}
    assert codes(load_pack(files), REHEARSAL) == []


def test_nobody_is_blamed_for_naming_a_scenario_that_cannot_be_read() -> None:
    files = {
        **FILES,
        SCENARIO: "id: late_cake\nlevel: [\n",
        "late_bread.yaml": _OTHER.replace("focus:", "next: late_cake\nfocus:", 1),
    }
    assert [(found.file, found.code) for found in load_pack(files).problems] == [(SCENARIO, "RP116")]


def test_the_customer_and_the_parties_can_be_spoken_to() -> None:
    for whom in ("customer", "leader"):
        text = FILES[REHEARSAL].replace("    expect:\n      state", f"    to: {whom}\n    expect:\n      state", 1)
        loaded = load_pack({**FILES, REHEARSAL: text})
        assert loaded.problems == ()
        assert loaded.rehearsals[0].turns[0].to == whom


def test_names_of_the_standards_can_be_given() -> None:
    names = Names({"X:1": "turn"}, {"complaint": frozenset({"late_delivery"}), "focus": frozenset()})
    loaded = load_pack(FILES, names)
    assert {found.code for found in loaded.problems} == {"RP303", "RP501", "RP301"}


def test_the_standards_have_what_packs_refer_to() -> None:
    names = names_of(catalogue())
    assert names.indicators["TRM3R0182v2:3.1"] == "turn"
    assert "limits_considered" not in names.vocabularies["remedy"]
    assert {"disability", "prior_knowledge"} <= names.vocabularies["need"]
    assert all(names.vocabularies.values())


def test_the_fingerprint_is_the_hash_of_names_and_texts() -> None:
    one = hashlib.sha256("甲".encode()).hexdigest()
    two = hashlib.sha256(b"").hexdigest()
    expected = hashlib.sha256(f"a.yaml\n{one}\nb.yaml\n{two}\n".encode()).hexdigest()
    assert fingerprint({"b.yaml": "", "a.yaml": "甲"}) == expected
    loaded = load_pack(FILES)
    assert loaded.pack is not None
    assert loaded.pack.fingerprint == fingerprint(FILES)
    commented = load_pack({**FILES, PACK: FILES[PACK] + "# a comment\n"}).pack
    assert commented is not None
    assert commented.fingerprint != loaded.pack.fingerprint


def test_what_was_played_stays_readable_when_more_is_found_to_say_against_it() -> None:
    files = changed(CODES["RP402"].example)
    assert load_pack(files).pack is None
    kept = load_scenario(files, "sample/late_cake")
    assert kept is not None and kept.id == "late_cake"
    assert load_scenario(files, "sample/another") is None
