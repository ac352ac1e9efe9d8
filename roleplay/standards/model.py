"""The five competency standards (職能基準) as values.

Owns their shape: what a standard, a task, an indicator, a note and a vocabulary are. Refuses to know where the wording
is kept and how it is shown. Chinese fields are the source's own words, with sentences cut by a page rejoined and
nothing else touched; `gloss` and `en` are ours, unofficial, and so is the judgement `shown`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Shown = Literal["turn", "session", "manager", "question", "exercise", "product"]
"""How an indicator can be shown: in a turn, across a session, in a manager's conversation, or not in a typed talk but
by a question, an exercise with data, or a written product. The judgement is ours; the standards do not give it."""
SHOWN: tuple[Shown, ...] = ("turn", "session", "manager", "question", "exercise", "product")
IN_CONVERSATION: frozenset[Shown] = frozenset({"turn", "session", "manager"})

Relation = Literal["same", "alike", "part", "whole"]
"""How an indicator stands to one of another standard: the same, nearly the same, part of it, or the whole of it."""

EntryKind = Literal["item", "way", "condition", "consideration"]
"""What an item of a note is by sense: a thing listed, a way of finding out, a condition, something to weigh first."""

_NOTE_MARK = re.compile(r"【註(\d+)】")


def notes_in(text: str) -> tuple[int, ...]:
    """The numbers of the notes that `text` refers to (【註1】), in its order."""
    return tuple(int(n) for n in _NOTE_MARK.findall(text))


@dataclass(frozen=True, slots=True)
class Link:
    """An indicator of another standard that the same evidence can be credited to. Scored once; the codes stay apart."""

    relation: Relation
    ref: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A performance indicator (行為指標). `ref`: `TRM3R0182v2:1.1`; `ordinal`: as it is printed (一、1 or P1.1.1)."""

    ref: str
    id: str
    ordinal: str
    text: str
    gloss: str
    shown: Shown
    links: tuple[Link, ...] = ()

    @property
    def code(self) -> str:
        return self.ref.partition(":")[0]

    @property
    def notes(self) -> tuple[int, ...]:
        return notes_in(self.text)


@dataclass(frozen=True, slots=True)
class Item:
    """A line with its sub-items: an output, knowledge, a skill, assessment guidance, a remark.

    `id` is unique among its kind in a standard, except that the source prints one output code twice. `ordinal` is the
    mark printed before it where that differs from the id: 一, 1, (1), ■.
    """

    id: str
    text: str
    gloss: str = ""
    ordinal: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What tasks stand under in an occupation standard, with its level and the ids of its knowledge and skills."""

    id: str
    text: str
    gloss: str
    level: int
    knowledge: tuple[str, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What the indicators stand under. `ordinal`: 一, 二 … in a unit, else empty. `duty`: None in a unit."""

    id: str
    ordinal: str
    text: str
    gloss: str
    duty: Duty | None
    outputs: tuple[Item, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Attitude:
    """An attitude with its definition. No indicator goes with it, so it is for observations and never for a score."""

    id: str
    name: str
    text: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """One part of the assessment guidance. `part`: evidence, context or methods."""

    part: str
    ordinal: str
    heading: str
    gloss: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a note, by sense. `id` is ours, `zh` the source's words, `en` a gloss.

    `items`: what the source names inside it. `seen_as`: techniques of the codebook that show it.
    """

    id: str
    zh: str
    en: str
    kind: EntryKind = "item"
    items: tuple[Entry, ...] = ()
    seen_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A note (註). `text`: in full, after the term and its colon. `items`: what it lists, by sense."""

    number: int
    term: str
    gloss: str
    text: str
    items: tuple[Entry, ...]

    @property
    def id(self) -> str:
        return f"註{self.number}"


@dataclass(frozen=True, slots=True)
class Defect:
    """Something odd in the source, kept as it is. `where`: ids in this standard; what is odd, in both languages."""

    where: tuple[str, ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Category:
    """A class the standard is filed under. `code`: empty where none is printed."""

    name: str
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A row of the version table, as printed."""

    version: str
    code: str
    name: str
    status: str
    note: str
    date: str


@dataclass(frozen=True, slots=True)
class Standard:
    """A competency unit (職能單元) or an occupation standard (職能基準).

    `heads`: the source's own headings by our names for them. `updated`: when it was last changed, as printed.
    """

    code: str
    version: str
    name: str
    gloss: str
    kind: Literal["unit", "occupation"]
    kind_name: str
    level: int
    heads: Mapping[str, str]
    categories: tuple[Category, ...]
    description: str
    history: tuple[Edition, ...]
    updated: str
    duties: tuple[Duty, ...]
    tasks: tuple[Task, ...]
    knowledge: tuple[Item, ...]
    skills: tuple[Item, ...]
    attitudes: tuple[Attitude, ...]
    assessment: tuple[Guidance, ...]
    notes: tuple[Note, ...]
    remarks: tuple[Item, ...]
    defects: tuple[Defect, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(i for task in self.tasks for i in task.indicators)

    @property
    def outputs(self) -> tuple[Item, ...]:
        return tuple(o for task in self.tasks for o in task.outputs)

    def task_of(self, indicator: Indicator) -> Task:
        """The task `indicator` stands under. StopIteration never: an indicator of this standard has one."""
        return next(task for task in self.tasks if indicator in task.indicators)

    def defects_at(self, *ids: str) -> tuple[Defect, ...]:
        """What is odd at any of `ids`."""
        return tuple(d for d in self.defects if not set(d.where).isdisjoint(ids))


@dataclass(frozen=True, slots=True)
class Source:
    """Where part of a vocabulary comes from: `where` is a note (註6) or an item (K39) of that standard."""

    standard: str
    where: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names packs may use for one kind of thing, from one or more notes."""

    prefix: str
    zh: str
    en: str
    sources: tuple[Source, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Each id once, with the words of the first source that has it."""
        found: dict[str, Entry] = {}
        for source in self.sources:
            for entry in source.entries:
                found.setdefault(entry.id, entry)
        return tuple(found.values())
