"""Matching text -> sentences and clauses.

Owns where one stops and the next begins. Refuses to know what they say.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。!?\n;]*(?:[。!?\n;]+|$)")
_ENGLISH_STOP = re.compile(r"(?<=[a-z0-9)\"'])\.(?=\s|$)|(?<=[\u3400-\u9fff])\.(?=\s|$)|\.{3,}(?=\s|$)|…+(?=\s|$)")
_CLAUSE = re.compile(
    r"(?<!\d),|,(?!\d)|[、—~]|\.{3,}|…+|(?<!\d):|:(?!\d)|\s-\s|(?=但是|但(?!愿)|不过|可是|然而|只是(?!想|要))|\s(?=but\b|though\b|however\b|although\b|yet\b)|(?<=\s)(?=because\b)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """[start, end) in the matching text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """`asks`: it ends in a question mark. `clauses`: in order, without gaps."""

    start: int
    end: int
    asks: bool
    clauses: tuple[Clause, ...]


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text`, blank ones left out."""
    found = []
    for rough in _SENTENCE.finditer(text):
        starts = [rough.start(), *(m.end() for m in _ENGLISH_STOP.finditer(text, rough.start(), rough.end()))]
        for start, end in zip(starts, [*starts[1:], rough.end()], strict=True):
            if text[start:end].strip(" .。!?;\n…"):
                tail = text[start:end].rstrip(" \n\"'」』)")
                found.append(Sentence(start, end, tail.endswith("?"), _clauses(text, start, end)))
    return tuple(found)


def _clauses(text: str, start: int, end: int) -> tuple[Clause, ...]:
    cuts = [start, *(m.end() for m in _CLAUSE.finditer(text, start, end) if start < m.end() < end), end]
    return tuple(Clause(a, b) for a, b in itertools.pairwise(cuts) if b > a)
