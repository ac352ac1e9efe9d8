"""Turning located nodes into values: small converters that note a problem and go on, so that one run finds everything.

Owns shapes (text, number, choice, list, record). Refuses to know what a scenario is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

from roleplay.scenarios.model import LANGUAGES, Language, Text, Words
from roleplay.scenarios.problems import Problem
from roleplay.scenarios.reading import Mapping, Node, Scalar, Sequence

T = TypeVar("T")
_ID = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z")


class Bad(Exception):
    """A value that could not be made; its problem is noted already."""


class Notes:
    """The problems of one file, the languages its texts must have, and where its named things stand."""

    def __init__(self, file: str, languages: tuple[Language, ...] = LANGUAGES) -> None:
        self.file = file
        self.languages = languages
        self.problems: list[Problem] = []
        self.where: dict[str, tuple[int, int]] = {}
        self.nodes: dict[int, tuple[int, int]] = {}

    def add(self, node: Node, code: str, **arguments: object) -> Bad:
        self.problems.append(
            Problem(self.file, node.line, node.column, code, tuple((k, str(v)) for k, v in arguments.items()))
        )
        return Bad()


Convert = Callable[[Node, Notes], T]


def nearest(name: str, allowed: Iterable[str]) -> str:
    """The most alike of `allowed`, "" if none is near."""
    found = get_close_matches(name, sorted(allowed), n=1, cutoff=0.6)
    return found[0] if found else ""


def scalar(node: Node, notes: Notes, wanted: str = "text") -> Scalar:
    if not isinstance(node, Scalar):
        raise notes.add(node, "RP203", wanted=wanted)
    return node


def name(node: Node, notes: Notes) -> str:
    """An id: lower-case letters, digits, underscores."""
    found = scalar(node, notes, "name")
    if not _ID.match(found.text):
        raise notes.add(node, "RP207", value=found.text[:80])
    return found.text


def word(node: Node, notes: Notes) -> str:
    """Any text on one line, not empty."""
    found = scalar(node, notes)
    if not found.text.strip():
        raise notes.add(node, "RP209")
    return found.text.strip()


def maybe_word(node: Node, notes: Notes) -> str:
    return scalar(node, notes).text.strip()


def time_of_day(node: Node, notes: Notes) -> str:
    found = scalar(node, notes)
    if not _TIME.match(found.text):
        raise notes.add(node, "RP211", value=found.text[:80])
    return found.text


def number(low: int, high: int) -> Convert[int]:
    def convert(node: Node, notes: Notes) -> int:
        found = scalar(node, notes, "number")
        digits = found.text.strip().replace("_", "")
        if re.fullmatch(r"[+-]?\d{1,9}", digits) and low <= int(digits) <= high:
            return int(digits)
        raise notes.add(node, "RP205", value=found.text[:80], low=low, high=high)

    return convert


def truth(node: Node, notes: Notes) -> bool:
    found = scalar(node, notes, "true | false")
    if found.text not in ("true", "false"):
        raise notes.add(node, "RP208")
    return found.text == "true"


def choice(*allowed: str) -> Convert[Any]:
    def convert(node: Node, notes: Notes) -> str:
        found = scalar(node, notes, " | ".join(allowed))
        if found.text not in allowed:
            raise notes.add(
                node, "RP204", value=found.text[:80], near=nearest(found.text, allowed), allowed=", ".join(allowed)
            )
        return found.text

    return convert


def listed(convert: Convert[T]) -> Convert[tuple[T, ...]]:
    """A list; a single value stands for a list of one. Items that cannot be made are left out, their problems noted."""

    def convert_all(node: Node, notes: Notes) -> tuple[T, ...]:
        items = node.items if isinstance(node, Sequence) else (node,)
        made = []
        for item in items:
            try:
                value = convert(item, notes)
            except Bad:
                continue
            notes.nodes[id(value)] = (item.line, item.column)
            made.append(value)
        return tuple(made)

    return convert_all


def text(node: Node, notes: Notes) -> Text:
    """A text in each of the pack's languages; a plain one where the pack has a single language."""
    if isinstance(node, Scalar):
        if len(notes.languages) > 1:
            raise notes.add(node, "RP203", wanted="{zh: …, en: …}")
        return Text(**{notes.languages[0]: _filled(node, notes)})
    if isinstance(node, Sequence):
        raise notes.add(node, "RP203", wanted="{zh: …, en: …}")
    parts = _by_language(node, notes, _filled)
    for language in notes.languages:
        if language not in parts:
            notes.add(node, "RP206", language=language)
    return Text(**parts)


def _filled(node: Node, notes: Notes) -> str:
    return re.sub(r"\s*\n\s*", "\n", word(node, notes))


def words(node: Node, notes: Notes) -> Words:
    """Ways of saying something, a list in each language."""
    if not isinstance(node, Mapping):
        if len(notes.languages) > 1:
            raise notes.add(node, "RP203", wanted="{zh: [...], en: [...]}")
        return Words(**{notes.languages[0]: listed(word)(node, notes)})
    parts = _by_language(node, notes, listed(word))
    for language in notes.languages:
        if language not in parts:
            notes.add(node, "RP206", language=language)
    return Words(**parts)


def _by_language(node: Mapping, notes: Notes, convert: Convert[T]) -> dict[str, T]:
    parts: dict[str, T] = {}
    for key, value in node.entries:
        if key.text not in LANGUAGES:
            notes.add(key, "RP201", key=key.text[:80], near=nearest(key.text, LANGUAGES), allowed=", ".join(LANGUAGES))
            continue
        try:
            parts[key.text] = convert(value, notes)
        except Bad:
            parts[key.text] = convert(Scalar("?", value.line, value.column), notes)
    return parts


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a record. `to`: the name in the model ("" the same). `required`: its absence is a problem."""

    convert: Convert[Any]
    to: str = ""
    required: bool = False


def need(convert: Convert[Any], to: str = "") -> Field:
    return Field(convert, to, True)


def may(convert: Convert[Any], to: str = "") -> Field:
    return Field(convert, to)


def fields(node: Node, notes: Notes, table: MappingOf[str, Field]) -> dict[str, Any]:
    """The values of a record by model name. Bad if a required one is missing or could not be made, after all were tried."""
    if not isinstance(node, Mapping):
        raise notes.add(node, "RP203", wanted="{" + ", ".join(f"{k}: …" for k in list(table)[:3]) + "}")
    values: dict[str, Any] = {}
    sound = True
    for key, value in node.entries:
        field = table.get(key.text)
        if field is None:
            notes.add(key, "RP201", key=key.text[:80], near=nearest(key.text, table), allowed=", ".join(table))
            continue
        try:
            values[field.to or key.text] = field.convert(value, notes)
        except Bad:
            sound = sound and not field.required
    present = {key.text for key, _ in node.entries}
    for key_name, field in table.items():
        if field.required and key_name not in present:
            notes.add(node, "RP202", key=key_name)
            sound = False
    if not sound:
        raise Bad
    return values


def record(make: Callable[..., T], table: MappingOf[str, Field]) -> Convert[T]:
    """A record of the model made from the keys of `table`."""

    def convert(node: Node, notes: Notes) -> T:
        return make(**fields(node, notes, table))

    return convert
