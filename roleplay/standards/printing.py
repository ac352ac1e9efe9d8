"""The catalogue as lines of plain text and as JSON: the source's words, and around them the interface's language.

Refuses to know terminals: no markup, no colour, no wrapping. Glosses are always marked as unofficial.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Any

from roleplay.standards.finding import Catalogue
from roleplay.standards.model import IN_CONVERSATION, Defect, Indicator, Item, Note, Standard, Task, notes_in
from roleplay.standards.phrases import GLOSS_MARK, Language, labelled, phrase

_KEYS: Mapping[str, str] = MappingProxyType({"gloss": "unofficial_gloss"})
"""Field -> key in the JSON, where they differ."""


def list_lines(catalogue: Catalogue, language: Language) -> Iterator[str]:
    """One standard after the other with its counts, then all of them together."""
    for standard in catalogue.standards:
        yield _title(standard, language)
        yield from _gloss(standard.gloss, language, "    ")
        yield "    " + _counts((standard,), language)
    yield labelled(phrase("all", language), _counts(catalogue.standards, language), language)
    yield from _legend(language)


def standard_lines(standard: Standard, language: Language) -> Iterator[str]:
    """A whole standard."""
    yield _title(standard, language)
    yield from _gloss(standard.gloss, language, "")
    yield from _legend(language)
    for category in standard.categories:
        code = f" ({category.code})" if category.code else ""
        yield labelled(category.name, category.text + code, language)
    if standard.description:
        yield standard.description
    yield labelled(phrase("updated", language), standard.updated, language)
    yield from _head("tasks", language)
    yield from _tasks(standard, language)
    for key, items in (("knowledge", standard.knowledge), ("skills", standard.skills)):
        yield from _head(key, language)
        yield from _items(items, language)
    if standard.attitudes:
        yield from _head("attitudes", language)
        for attitude in standard.attitudes:
            yield f"{attitude.id} {attitude.name}：{attitude.text}"
            yield from _gloss(attitude.gloss, language, "    ")
    if standard.assessment:
        yield from _head("assessment", language)
        for part in standard.assessment:
            yield f"{part.ordinal}、{part.heading}"
            yield from _gloss(part.gloss, language, "    ")
            yield from _items(part.items, language, "    ")
    yield from _tail(standard, language)


def indicator_lines(catalogue: Catalogue, indicator: Indicator, language: Language) -> Iterator[str]:
    """One indicator in the source's exact words, with what helps to read it and what else its evidence counts for."""
    standard = catalogue.standard(indicator.code)
    task = standard.task_of(indicator)
    yield f"{indicator.ref}  {standard.name}"
    yield f"{indicator.ordinal} {indicator.text}"
    yield labelled(phrase("gloss", language), indicator.gloss, language)
    yield labelled(phrase("shown", language), phrase(indicator.shown, language), language)
    for head, place in _places(standard, task, language):
        yield labelled(head, place, language)
    for link in indicator.links:
        other = catalogue.indicator(link.ref)
        yield labelled(phrase(link.relation, language), f"{other.ref} {other.text}", language)
    for output in task.outputs:
        yield labelled(phrase("outputs", language), f"{output.id} {output.text}", language)
    notes = _notes_for(standard, task, indicator)
    yield from (_note(note) for note in notes)
    for defect in standard.defects_at(indicator.id, task.id, *(o.id for o in task.outputs), *(n.id for n in notes)):
        yield labelled(phrase("defect", language), f"{'、'.join(defect.where)} {_of(defect, language)}", language)


def found_lines(found: tuple[Indicator, ...], language: Language) -> Iterator[str]:
    """Search results."""
    for indicator in found:
        yield f"{indicator.ref}  {indicator.text}"
        yield f"    {GLOSS_MARK} {indicator.gloss} [{phrase(indicator.shown, language)}]"
    if not found:
        yield phrase("none", language)
        return
    yield phrase("found", language, count=len(found))
    yield from _legend(language, always=True)


def vocabulary_lines(catalogue: Catalogue, prefix: str, language: Language = "zh") -> Iterator[str]:
    """The names packs may use under `prefix`, or all if it is empty. UnknownName if there is no such vocabulary."""
    for vocabulary in (catalogue.vocabulary_of(prefix),) if prefix else catalogue.vocabularies:
        yield f"{vocabulary.prefix}  {vocabulary.zh if language == 'zh' else vocabulary.en}"
        for source in vocabulary.sources:
            where = f"{source.standard} {source.where}"
            yield "  " + labelled(phrase("sources", language), where, language)
            for entry in source.entries:
                yield f"    {entry.id}  {entry.zh}  {GLOSS_MARK} {entry.en}"
                if entry.seen_as:
                    yield "        " + labelled(phrase("seen_as", language), ", ".join(entry.seen_as), language)
    yield from _legend(language, always=True)


def as_json(catalogue: Catalogue) -> str:
    """Everything as one JSON object keyed by standard code. Every standard has the same keys, empty ones too."""
    return json.dumps({s.code: _json(s) for s in catalogue.standards}, ensure_ascii=False, indent=1)


# ---------------------------------------------------------------- parts of a standard


def _title(standard: Standard, language: Language) -> str:
    kind = standard.kind_name if language == "zh" else phrase(standard.kind, language)
    return phrase(
        "title",
        language,
        code=standard.code,
        name=standard.name,
        kind=kind,
        head=standard.heads["level"],
        level=standard.level,
    )


