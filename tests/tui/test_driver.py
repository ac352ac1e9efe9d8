from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from roleplay.tui.driver import PASTE_LIMIT, PasteGate, Reader

START, END = "\x1b[200~", "\x1b[201~"


def typed(messages: list[Message]) -> str:
    return "".join(m.character or "" for m in messages if isinstance(m, events.Key))


def pasted(messages: list[Message]) -> list[str]:
    return [m.text for m in messages if isinstance(m, events.Paste)]


def test_characters_split_at_every_byte_arrive() -> None:
    reader = Reader()
    words = "您好，真的很抱歉讓您久等了😀"
    found = [m for byte in words.encode() for m in reader.read(bytes([byte]))]
    assert typed(found) == words


@pytest.mark.parametrize("junk", ["抱歉".encode("big5"), b"\xff\xfe\x80", b"\xe6\x8a", b"\xc3("])
def test_broken_bytes_are_shown_as_such_and_what_follows_arrives(junk: bytes) -> None:
    reader = Reader()
    found = [*reader.read(junk), *reader.read("好".encode()), *reader.read(b"a")]
    assert typed(found).endswith("好a")
    assert "\ufffd" in typed(found)


@pytest.mark.parametrize("report", [b"\x1b[49;1:1;20320u", b"\x1b[0;;20320:22909u", b"\x1b[;;;u", b"\x1b[<;;M"])
def test_a_malformed_report_does_not_stop_what_follows(report: bytes) -> None:
    reader = Reader()
    found = reader.read(report + "好的".encode())
    assert typed(found).endswith("好的")


def test_a_paste_of_a_megabyte_is_cut_off_and_the_next_key_arrives() -> None:
    reader = Reader()
    data = (START + "長" * 400_000 + END + "a").encode()
    found = [m for at in range(0, len(data), 4096) for m in reader.read(data[at : at + 4096])]
    assert pasted(found) == ["長" * PASTE_LIMIT]
    assert typed(found) == "a"


def test_a_paste_keeps_its_newlines() -> None:
    assert pasted(Reader().read(f"{START}一\n二{END}".encode())) == ["一\n二"]


@given(st.lists(st.text(alphabet="ab\x1b[201~中", max_size=30), min_size=1, max_size=4), st.data())
def test_the_gate_sees_markers_wherever_they_are_split(parts: list[str], data: st.DataObject) -> None:
    inside = [part.replace("\x1b", "") for part in parts]
    whole = "".join(f"x{START}{part}{END}" for part in inside)
    gate, out, at = PasteGate(10), "", 0
    while at < len(whole):
        step = data.draw(st.integers(1, 9))
        out += gate.pass_on(whole[at : at + step])
        at += step
    assert out == "".join(f"x{START}{part[:10]}{END}" for part in inside)


def test_a_lone_escape_is_not_held_back() -> None:
    gate = PasteGate()
    assert gate.pass_on("\x1b") == "\x1b"
    assert gate.pass_on("[200~") + gate.pass_on("y" * 5) == "[200~yyyyy"
