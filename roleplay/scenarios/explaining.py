"""Every numbered problem explained at length, with the change to the sample pack that brings it about.

Owns the page docs/errors.md and the same text for one number. Refuses to write files: the page is a value, and a test
holds the file against it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from roleplay.scenarios.characters import FORBIDDEN, code_point
from roleplay.scenarios.codes import Code, Example, Wording
from roleplay.scenarios.model import Language
from roleplay.scenarios.problems import CODES
from roleplay.scenarios.sample import FILES, NAMES, changed

_TAKEN_SHOWN = 4
_PUT_SHOWN = 8
_WIDTH_SHOWN = 110

_GROUPS: tuple[tuple[str, str, str], ...] = (
    ("RP1", "讀取檔案", "Reading a file"),
    ("RP2", "鍵與值", "Keys and values"),
    ("RP3", "名稱", "Names"),
    ("RP4", "情境的走向", "The course of a scenario"),
    ("RP5", "機會與職能基準", "Opportunities and standards"),
    ("RP6", "演練", "Rehearsals"),
)
_HEAD = """\
# 錯誤與警告 · Errors and warnings

`roleplay check FOLDER` 一次列出所有問題，每一個都有檔案、行、欄與編號。
錯誤（error）要修正才能演出，警告（warning）可以先演出。
例子是對範例情境包（最後一節）的更動，`-` 開頭的行改成 `+` 開頭的行；每個例子都是測試。

`roleplay check FOLDER` lists every problem at once, each with file, line, column and number. An error must be
corrected before the scenario can be played, a warning need not. An example is a change to the sample pack at the end of
this page: lines that start with `-` become those that start with `+`. Every example is run as a test.

This page is made from the program's own table; do not edit it by hand.
"""


def explanation(number: str, language: Language) -> str:
    """All there is to say about one number, as plain text. KeyError if there is no such number."""
    code = CODES[number]
    wording = code.zh if language == "zh" else code.en
    labels = ("怎麼做", "例如") if language == "zh" else ("What to do", "Example")
    example = "\n".join(f"    {line}" for line in example_lines(code.example))
    return (
        f"{number} ({code.severity}) {wording.title}\n\n{wording.why}\n\n"
        f"{labels[0]}: {_open(wording.remedy)}\n\n{labels[1]} ({NAMES[code.example.file]}):\n{example}\n"
    )


def errors_page() -> str:
    """docs/errors.md."""
    return "\n".join([_HEAD, *_index(), *(part for code in CODES.values() for part in _section(code)), *_sample()])


def example_lines(example: Example) -> tuple[str, ...]:
    """What an example changes: lines taken out with a leading `-`, lines put in with `+`, cut to what fits."""
    name = NAMES[example.file]
    before = FILES.get(name, "").splitlines()
    after = changed(example).get(name, "").splitlines()
    # The first two lines name the files; a line that starts with @ is a place, since content starts with its sign.
    found = [line for line in list(unified_diff(before, after, lineterm="", n=0))[2:] if not line.startswith("@")]
    return (*_some(found, "-", _TAKEN_SHOWN), *_some(found, "+", _PUT_SHOWN))


def _some(lines: list[str], sign: str, most: int) -> Iterator[str]:
    chosen = [line for line in lines if line.startswith(sign)]
    yield from (_shown(line) for line in chosen[:most])
    if len(chosen) > most:
        yield f"{sign} …"


def _shown(line: str) -> str:
    visible = FORBIDDEN.sub(lambda match: f"<{code_point(match.group())}>", line).replace("\t", "<TAB>")
    return visible if len(visible) <= _WIDTH_SHOWN else visible[:_WIDTH_SHOWN] + " …"


def _open(sentence: str) -> str:
    """A sentence with its places for arguments still open."""
    return sentence.replace("{{", "{").replace("}}", "}")


def _index() -> Iterator[str]:
    for prefix, zh, en in _GROUPS:
        yield f"**{prefix}xx {zh} · {en}**\n"
        for code in CODES.values():
            if code.number.startswith(prefix):
                yield f"- [{code.number}](#{code.number.lower()}) {code.zh.title} · {code.en.title}"
        yield ""


def _section(code: Code) -> Iterator[str]:
    yield f'<a id="{code.number.lower()}"></a>\n'
    yield f"## {code.number} {code.zh.title} · {code.en.title}\n"
    yield f"*{code.severity}*\n"
    yield _paragraph(code.zh, "。")
    yield _paragraph(code.en, ". ")
    yield "```diff"
    yield from example_lines(code.example)
    yield "```\n"


def _paragraph(wording: Wording, stop: str) -> str:
    message, remedy = _open(wording.message), _open(wording.remedy)
    return f"> {message}{stop}{remedy}{stop.strip()}\n\n{wording.why}\n"


def _sample() -> Iterator[str]:
    yield "## 範例情境包 · The sample pack\n"
    for name, text in FILES.items():
        yield f"`{name}`\n\n```yaml\n{text}```\n"
