"""The transcript file in the hands of somebody who wants to change it, and as input from anywhere."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.engine import events as e
from roleplay.engine.codec import Json, canonical, split
from roleplay.engine.events import Fact
from roleplay.engine.session import fold
from roleplay.store.chain import RECORDS_AT_MOST, Head, Record, first_head, link
from roleplay.store.problems import StoreProblem
from roleplay.store.transcript import read_transcript, receipt_text, write_transcript
from tests.store.made import PACK, TRAINEE, keep, kept_at, salts, session_facts, started, turn


def forged(facts: tuple[Fact, ...], session: str = "made-1", files: dict[str, str] = PACK) -> list[str]:
    """A file with a sound chain over whatever `facts`: somebody who knows the format made it."""
    head, records, next_salt = Head(0, first_head(session)), list[Record](), salts()
    for fact in facts:
        records.append(link(head, split(fact), next_salt))
        head = Head(head.count + 1, records[-1].hash)
    return list(write_transcript(session, head.count, head.head, files, records))


WHOLE = forged(session_facts())


def line(value: Json) -> str:
    return canonical(value).decode()


def told(lines: list[str]) -> tuple[int, str, str]:
    """The line of the damage and the sentence in both languages; line 0 if the file is whole."""
    try:
        read = read_transcript(lines)
    except StoreProblem as problem:
        assert problem.code == "bad_transcript"
        return int(problem.where), problem.sentence("zh"), problem.sentence("en")
    if read.verdict.ok:
        return 0, "", ""
    assert read.verdict.flaw is not None
    assert read.verdict.flaw.line == read.line
    return read.line, read.verdict.sentence("zh"), read.verdict.sentence("en")


def test_a_whole_file_reads_as_the_facts() -> None:
    read = read_transcript(WHOLE)
    assert (read.verdict.ok, read.verdict.count, read.verdict.erased) == (True, 9, 0)
    assert (read.facts, dict(read.pack_files)) == (session_facts(), PACK)


def test_every_changed_byte_is_noticed_in_its_line() -> None:
    whole = "\n".join(WHOLE).encode()
    number, late_pack_line = 1, range(2, 2 + len(PACK))
    for at, byte in enumerate(whole):
        for flip in (0x01, 0x20)[: 1 + (at % 4 == 0)]:
            changed = whole[:at] + bytes([byte ^ flip]) + whole[at + 1 :]
            place, zh, en = told(changed.decode("utf-8", "replace").split("\n"))
            assert place, f"byte {at} ^ {flip}: {whole[max(0, at - 20) : at + 20]!r}"
            assert place in (number, number + 1) if byte == 10 else place == number or number in late_pack_line
            assert f"line {place}" in en
            assert f"第 {place} 行" in zh
        number += byte == 10


@pytest.mark.parametrize("number", range(len(WHOLE)))
def test_every_lost_doubled_and_moved_line_is_noticed(number: int) -> None:
    assert told(WHOLE[:number] + WHOLE[number + 1 :])[0]
    assert told([*WHOLE[: number + 1], *WHOLE[number:]])[0]
    if number:
        assert told([*WHOLE[: number - 1], WHOLE[number], WHOLE[number - 1], *WHOLE[number + 1 :]])[0]


def test_how_lines_end_is_not_part_of_the_file() -> None:
    """Mail and editors change it."""
    assert told([f"{text}\r\n" for text in WHOLE])[0] == 0
    assert told(["\ufeff" + WHOLE[0], *WHOLE[1:], "", "\n"])[0] == 0


def test_a_line_written_another_way_is_not_the_same_file() -> None:
    loose = json.dumps(json.loads(WHOLE[4]))
    assert told([*WHOLE[:4], loose, *WHOLE[5:]])[0] == 5


def with_private(number: int, private: object) -> list[str]:
    at = 1 + len(PACK) + number - 1
    value = json.loads(WHOLE[at])
    return [*WHOLE[:at], line({**value, "private": private}), *WHOLE[at + 1 :]]


@pytest.mark.parametrize(
    ("number", "private", "words"),
    [
        (3, {"salt": f"{2:032x}", "text": "喔！"}, "not the one committed to"),
        (3, {"salt": f"{9:032x}", "text": "喔。"}, "not the one committed to"),
        (3, None, "missing and not marked"),
        (2, {"salt": "0", "text": "x"}, "nobody committed to"),
        (3, {"salt": "0"}, "private part"),
        (3, {"salt": 0, "text": "x"}, "private part"),
    ],
)
def test_typed_text_is_held_to_its_commitment(number: int, private: object, words: str) -> None:
    place, _, en = told(with_private(number, private))
    assert place == 1 + len(PACK) + number
    assert words in en


def test_erased_text_still_verifies_and_is_counted() -> None:
    read = read_transcript(with_private(3, {"salt": "", "text": None}))
    assert (read.verdict.ok, read.verdict.erased) == (True, 1)
    assert isinstance(read.facts[2], e.TurnTaken)
    assert read.facts[2].text == ""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ((started(), started()), "in this order"),
        ((started(), e.SessionEnded(1, None), turn(1)), "in this order"),
        ((started(), e.TurnRetried("nobody", 1)), "in this order"),
        ((started(), turn(1), e.TurnRetried("t-1-1", 1), turn(1)), "twice"),
        ((turn(1), started()), "not the start"),
        ((started("another"),), "another session"),
    ],
)
def test_a_sound_chain_over_what_cannot_have_happened_is_refused(facts: tuple[Fact, ...], words: str) -> None:
    """Who replays the file relies on the order; who imports it on the ids."""
    assert words in told(forged(facts))[2]


def test_a_pack_that_was_not_played_with_is_refused() -> None:
    assert "pack" in told(forged(session_facts(), files={**PACK, "late.yaml": "# 別的\n"}))[2]
    assert told(forged(session_facts(), files={}))[0] == 0  # left out: it replays, and cannot be scored again


HEADER = json.loads(WHOLE[0])


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "missing"),
        (["x"], "not a JSON object"),
        (["[]"], "not a JSON object"),
        (["[" * 1_000_000], "too deep"),
        (['{"a":' * 100_000], "too deep"),
        (['{"format":"roleplay-transcript","format":"x"}'], "twice"),
        ([line({**HEADER, "format": "other"})], "not a roleplay transcript"),
        ([line({**HEADER, "version": 2})], "newer program"),
        ([line({**HEADER, "version": True})], "newer program"),
        ([line({**HEADER, "more": 1})], "header"),
        ([line({**HEADER, "session": 5})], "header"),
        (['{"chain":{},"format":"roleplay-transcript","session":"\\ud800","version":1}', *WHOLE[1:]], "written"),
        ([WHOLE[0]], "missing"),
        ([WHOLE[0], line({"note": "hello"})], "unknown kind"),
        ([*WHOLE, WHOLE[-1]], "follows the receipt"),
        ([WHOLE[0], WHOLE[1], WHOLE[1]], "each file once"),
        (["x" * (4 << 20) + "x"], "larger"),
        ([WHOLE[0], '{"hash":"' + "0" * 64 + '","private":null,"record":{"at":1.5}}'], "whole number"),
        ([WHOLE[0], '{"hash":"' + "0" * 64 + '","private":null,"record":{"at":' + "9" * 5000 + "}}"], "not a JSON object"),
        ([WHOLE[0], line({"hash": "0", "private": None, "record": {"kind": "turn_dreamt"}})], "turn_dreamt"),
        ([*WHOLE[:-1]], "receipt"),
    ],
)  # fmt: skip
def test_hostile_files_get_one_clear_sentence(lines: list[str], words: str) -> None:
    place, zh, en = told(lines)
    assert place
    assert words in en
    assert zh != en
    assert len(en) < 500


def test_limits_hold_before_a_line_is_read() -> None:
    def endless() -> Iterator[str]:
        yield WHOLE[0]
        for number in range(1 << 30):
            yield line({"pack_file": f"{number:09}", "text": "x" * 4_000_000})

    assert "larger" in told(list(itertools.islice(endless(), 20)))[2]
    with pytest.raises(StoreProblem, match="larger"):
        read_transcript(endless())
    with pytest.raises(StoreProblem, match="larger"):
        read_transcript(itertools.repeat(""))
    hint = e.HintShown(1, "x")
    many = forged((started(), *(hint for _ in range(RECORDS_AT_MOST))))
    assert "larger" in told(many)[2]


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "big5.jsonl"
    path.write_bytes("\n".join(WHOLE).encode().replace("遲到".encode(), "遲到".encode("big5")))
    with path.open(encoding="utf-8") as stream, pytest.raises(StoreProblem, match="UTF-8"):
        read_transcript(stream)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_no_text_at_all_breaks_the_reader(lines: list[str]) -> None:
    assert told(lines)[0]


@settings(deadline=None, max_examples=150)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["record", "hash", "private", "kind", "seq", "text", "salt"]), inner, max_size=4),
        max_leaves=8,
    ),
    st.integers(0, len(WHOLE) - 1),
    st.sampled_from(["", "record", "hash", "private", "chain", "session", "receipt", "text", "pack_file"]),
)  # fmt: skip
def test_no_json_in_any_place_breaks_the_reader(value: object, number: int, key: str) -> None:
    was = json.loads(WHOLE[number])
    if not key or key not in was or was[key] == value:
        return
    try:
        changed = line({**was, key: value})
    except UnicodeEncodeError:
        return
    assert told([*WHOLE[:number], changed, *WHOLE[number + 1 :]])[0]


def test_the_receipt_says_what_to_compare() -> None:
    verdict = read_transcript(WHOLE).verdict
    for language in ("zh", "en"):
        text = receipt_text(started(), verdict, language)
        assert "9" in text
        assert verdict.head in text
        assert "made-1" in text
    assert json.loads(WHOLE[-1])["receipt"] == {"count": 9, "head": verdict.head}


def test_the_store_writes_this_file(tmp_path: Path) -> None:
    with kept_at(f"sqlite:///{tmp_path}/records.db") as store:
        facts = keep(store)
        exported = list(store.export("made-1"))
    read = read_transcript(exported)
    assert (read.verdict.ok, read.facts) == (True, facts)
    assert exported[1:3] == WHOLE[1:3]


SAMPLE = Path(__file__).parent / "samples" / "version1_every_kind.jsonl"


def test_a_version_1_file_with_every_kind_of_record_stays_readable_for_ever() -> None:
    """The file was written once. When a fact gains a field, this file must still be read: never write it anew."""
    with SAMPLE.open(encoding="utf-8", newline="\n") as stream:
        read = read_transcript(stream)
    assert (read.verdict.ok, read.verdict.count, read.verdict.erased) == (True, 8, 1)
    assert read.verdict.head == "6a9a1013a9ae12ccc18a4da5c12e84b87e3b10164ef50912c87710b13f9f22f5"
    kinds = [record.public["kind"] for record in read.records]
    assert kinds == ["session_started", "hint_shown", "turn_taken", "turn_retried", "turn_taken", "time_passed", "turn_taken", "session_ended"]  # fmt: skip
    state = fold(read.facts)
    assert [(t.taken.text, t.standing) for t in state.turns] == [("", False), ("邱先生，很抱歉讓您久等了。", True), ("我今天五點前回電給您。", True)]  # fmt: skip
    assert (state.started.trainee, state.ended and state.ended.outcome, state.mood) == (TRAINEE, "solved", 31)


@pytest.mark.parametrize("number", range(len(WHOLE)))
def test_the_documented_program_says_the_same_of_every_lost_line(number: int, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "transcript-format.md").read_text("utf-8")
    program = page.split("```python\n")[1].split("```")[0]
    file = tmp_path / "record.jsonl"
    for lines, sound in ((WHOLE, True), (WHOLE[:number] + WHOLE[number + 1 :], False)):
        file.write_text("\n".join(lines) + "\n", "utf-8")
        done = subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, check=False)
        assert (done.returncode == 0) == sound == (told(lines)[0] == 0)
