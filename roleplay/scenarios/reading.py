"""YAML text -> located values, under budgets.

The only module that imports yaml. Owns where every value stands and how much of it there may be. Refuses to know what
the values mean: every scalar is text until a schema converts it. The parser's events are read one by one and anything
beyond plain mappings, sequences and scalars is refused: a loader that builds objects would expand aliases and merge
keys, and half a kilobyte of those is enough to fill the memory. The pure parser is used on purpose: it does not
recurse on the C stack."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import yaml

from roleplay.scenarios.characters import (
    FORBIDDEN,
    FORBIDDEN_IN_TEXT,
    LINE_BREAK,
    TAB_INDENT,
    code_point,
    start_of_lines,
)
from roleplay.scenarios.problems import Problem, problem
from roleplay.scenarios.syntax import explained

BYTES_AT_MOST = 1 << 20
DEPTH_AT_MOST = 24
NODES_AT_MOST = 50_000
TEXT_AT_MOST = 20_000
_CHARACTERS_SHOWN = 20
_PROBLEMS_AT_MOST = 200
_QUESTION = "\ufdd0"
"""Stands for a question mark while the parser looks: PyYAML still follows YAML 1.1, where one ends an unquoted text
in braces, so `{en: Where is it?}` would be an error. As an indicator it only starts keys that are no texts, which are
refused anyway. The stand-in is no character and refused in files, so none is lost."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """`line`, `column`: 1-based, of its first character. `plain`: written without quotes. `folded`: it ran over several
    lines, which YAML joined with spaces."""

    text: str
    line: int
    column: int
    plain: bool = True
    folded: bool = False

    @property
    def empty(self) -> bool:
        """Nothing was written, or what YAML calls null."""
        return self.plain and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """`flow`: written in braces."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int
    flow: bool = False

    def get(self, key: str) -> Node | None:
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping


class _Stop(Exception):
    """Reading cannot go on; the problem says why."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.found = found


def read(file: str, text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The one document in `text`, or None with the problems that stopped the reading. Duplicate keys and forbidden
    characters do not stop it, so that the rest of the file is checked in the same run. A byte order mark is passed
    over."""
    # Encoding is itself work: a text that is too long by its characters alone is not encoded.
    size = len(text) if len(text) > BYTES_AT_MOST else len(text.encode("utf-8", "surrogatepass"))
    if size > BYTES_AT_MOST:
        return None, (problem(file, 1, 1, "RP101", size=size),)
    text = text.removeprefix("\ufeff")
    problems, text = _clean(file, text)
    if any(found.code == "RP106" for found in problems):
        return None, problems
    if not _deep(text):
        quick = _Reader(file, text, _QUICK)
        try:
            return quick.document(), (*problems, *quick.problems)
        except _Stop:
            pass  # what is wrong is told by the slow parser, whose messages are known
    reader = _Reader(file, text, yaml.SafeLoader)
    try:
        node = reader.document()
    except _Stop as stop:
        return None, (*problems, *reader.problems, stop.found)
    return node, (*problems, *reader.problems)


