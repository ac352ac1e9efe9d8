"""What stands in every text that a pattern matches: short strings, one of which must occur.

Owns the reading of a regular expression's parse. Worked out when the rules are compiled (scripts/compile_rules.py), so that the detector tries a
pattern only where it can match, and never needs the private parser of `re` itself. A pattern of which nothing can be told has no anchors and is
tried everywhere.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

HAN_AT_MOST, LETTERS_AT_MOST = 2, 4
"""An anchor is cut to this many characters: the longer, the more there is to look for; two Han characters tell as much as four letters."""
_ALTERNATIVES_AT_MOST = 128

Strings = frozenset[str]
HowOften = Callable[[str], int]
"""In how many replies a string occurs: what is rare tells most."""


def anchors(pattern: str, how_often: HowOften) -> tuple[str, ...]:
    """Short strings, sorted; every match of `pattern` holds one of them. Of several such sets the one that is found least. () if nothing can be
    told."""
    found = _Telling(how_often).needed(parser.parse(pattern))
    return () if "" in found else tuple(sorted(found))


def how_often(replies: Iterable[str]) -> HowOften:
    """Counted in folded `replies`."""
    texts = tuple(replies)
    return functools.cache(lambda string: sum(string in text for text in texts))


@dataclass(frozen=True)
class _Telling:
    how_often: HowOften

    def needed(self, nodes: Iterable[Any]) -> Strings:
        """Of the sets of anchors, one of which every match of the sequence holds, the one found least; {""} if there is none."""
        runs: list[Strings] = []
        run = _NOTHING
        for node in nodes:
            exact = _exact(node)
            longer = _joined(run, exact)
            if longer:
                run = longer
            else:
                runs += [run, exact or self._inside(node)]
                run = _NOTHING
        return min((self._cut(one) for one in [*runs, run]), key=self._found)

    def _found(self, one: Strings) -> tuple[bool, int, int]:
        return "" in one, sum(map(self.how_often, one)), len(one)

    def _cut(self, texts: Strings) -> Strings:
        """The rarest part of each, of several the last: what may also be missing stands rather at the beginning."""
        return frozenset(min(_parts(text), key=self.how_often) for text in texts)

    def _inside(self, node: Any) -> Strings:
        """What every match of a node holds that can match more than a few strings."""
        code, value = node
        if code is op.SUBPATTERN:
            return self.needed(value[3])
        if code is op.BRANCH:
            return frozenset[str]().union(*map(self.needed, value[1]))
        if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:
            return self.needed(value[2])
        return _NOTHING


def _parts(text: str) -> list[str]:
    size = LETTERS_AT_MOST if text.isascii() else HAN_AT_MOST
    return [text[at : at + size] for at in reversed(range(max(1, len(text) - size + 1)))]


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
