"""A problem in what a trainer wrote: its number, its place, and what is said about it.

Owns the table of all numbers and the rendering. Refuses to know how a problem is found. Numbers are stable and come
in groups: RP1 reading, RP2 shape, RP3 names, RP4 the course of the scenario, RP5 opportunities and standards, RP6
rehearsals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from roleplay.scenarios.characters import FORBIDDEN
from roleplay.scenarios.codes import Code, Severity
from roleplay.scenarios.codes_machine import MACHINE
from roleplay.scenarios.codes_names import NAMING
from roleplay.scenarios.codes_opportunities import OPPORTUNITIES
from roleplay.scenarios.codes_reading import READING
from roleplay.scenarios.codes_rehearsal import REHEARSALS
from roleplay.scenarios.codes_shape import SHAPE
from roleplay.scenarios.model import Language

CODES: Mapping[str, Code] = MappingProxyType(
    {code.number: code for code in (*READING, *SHAPE, *NAMING, *MACHINE, *OPPORTUNITIES, *REHEARSALS)}
)
"""Every problem there can be, by number, in order."""

_TERMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "@text": ("一段文字", "a text"),
        "@texts": ("每種語言的文字 {zh: …, en: …}", "a text per language {zh: …, en: …}"),
        "@words": ("每種語言的說法 {zh: [..], en: [..]}", "words per language {zh: [..], en: [..]}"),
        "@number": ("一個整數", "a whole number"),
        "@record": ("縮排在下面的「鍵: 值」", "“key: value” lines, indented below"),
        "@condition": (
            "一個條件，例如 {does: apology}；多個條件用 all: [..] 或 any: [..]",
            "a condition such as {does: apology}; for several use all: [..] or any: [..]",
        ),
        "@range": ("範圍，例如 {at_least: 20}", "a range such as {at_least: 20}"),
        "@ratings": ("每個機會的評分 {機會: met}", "a rating per opportunity {opportunity: met}"),
        "@state": ("狀態", "state"),
        "@fact": ("事實", "fact"),
        "@card": ("權限卡", "authority card"),
        "@party": ("人物", "party"),
        "@event": ("時鐘事件", "clock event"),
        "@opportunity": ("機會", "opportunity"),
        "@rule": ("心情規則", "mood rule"),
        "@policy": ("政策", "policy"),
        "@response_time": ("回應時限", "response time"),
        "@item": ("目錄項目", "catalogue item"),
        "@form": ("表單", "form"),
        "@field": ("表單欄位", "field of a form"),
        "@texts_by_field": (
            "每一欄寫什麼 {欄位: {zh: …, en: …}}",
            "what is written in each field {field: {zh: …, en: …}}",
        ),
        "@replies": (
            "每個機會的回覆 {機會: {met: …, partly: …, not_met: …}}",
            "replies for each opportunity {opportunity: {met: …, partly: …, not_met: …}}",
        ),
        "@scenario": ("情境", "scenario"),
        "@complaint": ("投訴種類", "kinds of complaint"),
        "@need": ("特定需求", "specific needs"),
        "@recovery": ("補償方式", "kinds of compensation"),
        "@remedy": ("補償方式", "kinds of compensation"),
        "@focus": ("溝通技巧重點", "communication techniques"),
        "@want": ("需求與期望", "needs and expectations"),
        "@file": ("顧客檔案欄位", "fields of the customer file"),
        "@weak": ("不好的（weak）", "weak"),
        "@good": ("好的（good）", "good"),
        "@session": ("整場對話", "a whole session"),
        "@turn": ("對話中的一句話", "one turn"),
        "@manager": ("主管的對話", "a manager's conversation"),
        "@question": ("提問", "a question"),
        "@exercise": ("習題", "an exercise"),
        "@product": ("書面成品", "a written product"),
    }
)
"""Arguments that are words of ours, not the author's, in both languages."""

_NEAR = ("，你是不是要寫「{}」？", "; did you mean “{}”?")
_STOP = ("。", ".")
_LEVEL: Mapping[Severity, tuple[str, str]] = MappingProxyType(
    {"error": ("錯誤", "error"), "warning": ("警告", "warning")}
)


@dataclass(frozen=True, slots=True)
class Problem:
    """`file`: relative to the pack's folder. `line`, `column`: 1-based, in characters. `arguments`: what fills the
    sentences, as (name, text); a text that is one of our terms is translated, the author's own words are not."""

    file: str
    line: int
    column: int
    code: str
    arguments: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        return CODES[self.code].severity

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.sentences("en")[0]

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return self.sentences("en")[1]

    def sentences(self, language: Language) -> tuple[str, str]:
        """What is wrong and what to do, without full stops."""
        code = CODES[self.code]
        wording = code.zh if language == "zh" else code.en
        filled = {name: _term(text, language) for name, text in self.arguments}
        if filled.get("near"):
            filled["near"] = _of(_NEAR, language).format(filled["near"])
        return wording.message.format_map(filled), wording.remedy.format_map(filled)

    def render(self, language: Language) -> str:
        """`FILE:LINE:COL: CODE severity: message. remedy.`, on one line and without control characters."""
        message, remedy = self.sentences(language)
        stop = _of(_STOP, language)
        end = "" if message.endswith(("？", "?")) else stop
        gap = "" if language == "zh" else " "
        level = _of(_LEVEL[self.severity], language)
        return f"{_shown(self.file)}:{self.line}:{self.column}: {self.code} {level}: {message}{end}{gap}{remedy}{stop}"

    def __str__(self) -> str:
        return self.render("en")


def _of(pair: tuple[str, str], language: Language) -> str:
    return pair[0] if language == "zh" else pair[1]


def _term(text: str, language: Language) -> str:
    return _of(_TERMS.get(text, (text, text)), language)


def _shown(text: str) -> str:
    """`text` fit for one line of a terminal."""
    return FORBIDDEN.sub("\ufffd", text).replace("\n", " ").replace("\r", " ").replace("\t", " ")


_CUT = 200
"""Characters of an argument that are shown: enough to find it, too few to flood a screen."""


def problem(file: str, line: int, column: int, code: str, /, **arguments: object) -> Problem:
    """A problem whose arguments are made fit to be shown. KeyError if `code` is not in the table."""
    assert code in CODES
    made = tuple((name, _shown(str(value)[:_CUT])) for name, value in arguments.items())
    return Problem(file, line, column, code, made)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each once, by file and place."""
    return tuple(sorted(set(problems), key=lambda p: (p.file, p.line, p.column, p.code, p.arguments)))


def as_json(problems: Iterable[Problem], language: Language = "en") -> list[dict[str, str | int]]:
    """One flat record a problem, for editors and other tools; ready for a JSON encoder."""
    rows: list[dict[str, str | int]] = []
    for found in problems:
        message, remedy = found.sentences(language)
        rows.append(
            {
                "file": found.file,
                "line": found.line,
                "column": found.column,
                "code": found.code,
                "severity": found.severity,
                "message": message,
                "remedy": remedy,
            }
        )
    return rows