_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as fast where libyaml is there; only for what is not nested deeply, since its stack is not guarded."""
_BRACKETS = re.compile(r"[\[\]{}]")


def _deep(text: str) -> bool:
    """Whether brackets may be nested deeper than any pack needs. Those in prose count too: too careful is slow, not wrong."""
    depth = 0
    for bracket in _BRACKETS.finditer(text):
        depth += 1 if bracket.group() in "[{" else -1
        if depth > 4 * DEPTH_AT_MOST:
            return True
    return False


def _clean(file: str, text: str) -> tuple[tuple[Problem, ...], str]:
    """The problems of single characters, and `text` with those replaced one for one, so that places stay right."""
    if FORBIDDEN.search(text) is None and TAB_INDENT.search(text) is None:
        return (), text
    lines = start_of_lines(text)

    def place(index: int) -> tuple[int, int]:
        line = bisect_right(lines, index)
        return line, index - lines[line - 1] + 1

    characters = tuple(
        problem(file, *place(match.start()), "RP105", character=code_point(match.group()))
        for match in islice(FORBIDDEN.finditer(text), _CHARACTERS_SHOWN)
    )
    tabs = tuple(
        problem(file, *place(match.end() - 1), "RP106")
        for match in islice(TAB_INDENT.finditer(text), _CHARACTERS_SHOWN)
    )
    return (*characters, *tabs), FORBIDDEN.sub("\ufffd", text)


class _Reader:
    """Builds nodes from the parser's events, counting as it goes. Nesting is bounded before it is entered, so that
    the recursion here is too."""

    def __init__(self, file: str, text: str, loader: Any) -> None:
        self._file = file
        self._text = text
        self._loader = loader
        self._events = self._parse()
        self._nodes = 0
        self.problems: list[Problem] = []

    def _parse(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self._text.replace("?", _QUESTION), Loader=self._loader)
        except yaml.MarkedYAMLError as error:
            marks = [
                (mark.line, mark.column) if mark is not None else None
                for mark in (error.problem_mark, error.context_mark)
            ]
            line, column, code, arguments = explained(
                error.problem or "", error.context or "", marks[0], marks[1], LINE_BREAK.split(self._text)
            )
            raise _Stop(problem(self._file, line, column, code, **arguments)) from None
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            raise _Stop(problem(self._file, 1, 1, "RP121", why=str(error)[:120])) from None

    def document(self) -> Node:
        node: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    raise self._stop(event, "RP110")
                node = self._node(next(self._events), 1)
        if node is None or (isinstance(node, Scalar) and node.empty):
            raise _Stop(problem(self._file, 1, 1, "RP111"))
        return node

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._nodes += 1
        if self._nodes > NODES_AT_MOST:
            raise self._stop(event, "RP103", limit=NODES_AT_MOST)
        if depth > DEPTH_AT_MOST:
            raise self._stop(event, "RP102", limit=DEPTH_AT_MOST)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise self._stop(event, "RP108")
        if getattr(event, "tag", None) is not None:
            raise self._stop(event, "RP109")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        line, column = _start(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth)), line, column)
        assert isinstance(event, yaml.MappingStartEvent)
        return Mapping(tuple(self._entries(depth)), line, column, bool(event.flow_style))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        line, column = _start(event)
        text = event.value.replace(_QUESTION, "?")
        if not text and not event.style and self._loader is not yaml.SafeLoader:
            raise self._stop(event, "RP121", why="")  # the two parsers place what is not there differently
        if len(text) > TEXT_AT_MOST:
            raise self._stop(event, "RP104", size=len(text), limit=TEXT_AT_MOST)
        # What stands in the file as such was seen already; what is left comes from an escape such as "\u200b".
        escaped = FORBIDDEN_IN_TEXT.search(text)
        if escaped is not None:
            self._note((line, column), "RP105", character=code_point(escaped.group()))
            text = FORBIDDEN_IN_TEXT.sub("\ufffd", text)
        end = event.end_mark
        folded = event.style != "|" and end is not None and end.line >= line
        return Scalar(text, line, column, not event.style, folded)

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
                raise self._stop(event, "RP112")
            if key.plain and key.text == "<<":
                raise self._stop(event, "RP108")
            value = self._node(next(self._events), depth + 1)
            first = seen.setdefault(key.text, key)
            if first is not key:
                self._note((key.line, key.column), "RP107", key=key.text, first=first.line)
                continue
            yield key, value

    def _note(self, place: tuple[int, int], code: str, **arguments: object) -> None:
        if len(self.problems) < _PROBLEMS_AT_MOST:
            self.problems.append(problem(self._file, *place, code, **arguments))

    def _stop(self, event: yaml.Event, code: str, **arguments: object) -> _Stop:
        return _Stop(problem(self._file, *_start(event), code, **arguments))


def _start(event: yaml.Event) -> tuple[int, int]:
    """Line and column of its first character, 1-based."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
