"""Whatever is written: loading never fails, always says why there is no pack, and every problem points into its
file."""

from __future__ import annotations

import json
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from roleplay.scenarios.packs import Loaded, load_pack
from roleplay.scenarios.problems import as_json
from roleplay.scenarios.reading import read
from roleplay.scenarios.sample import FILES, NAMES
from tests.scenarios.packs_at_hand import PACK, SCENARIO

_TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="abz_:-?[]{}#&*!|>'\"%@`,，： \n\t\\0~\u200b\ufeff", max_size=120),
    st.text(alphabet=st.characters(codec=None, categories=("Cs", "Cc", "Cf", "Lo", "So")), max_size=60),
)
_LINES = FILES[SCENARIO].splitlines(keepends=True)
_KEYS = sorted({line.split(":")[0].strip(" -") for line in _LINES if ":" in line} | {"", "zh", "all", "any", "when"})
_VALUES = st.recursive(
    st.one_of(st.sampled_from(_KEYS), st.integers(-200, 200).map(str), st.booleans(), st.none(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(_KEYS), inner, max_size=5)),
    max_leaves=30,
)


def _sane(files: dict[str, str], loaded: Loaded) -> None:
    errors = [found for found in loaded.problems if found.severity == "error"]
    assert errors or loaded.pack is not None
    for found in loaded.problems:
        lines = files.get(found.file, "").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1
        for language in ("zh", "en"):
            shown = found.render(language)
            assert shown.isprintable() or not any(ord(c) < 32 or c in "\u202e\u200b" for c in shown)
    json.dumps(as_json(loaded.problems)).encode()


@given(_TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    node, problems = read("x.yaml", text)
    assert node is not None or problems


@settings(max_examples=60)
@given(_TEXTS, st.sampled_from(sorted(FILES)))
def test_any_text_as_any_file(text: str, name: str) -> None:
    files = {**FILES, name: text}
    _sane(files, load_pack(files))


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=12), st.sampled_from(sorted(FILES)))
def test_any_structure_as_any_file(value: object, name: str) -> None:
    files = {**FILES, name: json.dumps(value, ensure_ascii=False)}
    _sane(files, load_pack(files))


@settings(max_examples=150)
@given(st.integers(0, 2**32), st.sampled_from(sorted(FILES)))
def test_the_sample_with_lines_lost_doubled_swapped_and_spoilt(seed: int, name: str) -> None:
    chance = random.Random(seed)
    lines = FILES[name].splitlines(keepends=True)
    for _ in range(chance.randint(1, 4)):
        here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                del lines[here : here + chance.randint(1, 3)]
                lines = lines or ["x\n"]
            case 1:
                lines.insert(there, lines[here])
            case 2:
                lines[here], lines[there] = lines[there], lines[here]
            case 3:
                at = chance.randrange(len(lines[here]) + 1)
                lines[here] = lines[here][:at] + chance.choice(" :{}[]'\"-,x\t\u200b，#") + lines[here][at:]
            case _:
                key, _, _ = lines[here].partition(":")
                lines[here] = f"{key}: {chance.choice(['', '{}', '[]', 'x', '5', '{zh: x}', '[[x]]', 'true'])}\n"
    files = {**FILES, name: "".join(lines)}
    _sane(files, load_pack(files))


def test_the_sample_names_are_those_of_the_tests() -> None:
    assert (NAMES["pack"], NAMES["scenario"]) == (PACK, SCENARIO)
