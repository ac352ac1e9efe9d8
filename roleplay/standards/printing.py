"""The catalogue as lines of text and as JSON. Pure: what it returns is plain text, in the interface's language around the source's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any, Literal

from roleplay.standards.model import Catalogue, Indicator, Item, Standard

Language = Literal["zh", "en"]

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "counts": (
            "{tasks} 項任務 · {indicators} 項行為指標 · {knowledge} 知識 · {skills} 技能 · {attitudes} 態度 · {outputs} 產出 · {notes} 註",
            "{tasks} tasks · {indicators} indicators · {knowledge} knowledge · {skills} skills · {attitudes} attitudes · "
            "{outputs} outputs · {notes} notes",
        ),
        "level": ("級別", "level"),
        "tasks": ("工作任務與行為指標", "Tasks and indicators"),
        "outputs": ("工作產出", "Outputs"),
        "knowledge": ("知識", "Knowledge"),
        "skills": ("技能", "Skills"),
        "attitudes": ("態度", "Attitudes"),
        "assessment": ("評量設計參考", "Assessment guidance"),
        "notes": ("說明與補充事項", "Notes"),
        "remarks": ("補充", "Remarks"),
        "defects": ("原文特異處（保留未改）", "Oddities of the source (kept as they are)"),
        "gloss": ("英文釋義（非官方）", "unofficial gloss"),
        "shown": ("如何展現", "can be shown"),
        "same": ("相同內容", "says the same as"),
        "task": ("任務", "Task"),
        "none": ("找不到。換個字試試。", "Nothing found. Try other words."),
        "turn": ("一句對話之中", "in a turn"),
        "session": ("整場對話與會後紀錄", "across a session"),
        "manager": ("主管角色的對話", "in a manager's conversation"),
        "question": ("口頭或書面提問", "by question"),
        "exercise": ("附資料的習題", "by an exercise with data"),
        "product": ("書面成品", "by a written product"),
    }
)
_NOTE = re.compile(r"【註(\d+)】")


def word(key: str, language: Language) -> str:
    zh, en = _WORDS[key]
    return zh if language == "zh" else en


def list_lines(catalogue: Catalogue, language: Language) -> Iterator[str]:
    """One standard after the other with its counts."""
    for s in catalogue.standards:
        yield f"{s.code}  {s.name}（{s.kind_name}，{word('level', language)} {s.level}）"
        yield "    " + word("counts", language).format(
            tasks=len(s.tasks),
            indicators=len(s.indicators),
            knowledge=len(s.knowledge),
            skills=len(s.skills),
            attitudes=len(s.attitudes),
            outputs=len(s.outputs),
            notes=len(s.notes),
        )


def standard_lines(standard: Standard, language: Language) -> Iterator[str]:
    """A whole standard."""
    yield f"{standard.code} {standard.name}（{standard.kind_name}，{word('level', language)} {standard.level}）"
    for name, text in standard.categories:
        yield f"{name}：{text}"
    if standard.description:
        yield standard.description
    yield f"\n== {word('tasks', language)} =="
    duty = ""
    for task in standard.tasks:
        if task.duty and task.duty.id != duty:
            duty = task.duty.id
            yield f"{task.duty.id} {task.duty.text}"
        yield f"{task.ordinal}、{task.text}" if task.ordinal else f"  {task.id} {task.text}"
        for indicator in task.indicators:
            yield f"    {indicator.id} {indicator.text}"
            yield f"        {indicator.gloss} [{word(indicator.shown, language)}]"
        for output in task.outputs:
            yield f"    → {output.id} {output.text}"
    for key, items in (("knowledge", standard.knowledge), ("skills", standard.skills)):
        yield f"\n== {word(key, language)} =="
        yield from _items(items)
    if standard.attitudes:
        yield f"\n== {word('attitudes', language)} =="
        yield from (f"{a.id} {a.name}：{a.text}" for a in standard.attitudes)
    if standard.assessment:
        yield f"\n== {word('assessment', language)} =="
        for part in standard.assessment:
            yield part.heading
            yield from _items(part.items)
    yield from _tail(standard, language)


def _tail(standard: Standard, language: Language) -> Iterator[str]:
    if standard.notes:
        yield f"\n== {word('notes', language)} =="
        yield from (f"【註{n.number}】{n.term}：{n.text}" for n in standard.notes)
    if standard.remarks:
        yield f"\n== {word('remarks', language)} =="
        yield from standard.remarks
    if standard.defects:
        yield f"\n== {word('defects', language)} =="
        yield from (f"{d.where}: {d.what}" for d in standard.defects)


def _items(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        yield f"{item.id} {item.text}".strip()
        yield from (f"    - {inner}" for inner in item.items)


def indicator_lines(catalogue: Catalogue, indicator: Indicator, language: Language) -> Iterator[str]:
    """One indicator in the exact words of the source, with what helps to read it."""
    standard = catalogue.standard(indicator.ref.partition(":")[0])
    task = next(t for t in standard.tasks if indicator in t.indicators)
    yield f"{indicator.ref}  {standard.name}"
    yield f"{word('task', language)}：{task.ordinal or task.id} {task.text}"
    yield f"{indicator.ordinal} {indicator.text}"
    yield f"{word('gloss', language)}: {indicator.gloss}"
    yield f"{word('shown', language)}: {word(indicator.shown, language)}"
    for ref in indicator.same_as:
        yield f"{word('same', language)}: {ref} {catalogue.indicator(ref).text}"
    numbers = {int(n) for n in _NOTE.findall(indicator.text)}
    for note in standard.notes:
        if note.number in numbers:
            yield f"【註{note.number}】{note.term}：{note.text}"


def found_lines(found: tuple[Indicator, ...], language: Language) -> Iterator[str]:
    """Search results."""
    for indicator in found:
        yield f"{indicator.ref}  {indicator.text}"
        yield f"    {indicator.gloss} [{word(indicator.shown, language)}]"
    if not found:
        yield word("none", language)


def vocabulary_lines(catalogue: Catalogue, prefix: str) -> Iterator[str]:
    """Every vocabulary, or those under `prefix`."""
    for vocabulary in catalogue.vocabularies:
        if prefix in ("", vocabulary.prefix):
            yield f"{vocabulary.prefix}: {vocabulary.title} ({vocabulary.standard} 註{vocabulary.note})"
            yield from (f"    {e.id}  {e.zh}  {e.en}" for e in vocabulary.entries)


def as_json(catalogue: Catalogue) -> str:
    """Everything as one JSON object keyed by standard code."""
    return json.dumps({s.code: _json(s) for s in catalogue.standards}, ensure_ascii=False, indent=1)


def _json(standard: Standard) -> dict[str, Any]:
    return {**asdict(standard), "categories": dict(standard.categories)}
