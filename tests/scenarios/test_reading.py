"""Text -> located values: where everything stands, what is refused, and that hostile text is refused quickly."""

from __future__ import annotations

import time

import pytest

from roleplay.scenarios.reading import BYTES_AT_MOST, Mapping, Node, Scalar, Sequence, read


def good(text: str) -> Node:
    node, problems = read("x.yaml", text)
    assert problems == ()
    assert node is not None
    return node


def one(text: str) -> tuple[str, int, int]:
    """Code and place of the only problem."""
    _, problems = read("x.yaml", text)
    assert len(problems) == 1, [str(p) for p in problems]
    return problems[0].code, problems[0].line, problems[0].column


def test_every_value_knows_where_it_stands() -> None:
    node = good("a: 訂單\nb:\n  - x\n  - {c: 'y'}\n")
    assert isinstance(node, Mapping)
    a, b = node.get("a"), node.get("b")
    assert a == Scalar("訂單", 1, 4)
    assert isinstance(b, Sequence)
    assert b.items[0] == Scalar("x", 3, 5)
    inner = b.items[1]
    assert isinstance(inner, Mapping) and inner.flow and not node.flow
    assert inner.entries == ((Scalar("c", 4, 6), Scalar("y", 4, 9, plain=False)),)


@pytest.mark.parametrize("written", ["yes", "no", "1_000", "0x10", "1e3", "2026-01-01", "14:20", "null", "~", "NaN"])
def test_every_scalar_is_text(written: str) -> None:
    node = good(f"a: {written}")
    assert isinstance(node, Mapping)
    assert node.get("a") == Scalar(written, 1, 4)


@pytest.mark.parametrize("written", ["Where is it?", "?", "Is it? Or not", "really?!", "? maybe"])
def test_a_question_mark_needs_no_quotes(written: str) -> None:
    node = good(f"{{en: {written}, zh: 在哪裡？}}")
    assert isinstance(node, Mapping)
    found = node.get("en")
    assert isinstance(found, Scalar)
    assert found.text == written


def test_lines_joined_by_yaml_are_marked() -> None:
    node = good("a: 很長的\n  句子\nb: |\n  一\n  二\nc: 'x\n  y'\nd: x\n")
    assert isinstance(node, Mapping)
    folded = {key.text: isinstance(value, Scalar) and value.folded for key, value in node.entries}
    assert folded == {"a": True, "b": False, "c": True, "d": False}


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    node = good("\ufeffa: 1\r\nb: 2\r\n")
    assert isinstance(node, Mapping)
    assert node.entries == ((Scalar("a", 1, 1), Scalar("1", 1, 4)), (Scalar("b", 2, 1), Scalar("2", 2, 4)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\n\tb: 2\n", ("RP106", 2, 1)),
        ("a:\n  b: 1\n  \tc: 2\n", ("RP106", 3, 3)),
        ("a: 1\nb: 2\na: 3\n", ("RP107", 3, 1)),
        ("a: &x 1\n", ("RP108", 1, 4)),
        ("a: *x\n", ("RP108", 1, 4)),
        ("<<: {a: 1}\n", ("RP108", 1, 1)),
        ("a: !!python/object:os.system x\n", ("RP109", 1, 4)),
        ("a: 1\n---\nb: 2\n", ("RP110", 2, 1)),
        ("", ("RP111", 1, 1)),
        ("# only a comment\n", ("RP111", 1, 1)),
        ("~\n", ("RP111", 1, 1)),
        ("{a: 1}: 2\n", ("RP112", 1, 1)),
        ("a: b: c\n", ("RP113", 1, 5)),
        ("a: x\n b: c\n", ("RP113", 2, 3)),
        ("a: @x\n", ("RP114", 1, 4)),
        ("a: `x\n", ("RP114", 1, 4)),
        ("%: x\n", ("RP114", 1, 1)),
        ("a: 1\nb: 'x\nc: d\n", ("RP115", 2, 4)),
        ('a: "x\n', ("RP115", 1, 4)),
        ("a: [1, 2\nb: c\n", ("RP116", 1, 4)),
        ("a: {b: 1\n", ("RP116", 1, 4)),
        ("- a\nb: c\n", ("RP117", 2, 1)),
        ("a:\n  - b\n - c\n", ("RP117", 3, 2)),
        ("a: 1\nlevel x\nb: 2\n", ("RP118", 2, 1)),
        ('a: "x\\q"\n', ("RP119", 1, 7)),
        ("a: 1\nlevel：x\nb: 2\n", ("RP120", 2, 6)),
        ("a: {zh: 你好，en: Hello}\n", ("RP120", 1, 11)),
    ],
)
def test_what_is_refused_is_refused_where_it_stands(text: str, found: tuple[str, int, int]) -> None:
    assert one(text) == found


