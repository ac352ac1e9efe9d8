"""Located nodes -> values, by small converters that note what is wrong and go on, so that one run finds everything.

Owns kinds of values (text, number, choice, list, record). Refuses to know what a scenario is. A converter takes a
node and the place it stands at, and gives a value or raises Bad after the problem was noted."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as MappingOf
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from roleplay.scenarios.characters import looks_chinese, looks_english, unfolded
from roleplay.scenarios.model import LANGUAGES, Language, Text, Words
from roleplay.scenarios.notes import At
from roleplay.scenarios.reading import Mapping, Node, Scalar, Sequence

T = TypeVar("T")
Convert = Callable[[Node, At], T]

_ID = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]\Z")
_INTEGER = re.compile(r"[+-]?[0-9]{1,9}\Z")
_LINES = re.compile(r"[ ]*(?:\r\n|\r|\n)[ \r\n]*")
_LANGUAGE_NAMES: frozenset[str] = frozenset(LANGUAGES)
_ITEMS_AT_MOST = 200
_SWAP_SEEN_FROM = 6
"""Characters a text must have before its language is guessed."""


class Bad(Exception):
    """A value that could not be made; the problem is noted already."""


def wrong_kind(node: Node, at: At, wanted: str) -> Bad:
    """Note that `node` is not what is wanted here, or that it is nothing at all; to be raised."""
    if isinstance(node, Scalar) and node.empty:
        at.note(node, "RP209", key=at.key)
    else:
        at.note(node, "RP203", wanted=wanted)
    return Bad()


def scalar(node: Node, at: At, wanted: str = "@text") -> Scalar:
    """A scalar that holds something."""
    if not isinstance(node, Scalar) or node.empty:
        raise wrong_kind(node, at, wanted)
    return node


def word(node: Node, at: At) -> str:
    """A text on one line that is not empty."""
    found = " ".join(scalar(node, at).text.split())
    if not found:
        at.note(node, "RP209", key=at.key)
        raise Bad
    return found


def word_or_none(node: Node, at: At) -> str:
    """The same, or "" where nothing was written."""
    if isinstance(node, Scalar) and (node.empty or not node.text.strip()):
        return ""
    return word(node, at)


def identifier(node: Node, at: At) -> str:
    """An id: lower-case letters, digits, underscores, a letter first."""
    found = scalar(node, at).text
    if not _ID.match(found):
        at.note(node, "RP207", value=found)
        raise Bad
    return found


def declared(kind: str) -> Convert[str]:
    """The id of something of `kind` that others may refer to."""

    def convert(node: Node, at: At) -> str:
        found = identifier(node, at)
        at.notes.declare(kind, found, node)
        return found

    return convert


def reference(kind: str) -> Convert[str]:
    """The name of something of `kind`; whether it exists is checked when all is known."""

    def convert(node: Node, at: At) -> str:
        found = word(node, at)
        at.notes.refer(kind, found, node, at.path)
        return found

    return convert


def time_of_day(node: Node, at: At) -> str:
    """HH:MM on the 24-hour clock."""
    found = scalar(node, at).text
    if not _TIME.match(found):
        at.note(node, "RP211", value=found)
        raise Bad
    return found


def number(low: int, high: int) -> Convert[int]:
    def convert(node: Node, at: At) -> int:
        found = scalar(node, at, "@number").text
        if _INTEGER.match(found) and low <= int(found) <= high:
            return int(found)
        at.note(node, "RP205", value=found, low=low, high=high)
        raise Bad

    return convert


def truth(node: Node, at: At) -> bool:
    found = scalar(node, at, "true | false").text
    if found not in ("true", "false"):
        at.note(node, "RP208", value=found)
        raise Bad
    return found == "true"


def choice(*allowed: T) -> Convert[T]:
    """One of `allowed`, which are texts."""
    by_name = {str(value): value for value in allowed}

    def convert(node: Node, at: At) -> T:
        found = scalar(node, at, " | ".join(by_name)).text
        if found not in by_name:
            at.note(node, "RP204", value=found, near=at.notes.nearest(found, by_name), allowed=", ".join(by_name))
            raise Bad
        return by_name[found]

    return convert


def listed(convert: Convert[T], most: int = _ITEMS_AT_MOST, least: int = 0) -> Convert[tuple[T, ...]]:
    """A list; a single value stands for a list of one. Items that cannot be made are left out, their problems noted."""

    def convert_all(node: Node, at: At) -> tuple[T, ...]:
        if isinstance(node, Scalar) and node.empty:
            at.note(node, "RP209", key=at.key)
            raise Bad
        items = node.items if isinstance(node, Sequence) else (node,)
        if len(items) > most:
            at.note(node, "RP212", count=len(items), limit=most)
        if len(items) < least:
            at.note(node, "RP219", key=at.key)
            raise Bad
        made = []
        for number, item in enumerate(items[:most]):
            try:
                made.append(convert(item, at.inside(_name_of(item, number), item)))
            except Bad:
                continue
        if items and not made:
            raise Bad
        return tuple(made)

    return convert_all


def _name_of(item: Node, number: int) -> str:
    """How an item is called in a path: by its id where it has one, else by its 0-based number."""
    if isinstance(item, Mapping):
        named = item.get("id")
        if isinstance(named, Scalar) and _ID.match(named.text):
            return named.text
    return str(number)


# ---------------------------------------------------------------- languages


def text(node: Node, at: At) -> Text:
    """A text in each of the pack's languages; a plain one where the pack has a single language."""
    if isinstance(node, Mapping):
        parts = _by_language(node, at, _prose)
        return Text(parts.get("zh", ""), parts.get("en", ""))
    if not isinstance(node, Scalar):
        raise wrong_kind(node, at, "@texts")
    only = _only_language(node, at, "@texts")
    found = _prose(node, at, only)
    return Text(zh=found) if only == "zh" else Text(en=found)


