"""What the catalogue's printing says in its own words, in both languages.

Owns the sentences around the source's wording. Refuses to know the wording itself. They stand here and not with the
other sentences of the interface because this room lies below that one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Language = Literal["zh", "en"]
GLOSS_MARK = "≈"
"""Stands before an unofficial gloss in lists; `gloss_legend` says so once."""

_PHRASES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "title": ("{code}  {name}（{kind}，{head} {level}）", "{code}  {name} ({kind}, level {level})"),
        "unit": ("職能單元", "competency unit"),
        "occupation": ("職能基準", "occupation standard"),
        "counts": (
            "{tasks} 項任務 · {indicators} 項行為指標 · {knowledge} 知識 · {skills} 技能 · {attitudes} 態度 · "
            "{outputs} 產出 · {notes} 註",
            "{tasks} tasks · {indicators} indicators · {knowledge} knowledge · {skills} skills · "
            "{attitudes} attitudes · {outputs} outputs · {notes} notes",
        ),
        "talked": ("對話可展現 {talked}／{indicators}", "can be shown in conversation: {talked} of {indicators}"),
        "all": ("合計", "in all"),
        "gloss_legend": (f"{GLOSS_MARK} 為英文釋義，非官方用語", f"{GLOSS_MARK} marks an unofficial gloss"),
        "gloss": ("英文釋義（非官方）", "unofficial gloss"),
        "level": ("級別", "level"),
        "updated": ("更新", "updated"),
        "tasks": ("工作任務與行為指標", "Tasks and indicators"),
        "outputs": ("工作產出", "Outputs"),
        "knowledge": ("知識", "Knowledge"),
        "skills": ("技能", "Skills"),
        "attitudes": (
            "態度（有定義、無指標，只作觀察）",
            "Attitudes (defined, without indicators: for observation only)",
        ),
        "assessment": ("評量設計參考", "Assessment guidance"),
        "notes": ("說明與補充事項", "Notes"),
        "remarks": ("補充", "Remarks"),
        "defects": ("原文特異處（保留未改）", "Oddities of the source (kept as they are)"),
        "defect": ("原文特異處", "oddity of the source"),
        "shown": ("如何展現", "can be shown"),
        "task": ("工作任務", "task"),
        "duty": ("主要職責", "duty"),
        "same": ("內容相同", "says the same as"),
        "alike": ("內容相近", "says nearly the same as"),
        "part": ("屬於其中一部分", "is part of"),
        "whole": ("涵蓋", "covers"),
        "sources": ("出處", "from"),
        "seen_as": ("可由偵測到的技巧看出", "seen in the techniques"),
        "found": ("共 {count} 項", "{count} found"),
        "none": ("找不到。換個字試試。", "Nothing found. Try other words."),
        "turn": ("一次對話回覆之中", "in a turn of the conversation"),
        "session": ("整場對話與會後紀錄", "across a session and the work after it"),
        "manager": ("主管角色的對話", "in a conversation in the role of manager"),
        "question": ("不以對話：口頭或書面提問", "not in conversation: by a knowledge question"),
        "exercise": ("不以對話：附資料的習題", "not in conversation: by an exercise with data"),
        "product": ("不以對話：書面成品", "not in conversation: by a written product"),
    }
)


def phrase(key: str, language: Language, **values: object) -> str:
    """The phrase under `key` with `values` filled in. KeyError if there is no such phrase."""
    zh, en = _PHRASES[key]
    return (zh if language == "zh" else en).format(**values)


def labelled(label: str, text: str, language: Language) -> str:
    """`label: text` with the colon of the language."""
    return f"{label}：{text}" if language == "zh" else f"{label}: {text}"