_REFUSED = (
    *("\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u00ad", "\u200b", "\u200e", "\u202e", "\u2028", "\u2066"),
    *("\u2060", "\ud800", "\ufeff", "\u3164", "\ufffe", "\ufdd0", "\U000e0041", "\u200d"),
)


@pytest.mark.parametrize("character", _REFUSED)
def test_controls_and_invisible_characters_are_refused(character: str) -> None:
    assert one(f"a: 1\nb: x{character}y\n") == ("RP105", 2, 5)


@pytest.mark.parametrize("escape", ["\\0", "\\x1b", "\\u200b", "\\u202e", "\\t", "\\e", "\\ud800", "\\L"])
def test_an_escape_cannot_bring_them_in(escape: str) -> None:
    node, problems = read("x.yaml", f'a: "x{escape}y"\n')
    assert [p.code for p in problems] == ["RP105"]
    assert isinstance(node, Mapping)
    value = node.get("a")
    assert isinstance(value, Scalar)
    assert value.text == "x\ufffdy"


@pytest.mark.parametrize("emoji", ["👨‍👩‍👧", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️", "👍🏽", "🧑🏽‍💻"])
def test_emoji_are_welcome(emoji: str) -> None:
    node = good(f"a: 謝謝{emoji}！\n")
    assert isinstance(node, Mapping)
    assert node.get("a") == Scalar(f"謝謝{emoji}！", 1, 4)


def test_characters_do_not_stop_the_reading() -> None:
    node, problems = read("x.yaml", "a: x\u200b\nb: y\u202e\nb: z\n")
    assert [(p.code, p.line) for p in problems] == [("RP105", 1), ("RP105", 2), ("RP107", 3)]
    assert isinstance(node, Mapping)


def test_limits() -> None:
    assert one("a: " + "x" * BYTES_AT_MOST)[0] == "RP101"
    assert one("a: " + "字" * (BYTES_AT_MOST // 3))[0] == "RP101"
    assert one("[" * 25 + "]" * 25)[0] == "RP102"
    assert isinstance(good("[" * 24 + "]" * 24), Sequence)
    assert one("[" + "a," * 50_000 + "]")[0] == "RP103"
    assert one("a: " + "x" * 20_001)[0] == "RP104"
    assert isinstance(good("a: " + "x" * 20_000), Mapping)


_LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
_MIB = BYTES_AT_MOST - 16


@pytest.mark.parametrize(
    "text",
    [
        _LAUGHS,
        "[" * 25_000,
        "[" * _MIB,
        "{a: " * 25_000,
        "- " * (_MIB // 2),
        "? " * (_MIB // 2),
        "a: " + "x " * (_MIB // 2 - 8),
        "a: '" + "x\n " * (_MIB // 3 - 8),
        'a: "' + "\\n" * (_MIB // 2 - 8) + '"',
        "a: 1\n" * (_MIB // 5),
        "!" + "a" * _MIB,
        "%TAG " + "a" * _MIB,
        "---\n" * (_MIB // 4),
        "\t\n" * (_MIB // 2),
        "\u200b" * (_MIB // 3),
        "\r" * _MIB,
        " " * _MIB,
        "," * _MIB,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_hostile_text_is_refused_quickly(text: str) -> None:
    before = time.process_time()
    node, problems = read("x.yaml", text)
    # The pure parser takes most of a second for a mebibyte of anything; what is refused must not take longer by far.
    assert time.process_time() - before < 8
    assert node is None or problems
    assert len(problems) <= 241
