"""Matching text -> sentences and clauses.

Owns where one stops and the next begins. Refuses to know what they say.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。!?\n;]*(?:[。!?\n;]+|$)")
_ENGLISH_STOP = re.compile(r"[.…](?:(?<=[a-z0-9)\"'\u3400-\u9fff]\.)|(?<=\.)\.\.+|(?<=…)…*)(?=\s|$)")
_CLAUSE = re.compile(
    r"[,:](?:(?<!\d[,:])|(?!\d))|[、—~]|[.…](?:(?<=\.)\.\.+|(?<=…)…*)|\s(?:-\s|(?=(?:but|though|however|although|yet|because)\b))"
    r"|[但不可然只](?:(?<=但)(?!愿)|(?<=不)过|(?<=可)是|(?<=然)而|(?<=只)是(?!想|要))"
)
"""What parts clauses, by its first character: then the text is looked through for those alone. A word that turns the talk begins the next
clause, marks end the one before."""
_TURNING = "但不可然只"


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
    found = (m.start() if text[m.start()] in _TURNING else m.end() for m in _CLAUSE.finditer(text, start, end))
    cuts = [start, *(cut for cut in found if start < cut < end), end]
    return tuple(Clause(a, b) for a, b in itertools.pairwise(cuts) if b > a)
