"""YAML text -> located values, under budgets.

The only module that imports yaml. Owns where every value stands and how much of it there may be. Refuses to know what the values mean:
every scalar is text until the decoder converts it. `safe_load` would be no defence (aliases blow up, tags and merge keys surprise),
so the parser's events are read one by one and anything beyond plain mappings, sequences and scalars is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from roleplay.scenarios.problems import Problem

BYTES_AT_MOST = 1 << 20
DEPTH_AT_MOST = 24
NODES_AT_MOST = 50_000
TEXT_AT_MOST = 20_000
_SHOWN_AT_MOST = 20

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
    "|[\u200b\u2060]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
    "|\u200c"
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """`line`, `column`: 1-based, of its first character. `plain`: written without quotes."""

    text: str
    line: int
    column: int
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping


class _Stop(Exception):
    """Reading cannot go on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem


def read(file: str, text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The one document in `text`, or None with the problems that stopped the reading. Duplicate keys and forbidden characters are
    problems too; with them there may still be a node, so that the rest can be checked in the same run."""
    size = len(text.encode("utf-8", errors="surrogatepass"))
    if size > BYTES_AT_MOST:
        return None, (Problem(file, 1, 1, "RP101", (("size", str(size)),)),)
    text = text.removeprefix("\ufeff")
    forbidden = tuple(_forbidden(file, text))
    if forbidden:
        return None, forbidden
    reader = _Reader(file, text)
    try:
        return reader.document(), tuple(reader.problems)
    except _Stop as stop:
        return None, (*reader.problems, stop.problem)


def _forbidden(file: str, text: str) -> Iterator[Problem]:
    for number, found in enumerate(_FORBIDDEN.finditer(text)):
        if number == _SHOWN_AT_MOST:
            return
        before = text[: found.start()]
        line = before.count("\n") + 1
        column = found.start() - (before.rfind("\n") + 1) + 1
        yield Problem(file, line, column, "RP104", (("character", f"U+{ord(found.group()):04X}"),))


class _Reader:
    """Builds nodes from the parser's events, counting as it goes."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._events = self._parse(text)
        self._nodes = 0
        self.problems: list[Problem] = []

    def _parse(self, text: str) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as problem:
            mark = problem.problem_mark or problem.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            why = " ".join(part for part in (problem.context, problem.problem) if part)
            raise _Stop(Problem(self._file, line, column, "RP102", (("why", why),))) from None
        except (yaml.YAMLError, RecursionError, ValueError) as problem:
            raise _Stop(Problem(self._file, 1, 1, "RP102", (("why", str(problem)[:200]),))) from None

    def document(self) -> Node | None:
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    raise self._stop(event, "RP107")
                first = next(self._events)
                node = self._node(first, 1)
        if node is None:
            raise _Stop(Problem(self._file, 1, 1, "RP108"))
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._nodes += 1
        if self._nodes > NODES_AT_MOST:
            raise self._stop(event, "RP103", what="nodes", limit=str(NODES_AT_MOST))
        if depth > DEPTH_AT_MOST:
            raise self._stop(event, "RP103", what="depth", limit=str(DEPTH_AT_MOST))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._stop(event, "RP105", what="anchor or alias")
        if getattr(event, "tag", None) is not None:
            raise self._stop(event, "RP105", what="tag")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth)), line, column)
        return Mapping(tuple(self._entries(depth)), line, column)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        if len(event.value) > TEXT_AT_MOST:
            raise self._stop(event, "RP103", what="characters in one text", limit=str(TEXT_AT_MOST))
        if _FORBIDDEN.search(event.value):
            raise self._stop(event, "RP104", character="(escaped)")
        mark = event.start_mark
        return Scalar(event.value, mark.line + 1, mark.column + 1, event.style is None)

    def _items(self, depth: int) -> Iterator[Node]:
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Scalar] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise self._stop(event, "RP109")
            if key.plain and key.text == "<<":
                raise self._stop(event, "RP105", what="merge key")
            value = self._node(next(self._events), depth + 1)
            if key.text in seen:
                first = seen[key.text]
                arguments = (("key", key.text), ("first", str(first.line)))
                self.problems.append(Problem(self._file, key.line, key.column, "RP106", arguments))
                continue
            seen[key.text] = key
            yield key, value

    def _stop(self, event: yaml.Event, code: str, **arguments: str) -> _Stop:
        mark = event.start_mark
        return _Stop(Problem(self._file, mark.line + 1, mark.column + 1, code, tuple(arguments.items())))
