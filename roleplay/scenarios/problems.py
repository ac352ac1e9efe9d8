"""Everything that can be wrong with what a trainer wrote: one table of numbered problems, each with a remedy and an example.

Owns codes and wording. Refuses to know how a problem is found. Codes are stable: RP1 reading, RP2 shape, RP3 names, RP4 the machine,
RP5 opportunities and standards, RP6 rehearsals. An example is a change to the sample pack that brings the problem about; the
tests make every one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from roleplay.scenarios.model import Language

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Code:
    """`zh`, `en`: (what is wrong, what to do). `example`: (text in the sample, what replaces it), first place only;
    in file `where`."""

    severity: Severity
    zh: tuple[str, str]
    en: tuple[str, str]
    example: tuple[str, str]
    where: Literal["scenario", "pack", "rehearsal"] = "scenario"


def _e(zh: tuple[str, str], en: tuple[str, str], example: tuple[str, str], where: str = "scenario") -> Code:
    return Code("error", zh, en, example, where)  # type: ignore[arg-type]


def _w(zh: tuple[str, str], en: tuple[str, str], example: tuple[str, str]) -> Code:
    return Code("warning", zh, en, example)


_TITLE = "title: {zh: 蛋糕遲到了, en: The late cake}"

CODES: Mapping[str, Code] = MappingProxyType(
    {
        "RP101": _e(
            ("檔案有 {size} 位元組，超過 1 MiB", "把情境拆成幾個檔案"),
            ("the file has {size} bytes, more than 1 MiB", "Split it into several scenarios"),
            ("# filler", "# " + "x" * (1 << 20)),
        ),
        "RP102": _e(
            ("這不是有效的 YAML：{why}", "檢查縮排、冒號與引號；含有「: 」的文字請加引號"),
            ("this is not valid YAML: {why}", "Check indentation, colons and quotes; put quotes around text that contains “: ”"),
            ("level: foundation", "level: [foundation"),
        ),
        "RP103": _e(
            ("超過上限：{what} 最多 {limit}", "縮短或拆開"),
            ("over the limit: at most {limit} {what}", "Shorten or split it"),
            ("# filler", "filler: " + "[" * 30 + "]" * 30),
        ),
        "RP104": _e(
            ("不能使用的字元 {character}（控制字元、雙向控制或零寬字元）", "刪掉這個字元重新輸入"),
            ("a character that is not allowed: {character} (control, bidirectional or zero-width)", "Delete it and type it again"),
            ("The late cake", "The late\u202e cake"),
        ),
        "RP105": _e(
            ("不能使用 YAML 的 {what}", "把內容直接寫出來"),
            ("YAML's {what} is not allowed here", "Write the content out"),
            (_TITLE, "title: &t {zh: 蛋糕遲到了, en: The late cake}"),
        ),
        "RP106": _e(
            ("「{key}」寫了兩次（第一次在第 {first} 行）", "只留一個"),
            ("“{key}” stands twice (first in line {first})", "Keep one of them"),
            ("level: foundation", "level: foundation\nlevel: working"),
        ),
        "RP107": _e(
            ("一個檔案只能有一份文件", "刪掉多出來的 --- 之後的內容"),
            ("one file holds one document", "Delete what comes after the second ---"),
            ("# filler", "---\nmore: x"),
        ),
        "RP108": _e(
            ("檔案是空的", "從 docs/pack-format.md 的範例開始"),
            ("the file is empty", "Start from the example in docs/pack-format.md"),
            ("*", ""),
        ),
        "RP109": _e(
            ("鍵必須是文字", "在大括號裡寫成 鍵: 值"),
            ("a key must be text", "Write key: value"),
            ("level: foundation", "[level]: foundation"),
        ),
        "RP201": _e(
            ("不認識的鍵「{key}」{near}", "可用的鍵：{allowed}"),
            ("unknown key “{key}”{near}", "Keys that may stand here: {allowed}"),
            ("level: foundation", "levle: foundation\nlevel: foundation"),
        ),
        "RP202": _e(
            ("缺少「{key}」", "加上 {key}:"),
            ("“{key}” is missing", "Add {key}:"),
            ("level: foundation\n", ""),
        ),
        "RP203": _e(
            ("這裡應該是{wanted}", "改寫成{wanted}"),
            ("{wanted} is needed here", "Write {wanted}"),
            ("minutes: 10", "minutes: [10]"),
        ),
        "RP204": _e(
            ("「{value}」不在選項裡{near}", "可以寫：{allowed}"),
            ("“{value}” is none of the choices{near}", "Choose from: {allowed}"),
            ("level: foundation", "level: easy"),
        ),
        "RP205": _e(
            ("「{value}」不是 {low} 到 {high} 之間的整數", "寫一個整數"),
            ("“{value}” is not a whole number from {low} to {high}", "Write a whole number"),
            ("  mood: 35", "  mood: 350"),
        ),
        "RP206": _e(
            ("缺少語言 {language} 的文字", "補上 {language}: …"),
            ("the text in {language} is missing", "Add {language}: …"),
            (_TITLE, "title: {zh: 蛋糕遲到了}"),
        ),
        "RP207": _e(
            ("名稱「{value}」只能用小寫英文、數字與底線，且以字母開頭", "例如 ask_order"),
            ("the name “{value}” may hold lower-case letters, digits and underscores, a letter first", "For example ask_order"),
            ("- id: opening", "- id: Opening State"),
        ),
        "RP208": _e(
            ("這裡要寫 true 或 false", "不要寫 yes、no、on、off"),
            ("true or false is needed here", "Do not write yes, no, on or off"),
            ("due: 2", "due: 2\n        tip2: yes"),
        ),
        "RP209": _e(
            ("文字是空的", "寫點什麼，或整個刪掉"),
            ("the text is empty", "Write something or leave the key out"),
            (_TITLE, 'title: {zh: "", en: The late cake}'),
        ),
        "RP210": _e(
            ("格式版本「{value}」不認識", "寫 format: 1"),
            ("format “{value}” is not known", "Write format: 1"),
            ("format: 1", "format: 9"),
        ),
        "RP211": _e(
            ("時間「{value}」不是 HH:MM", '例如 "14:20"'),
            ("“{value}” is not a time HH:MM", 'For example "14:20"'),
            ('start: "10:00"', 'start: "25:00"'),
        ),
        "RP301": _e(
            ("沒有叫「{name}」的{kind}{near}", "改成有的名稱，或補上它"),
            ("there is no {kind} called “{name}”{near}", "Use a name that exists, or add it"),
            ("to: fix", "to: fxi"),
        ),
        "RP302": _e(
            ("{kind}「{name}」重複了", "換一個名稱"),
            ("the {kind} “{name}” is there twice", "Give one of them another name"),
            ("- id: gone", "- id: done"),
        ),
        "RP303": _e(
            ("「{name}」不在職能基準的詞彙「{kind}」裡{near}", "用 roleplay standards --vocabulary 查詢"),
            ("“{name}” is not in the standards' vocabulary “{kind}”{near}", "See roleplay standards --vocabulary"),
            ("complaints: [late_delivery]", "complaints: [late_delivry]"),
        ),
        "RP304": _e(
            ("沒有 pack.yaml", "加上 pack.yaml：id、version、title、author、licence、languages"),
            ("there is no pack.yaml", "Add one: id, version, title, author, licence, languages"),
            ("*", "-"),
            "pack",
        ),
        "RP401": _e(
            ("走不到狀態「{name}」", "讓某個分支的 to 指向它，或刪掉它"),
            ("no way leads to the state “{name}”", "Let a branch lead to it, or delete it"),
            ("to: fix", "to: done"),
        ),
        "RP402": _e(
            ("從狀態「{name}」走不到任何結局", "加一個通往結局的分支"),
            ("no way leads from the state “{name}” to an end", "Add a branch that leads to an end"),
            ("to: done", "to: fix"),
        ),
        "RP403": _e(
            ("狀態「{name}」沒有 otherwise 分支", "在最後加上 - otherwise: true"),
            ("the state “{name}” has no otherwise-branch", "Add - otherwise: true as the last branch"),
            ("- otherwise: true\n        says: [{zh: 然後呢？", "- when: {does: farewell}\n        says: [{zh: 然後呢？"),
        ),
        "RP404": _e(
            ("這個分支永遠輪不到：前面的 otherwise 已經接走了", "把 otherwise 移到最後"),
            ("this branch is never reached: an otherwise-branch stands before it", "Move otherwise to the end"),
            ("- when: {all: [{does: apology}, {does: question}]}", "- otherwise: true"),
        ),
        "RP405": _e(
            ("結局「{name}」不能有分支或機會", "刪掉 branches 與 opportunities"),
            ("the end “{name}” cannot have branches or opportunities", "Delete branches and opportunities"),
            ("end: solved\n", "end: solved\n    branches: [{otherwise: true, says: {zh: 嗯, en: Hm}}]\n"),
        ),
        "RP406": _e(
            ("範圍永遠不成立：at_least {low}、below {high}", "讓 at_least 小於 below"),
            ("the range never holds: at_least {low}, below {high}", "Let at_least be smaller than below"),
            ("{mood: {below: 10}}", "{mood: {at_least: 20, below: 10}}"),
        ),
        "RP407": _w(
            ("客人在這裡沒有話說", "加上 says"),
            ("the customer says nothing here", "Add says"),
            ("        says: [{zh: 然後呢？, en: And?}, {zh: 所以呢？, en: Well?}]\n", "        mood: -1\n"),
        ),
        "RP408": _w(
            ("只有 {count} 個結局", "至少給三種結局，玩起來才有意義"),
            ("there are only {count} ends", "Give it at least three, so that what one does matters"),
            ("end: unsolved", "end: solved"),
        ),
        "RP409": _w(
            ("沒有人會說出事實「{name}」", "加上 tell，或讓某人 reveals 它，或設 known: true"),
            ("nobody ever tells the fact “{name}”", "Add tell, let somebody reveal it, or set known: true"),
            ("reveals: [cause]", "reveals: []"),
        ),
        "RP410": _w(
            ("權限卡「{name}」有核准上限，卻沒有人會核准", "讓某個 answers 的 grants 包含它"),
            ("nobody ever grants the card “{name}”", "Let an answer's grants hold it"),
            ("grants: [credit]", "grants: []"),
        ),
        "RP411": _w(
            ("這句台詞有 {count} 字，太長了", "一次說不超過 400 字"),
            ("this line has {count} characters", "Keep a line under 400 characters"),
            ("en: Where is my cake?", "en: " + "Where is my cake? " * 30),
        ),
        "RP412": _e(
            ("最後一個回答必須是 otherwise", "在最後加上 - otherwise: true"),
            ("the last answer must be the otherwise one", "Add - otherwise: true as the last answer"),
            ("- otherwise: true\n        says: {zh: 哪張訂單", "- when: {does: thanks}\n        says: {zh: 哪張訂單"),
        ),
        "RP501": _e(
            ("沒有指標「{name}」{near}", "用 roleplay standards --search 查詢"),
            ("there is no indicator “{name}”{near}", "See roleplay standards --search"),
            ("[TRM3R0182v2:3.2]", "[TRM3R0182v2:3.9]"),
        ),
        "RP502": _e(
            ("指標 {name} 不能在對話裡展現（{shown}）", "換一個指標，或改用提問、習題、書面成品"),
            ("{name} cannot be shown in this talk ({shown})", "Choose another indicator; this one is shown another way"),
            ("[TRM3R0182v2:3.2]", "[BAS1499-002v2:P1.1.2]"),
        ),
        "RP503": _e(
            ("這個機會沒有人能達成：met 裡沒有任何會留下文字證據的條件", "加上 does、names、asks、offers 或 by_name"),
            ("nobody can take this opportunity: nothing in met leaves evidence in the words", "Add does, names, asks, offers or by_name"),
            ("met: {does: apology}", "met: {mood: {at_least: 50}}"),
        ),
        "RP504": _w(
            ("這個機會沒有{what}", "加上 {what}，受訓者才學得到"),
            ("this opportunity has no {what}", "Add {what}, so that trainees can learn from it"),
            ("        tip: {zh: 為遲到道歉。, en: Say sorry for the delay.}\n", ""),
        ),
        "RP601": _e(
            ("演練的情境「{name}」不在這個情境包裡{near}", "改成檔案裡的情境 id"),
            ("the scenario “{name}” is not in this pack{near}", "Use the id of a scenario of this pack"),
            ("scenario: late_cake", "scenario: late_cakes"),
            "rehearsal",
        ),
        "RP602": _e(
            ("這一回合要有 say 或 wait 其中之一", "寫 say: … 或 wait: true"),
            ("a turn needs either say or wait", "Write say: … or wait: true"),
            ("- say: {zh: 很抱歉", "- to: customer\n  - say: {zh: 很抱歉"),
            "rehearsal",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """`line`, `column`: 1-based. `arguments`: what fills the sentence, as (name, text)."""

    file: str
    line: int
    column: int
    code: str
    arguments: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        return CODES[self.code].severity

    def sentence(self, language: Language) -> tuple[str, str]:
        """(what is wrong, what to do)."""
        code = CODES[self.code]
        message, remedy = code.zh if language == "zh" else code.en
        filled = dict(self.arguments)
        if "near" in filled:
            question = "，你是不是要「{}」？" if language == "zh" else ", did you mean “{}”?"
            filled["near"] = question.format(filled["near"]) if filled["near"] else ""
        return message.format_map(filled), remedy.format_map(filled)

    def render(self, language: Language) -> str:
        """`FILE:LINE:COL: CODE severity: message. remedy.`"""
        message, remedy = self.sentence(language)
        stop = "。" if language == "zh" else "."
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.severity}: {message}{stop} {remedy}{stop}"

    def __str__(self) -> str:
        return self.render("en")