def words(node: Node, at: At) -> Words:
    """Ways of saying something, a list in each language."""
    if isinstance(node, Mapping):
        parts = _by_language(node, at, _phrases)
        return Words(parts.get("zh", ()), parts.get("en", ()))
    only = _only_language(node, at, "@words")
    found = _phrases(node, at, only)
    return Words(zh=found) if only == "zh" else Words(en=found)


def _only_language(node: Node, at: At, wanted: str) -> Language:
    if len(at.notes.languages) > 1:
        raise wrong_kind(node, at, wanted)
    return at.notes.languages[0]


def _prose(node: Node, at: At, language: Language) -> str:
    found = scalar(node, at)
    whole = _LINES.sub("\n", found.text).strip()
    if not whole:
        at.note(node, "RP209", key=at.key)
        raise Bad
    if language == "zh" and found.folded:
        whole = unfolded(whole)
    if len(whole) >= _SWAP_SEEN_FROM:
        chinese = looks_chinese(whole)
        if (not chinese and looks_english(whole)) if language == "zh" else (chinese and not looks_english(whole)):
            at.note(node, "RP218", language=language)
    return whole


def _phrases(node: Node, at: At, language: Language) -> tuple[str, ...]:
    if isinstance(node, Sequence):
        for one, other in itertools.pairwise(node.items):
            _note_torn_number(one, other, at)
    return tuple(dict.fromkeys(listed(word)(node, at)))


def _note_torn_number(one: Node, other: Node, at: At) -> None:
    """An unquoted 1,500 in brackets is two items, of which the first is found in every reply with a 1."""
    if not (isinstance(one, Scalar) and isinstance(other, Scalar) and one.plain and other.plain):
        return
    touching = one.line == other.line and other.column == one.column + len(one.text) + 1
    if touching and one.text[-1:].isdigit() and re.match(r"\d{3}(?!\d)", other.text):
        at.note(one, "RP220", number=f"{one.text},{other.text}")


def _by_language(node: Mapping, at: At, convert: Callable[[Node, At, Language], T]) -> dict[Language, T]:
    parts: dict[Language, T] = {}
    seen: set[str] = set()
    for key, value in node.entries:
        seen.add(key.text)
        if key.text not in _LANGUAGE_NAMES:
            unknown_key(key, value, node.flow, LANGUAGES, at)
            continue
        language: Language = "zh" if key.text == "zh" else "en"
        try:
            made = convert(value, at.inside(language), language)
        except Bad:
            continue
        if language in at.notes.languages:
            parts[language] = made
        else:
            at.note(key, "RP217", language=language)
    for language in at.notes.languages:
        if language not in seen:
            at.note(node, "RP206", language=language)
    return parts


# ---------------------------------------------------------------- records


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a record. `required`: its absence is a problem."""

    convert: Convert[Any]
    required: bool = False


Table = MappingOf[str, Field]


def need(convert: Convert[Any]) -> Field:
    return Field(convert, True)


def may(convert: Convert[Any]) -> Field:
    return Field(convert)


def fields(node: Node, at: At, table: Table) -> dict[str, Any]:
    """The values of a record by key: only those that are there. Bad if a required one is missing or could not be
    made, after all were tried."""
    made = sound_fields(node, at, table)
    if any(field.required and name not in made for name, field in table.items()):
        raise Bad
    return made


def sound_fields(node: Node, at: At, table: Table) -> dict[str, Any]:
    """The values of a record by key, those that could be made; what is wrong with the others is noted. Empty if it is
    no record at all."""
    if not isinstance(node, Mapping):
        wrong_kind(node, at, "@record")
        return {}
    made: dict[str, Any] = {}
    seen: set[str] = set()
    for key, value in node.entries:
        field = table.get(key.text)
        if field is None:
            unknown_key(key, value, node.flow, table, at)
            continue
        seen.add(key.text)
        with suppress(Bad):
            made[key.text] = field.convert(value, at.inside(key.text, value))
    for name, field in table.items():
        if field.required and name not in seen:
            at.note(node, "RP202", key=name)
    return made


def record(make: Callable[..., T], table: Table) -> Convert[T]:
    """A record of the model whose keys are those of `table`."""

    def convert(node: Node, at: At) -> T:
        return make(**fields(node, at, table))

    return convert


def unknown_key(key: Scalar, value: Node, flow: bool, allowed: Iterable[str], at: At) -> None:
    """Note a key that may not stand here. In braces a key without a value is the rest of a text that a comma cut."""
    if flow and isinstance(value, Scalar) and value.plain and value.text == "":
        at.note(key, "RP213", key=key.text)
        return
    allowed = tuple(allowed)
    at.note(key, "RP201", key=key.text, near=at.notes.nearest(key.text, allowed), allowed=", ".join(allowed))