def _counts(standards: tuple[Standard, ...], language: Language) -> str:
    indicators = [i for s in standards for i in s.indicators]
    counted = phrase(
        "counts",
        language,
        tasks=sum(len(s.tasks) for s in standards),
        indicators=len(indicators),
        knowledge=sum(len(s.knowledge) for s in standards),
        skills=sum(len(s.skills) for s in standards),
        attitudes=sum(len(s.attitudes) for s in standards),
        outputs=sum(len(s.outputs) for s in standards),
        notes=sum(len(s.notes) for s in standards),
    )
    talked = sum(i.shown in IN_CONVERSATION for i in indicators)
    return f"{counted} · {phrase('talked', language, talked=talked, indicators=len(indicators))}"


def _tasks(standard: Standard, language: Language) -> Iterator[str]:
    duty = None
    for task in standard.tasks:
        if task.duty and task.duty is not duty:
            duty = task.duty
            needs = ", ".join(duty.knowledge + duty.skills)
            yield f"{duty.id} {duty.text}  [{phrase('level', language)} {duty.level}; {needs}]"
            yield from _gloss(duty.gloss, language, "    ")
        yield f"{task.ordinal}、{task.text}" if task.ordinal else f"  {task.id} {task.text}"
        yield from _gloss(task.gloss, language, "    ")
        for indicator in task.indicators:
            yield f"    {indicator.id} {indicator.text}  [{phrase(indicator.shown, language)}]"
            yield from _gloss(indicator.gloss, language, "        ")
        for output in task.outputs:
            yield f"    → {output.id} {output.text}"
            yield from _gloss(output.gloss, language, "        ")


def _items(items: Iterable[Item], language: Language, indent: str = "") -> Iterator[str]:
    for item in items:
        yield f"{indent}{_mark(item)}{item.text}"
        yield from _gloss(item.gloss, language, indent + "    ")
        yield from _items(item.items, language, indent + "    ")


def _mark(item: Item) -> str:
    """What is printed before an item: 一、 1. (1) ■ or its code."""
    if item.ordinal.isascii() and item.ordinal.isdigit():
        return f"{item.ordinal}. "
    if item.ordinal.isalpha():
        return f"{item.ordinal}、"
    mark = item.ordinal or item.id
    return f"{mark} " if mark else ""


def _tail(standard: Standard, language: Language) -> Iterator[str]:
    if standard.notes:
        yield from _head("notes", language)
        for note in standard.notes:
            yield _note(note)
            yield from _gloss(note.gloss, language, "    ")
    if standard.remarks:
        yield from _head("remarks", language)
        yield from _items(standard.remarks, language)
    if standard.defects:
        yield from _head("defects", language)
        yield from (labelled("、".join(d.where), _of(d, language), language) for d in standard.defects)


def _places(standard: Standard, task: Task, language: Language) -> Iterator[tuple[str, str]]:
    """Where an indicator stands, under the source's headings: duty and task with knowledge and skills, or its task."""
    if not task.duty:
        yield phrase("task", language), f"{task.ordinal}、{task.text}"
        return
    yield standard.heads["duty"], f"{task.duty.id} {task.duty.text}"
    yield standard.heads["task"], f"{task.id} {task.text}"
    for key, items, ids in (
        ("knowledge", standard.knowledge, task.duty.knowledge),
        ("skills", standard.skills, task.duty.skills),
    ):
        yield phrase(key, language), " / ".join(f"{i.id} {i.text}" for i in items if i.id in ids)


def _notes_for(standard: Standard, task: Task, indicator: Indicator) -> tuple[Note, ...]:
    """The notes an indicator refers to; in an occupation standard the knowledge of its duty refers to them."""
    known = task.duty.knowledge if task.duty else ()
    texts = (indicator.text, *(k.text for k in standard.knowledge if k.id in known))
    numbers = {n for text in texts for n in notes_in(text)}
    return tuple(note for note in standard.notes if note.number in numbers)


def _note(note: Note) -> str:
    return f"【{note.id}】{note.term}：{note.text}"


def _head(key: str, language: Language) -> Iterator[str]:
    yield ""
    yield f"== {phrase(key, language)} =="


def _gloss(text: str, language: Language, indent: str) -> Iterator[str]:
    """In the Chinese interface the source's own words need none."""
    if text and language == "en":
        yield f"{indent}{GLOSS_MARK} {text}"


def _legend(language: Language, always: bool = False) -> Iterator[str]:
    if always or language == "en":
        yield phrase("gloss_legend", language)


def _of(defect: Defect, language: Language) -> str:
    return defect.zh if language == "zh" else defect.en


# ---------------------------------------------------------------- JSON


def _json(standard: Standard) -> dict[str, Any]:
    return {**_plain(standard), "tasks": [{**_plain(t), "duty": t.duty.id if t.duty else None} for t in standard.tasks]}


def _plain(value: Any) -> Any:
    """Frozen values -> what JSON knows. A gloss says in its key that it is unofficial."""
    if is_dataclass(value):
        plain = {_KEYS.get(f.name, f.name): _plain(getattr(value, f.name)) for f in fields(value)}
        if isinstance(value, Indicator):
            plain["notes"] = list(value.notes)
        if isinstance(value, Item):
            plain["notes"] = list(notes_in(value.text))
        return plain
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return dict(value) if isinstance(value, Mapping) else value
