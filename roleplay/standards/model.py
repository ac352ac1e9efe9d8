"""The five competency standards (職能基準) as values.

Owns their shape and how one finds things in them. The Chinese wording is the source's own, page breaks rejoined and nothing corrected;
the English glosses are ours and unofficial.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Shown = Literal["turn", "session", "manager", "question", "exercise", "product"]
"""How an indicator can be shown: in a turn, across a session, in a manager's conversation, or not in a typed talk but by a question, an
exercise with data, or a written product. The judgement is ours; the standards do not give it."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A performance indicator (行為指標). `ref`: `TRM3R0182v2:1.1`. `same_as`: indicators of other standards that say the same."""

    ref: str
    id: str
    ordinal: str
    text: str
    gloss: str
    shown: Shown
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A line with its sub-items: knowledge, skill, output, assessment guidance."""

    id: str
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """`duty`: the heading it stands under in an occupation standard, None in a unit."""

    id: str
    ordinal: str
    text: str
    duty: Item | None
    outputs: tuple[Item, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Attitude:
    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """One part of the assessment guidance. `part`: evidence, context or methods."""

    part: str
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a note, by sense. `id` is ours; `zh` the source's words; `en` a gloss."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note (註). `text`: in full. `items`: what it lists, by sense."""

    number: int
    term: str
    text: str
    items: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Defect:
    """Something odd in the source, kept as it is."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Standard:
    code: str
    version: str
    name: str
    kind: Literal["unit", "occupation"]
    kind_name: str
    level: int
    categories: tuple[tuple[str, str], ...]
    description: str
    updated: str
    tasks: tuple[Task, ...]
    knowledge: tuple[Item, ...]
    skills: tuple[Item, ...]
    attitudes: tuple[Attitude, ...]
    assessment: tuple[Guidance, ...]
    notes: tuple[Note, ...]
    remarks: tuple[str, ...]
    defects: tuple[Defect, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(i for task in self.tasks for i in task.indicators)

    @property
    def outputs(self) -> tuple[Item, ...]:
        return tuple(o for task in self.tasks for o in task.outputs)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The items of one note under the prefix packs use for them."""

    prefix: str
    title: str
    standard: str
    note: int
    entries: tuple[Entry, ...]


class UnknownName(KeyError):
    """A code or reference that is not there; `near` is the most alike one, or ""."""

    def __init__(self, name: str, near: str) -> None:
        super().__init__(name)
        self.name = name
        self.near = near


class Catalogue:
    """All five standards and their vocabularies."""

    def __init__(self, standards: tuple[Standard, ...], vocabularies: tuple[Vocabulary, ...]) -> None:
        self.standards = standards
        self.vocabularies = vocabularies
        self._indicators = {i.ref: i for standard in standards for i in standard.indicators}

    def standard(self, code: str) -> Standard:
        """The standard of `code`, whatever its case. UnknownName if there is none."""
        for standard in self.standards:
            if standard.code.casefold() == code.casefold():
                return standard
        raise self._unknown(code, [s.code for s in self.standards])

    def indicator(self, ref: str) -> Indicator:
        """The indicator of the full reference `ref`. UnknownName if there is none."""
        if ref in self._indicators:
            return self._indicators[ref]
        raise self._unknown(ref, list(self._indicators))

    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(self._indicators.values())

    def vocabulary(self, prefix: str) -> tuple[Entry, ...]:
        """Every entry under `prefix`, each id once. UnknownName if there is no such vocabulary."""
        found = {e.id: e for v in self.vocabularies if v.prefix == prefix for e in reversed(v.entries)}
        if not found:
            raise self._unknown(prefix, sorted({v.prefix for v in self.vocabularies}))
        order = [e.id for v in self.vocabularies if v.prefix == prefix for e in v.entries]
        return tuple(found[id] for id in dict.fromkeys(order))

    def search(self, words: str, shown: str | None = None, standard: str | None = None) -> tuple[Indicator, ...]:
        """The indicators in which every one of `words` (split at spaces) occurs: in the Chinese, the gloss or the reference."""
        wanted = _folded(words).split()
        return tuple(
            i
            for i in self._within(standard)
            if (shown is None or i.shown == shown) and all(w in _folded(f"{i.ref} {i.text} {i.gloss}") for w in wanted)
        )

    def _within(self, standard: str | None) -> Iterator[Indicator]:
        yield from self.indicators() if standard is None else self.standard(standard).indicators

    def _unknown(self, name: str, have: list[str]) -> UnknownName:
        folded = {h.casefold(): h for h in have}
        near = get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.5)
        return UnknownName(name, folded[near[0]] if near else "")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
