"""What stands in every text that a pattern matches: short strings, one of which must occur.

Owns the reading of a regular expression's parse. Worked out when the rules are compiled (scripts/compile_rules.py), so that the detector tries a
pattern only where it can match, and never needs the private parser of `re` itself. A pattern of which nothing can be told has no anchors and is
tried everywhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

HAN_AT_MOST, LETTERS_AT_MOST = 2, 4
"""An anchor is cut to this many characters: the longer, the more there is to look for; two Han characters tell as much as four letters."""
_ALTERNATIVES_AT_MOST = 128
_COMMON_FIRST = "etaoinsrhldcumfpgwybvkxjqz"
"""The letters of English, the commonest first."""

Strings = frozenset[str]


def anchors(pattern: str) -> tuple[str, ...]:
    """Short strings, sorted; every match of `pattern` holds one of them. () if nothing can be told."""
    found = {_cut(text) for text in _needed(parser.parse(pattern))}
    return () if "" in found else tuple(sorted(found))


def _cut(text: str) -> str:
    """The part of `text` that tells most, of several the last: what may also be missing stands rather at the beginning."""
    size = LETTERS_AT_MOST if text.isascii() else HAN_AT_MOST
    return max((text[at : at + size] for at in reversed(range(max(1, len(text) - size + 1)))), key=_telling)


def _telling(text: str) -> int:
    """Han characters tell most, marks and blanks least."""
    return sum(_COMMON_FIRST.find(c) + 1 if c.isascii() else len(_COMMON_FIRST) for c in text)


def _needed(nodes: Iterable[Any]) -> Strings:
    """Of the sets of strings, one of which every match of the sequence holds, the one that tells most; {""} if there is none."""
    runs: list[Strings] = []
    run = _NOTHING
    for node in nodes:
        exact = _exact(node)
        longer = _joined(run, exact)
        if longer:
            run = longer
        else:
            runs += [run, exact or _inside(node)]
            run = _NOTHING
    return max([*runs, run], key=lambda one: (min(_telling(_cut(text)) for text in one), -len(one)))


_NOTHING: Strings = frozenset({""})


def _exact(node: Any) -> Strings:
    """All the strings that a node can match, if they are few; else none. What only looks around matches an empty one."""
    code, value = node
    if code is op.LITERAL:
        return frozenset({chr(value)})
    if code in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return _NOTHING
    if code is op.IN and all(kind is op.LITERAL for kind, _ in value):
        return frozenset(chr(one) for _, one in value)
    if code is op.SUBPATTERN:
        return _exact_run(value[3])
    if code is op.BRANCH:
        return _together([_exact_run(branch) for branch in value[1]])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[:2] == (0, 1):
        return _together([_exact_run(value[2]), _NOTHING])
    return frozenset()


def _exact_run(nodes: Iterable[Any]) -> Strings:
    run = _NOTHING
    for node in nodes:
        run = _joined(run, _exact(node))
    return run


def _joined(first: Strings, second: Strings) -> Strings:
    """Every one of `first` followed by every one of `second`; none if that is too many or one of them is none."""
    return frozenset(map("".join, itertools.product(first, second))) if _few(len(first) * len(second)) else frozenset()


def _together(each: list[Strings]) -> Strings:
    return frozenset[str]().union(*each) if all(each) and _few(sum(map(len, each))) else frozenset()


def _few(count: int) -> bool:
    return count <= _ALTERNATIVES_AT_MOST


def _inside(node: Any) -> Strings:
    """What every match of a node holds that can match more than a few strings."""
    code, value = node
    if code is op.SUBPATTERN:
        return _needed(value[3])
    if code is op.BRANCH:
        return frozenset[str]().union(*map(_needed, value[1]))
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:
        return _needed(value[2])
    return _NOTHING
