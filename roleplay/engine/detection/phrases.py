"""Phrases of a scenario in a text: one looked for, or thousands at once.

Owns what counts as standing there, boundaries of Latin words and slips of the keyboard, and the table that says at once which of many phrases
are worth looking for. rapidfuzz is used here for what it does best, slips inside longer words. Refuses to know what a phrase stands for.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from roleplay.engine.detection.normalise import is_han

_FUZZY_FROM = 7
"""Characters of a phrase in which a slip may be passed over: the likeness of a shorter one with a slip in it is always below the cutoff."""
_FUZZY_CUTOFF = 92
_NUMBER = re.compile(r"\d|[零〇一二两三四五六七八九].*[零〇一二两三四五六七八九]", re.DOTALL)
"""A number, spelled out too, has no slips; a single 一 is often none."""
_SLIP_FROM = 5
"""Letters of a Latin word in which a slip may be passed over: "your" for "our" and "the" for "she" are other words."""
_PLURAL_FROM = 4
_START = 4
"""Characters of a part of a phrase by which it is looked up."""


class Phrase(NamedTuple):
    """A phrase ready to be looked for. `slips`: letters too many or too few that the cutoff allows in it; 0 in short phrases and in numbers,
    where none is passed over. `fixed`: what must stand as it is whatever slips there are."""

    text: str
    latin: bool
    slips: int
    fixed: str


@functools.lru_cache(maxsize=16384)
def phrase(text: str) -> Phrase:
    """`text`, folded and not empty, as a phrase."""
    slips = 0
    if len(text) >= _FUZZY_FROM and not _NUMBER.search(text):
        slips = 2 * len(text) * (100 - _FUZZY_CUTOFF) // 100
    latin = text.isascii() or not any(is_han(c) for c in text)
    return Phrase(text, latin, slips, _fixed(text) if latin and slips else "")


def _fixed(text: str) -> str:
    """The longest run of words in a Latin phrase that are too short for a slip."""
    runs, run = [""], ""
    for word in text.split(" "):
        run = f"{run} {word}" if len(word) < _SLIP_FROM else ""
        runs.append(run)
    return max(runs, key=len).strip()


def find(text: str, word: str) -> tuple[int, int] | None:
    """Where `word` stands in `text`, both folded: exactly, at word boundaries if it is Latin, there in the plural too; longer ones with a
    slip or two."""
    return place(text, phrase(word)) if word else None


def place(text: str, wanted: Phrase) -> tuple[int, int] | None:
    """Where `wanted` stands in `text`, as `find` says."""
    found = _exactly(text, wanted) if wanted.text in text else None
    return _nearly(text, wanted) if found is None and wanted.slips else found


def _exactly(text: str, wanted: Phrase) -> tuple[int, int] | None:
    at = text.find(wanted.text)
    while at >= 0:
        end = at + len(wanted.text)
        if not wanted.latin or (edge(text, at) and edge(text, end)):
            return at, end
        if _plural(wanted.text, text, at, end):
            return at, end + 1
        at = text.find(wanted.text, at + 1)
    return None


def _nearly(text: str, wanted: Phrase) -> tuple[int, int] | None:
    if len(text) < len(wanted.text):
        return None
    # A text of the same length would be looked for in the phrase as well, and a piece of the phrase would do: one more character prevents that.
    searched = text if len(text) > len(wanted.text) else f"{text}\n"
    near = fuzz.partial_ratio_alignment(wanted.text, searched, score_cutoff=_FUZZY_CUTOFF)
    if near is None:
        return None
    start, end = near.dest_start, min(near.dest_end, len(text))
    return (start, end) if not wanted.latin or _slips_only(wanted.text, text, start, end) else None


def _slips_only(meant: str, text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is `meant` with slips inside its longer words and nothing else."""
    if not (edge(text, start) and edge(text, end)):
        return False
    words, typed = meant.split(), text[start:end].split()
    return len(words) == len(typed) and all(
        w == t or min(len(w), len(t)) >= _SLIP_FROM for w, t in zip(words, typed, strict=True)
    )


def _plural(word: str, text: str, at: int, end: int) -> bool:
    """Whether what stands there is the English plural of `word`."""
    longer = len(word) >= _PLURAL_FROM and word[-1].isalpha() and word[-1] != "s"
    return longer and text[end : end + 1] == "s" and edge(text, at) and edge(text, end + 1)


def edge(text: str, at: int) -> bool:
    """Whether a Latin word may begin or end at `at`."""
    return at in (0, len(text)) or not (
        text[at - 1].isascii() and text[at - 1].isalnum() and text[at].isascii() and text[at].isalnum()
    )


# ---------------------------------------------------------------- many at once


class Possible(NamedTuple):
    """A phrase that may stand in a text: the `column`th of the `row`th row of its table."""

    row: int
    column: int
    phrase: Phrase


class PhraseTable:
    """Rows of phrases looked up by what a text holds.

    A phrase with n slips in it holds at least one of n + 1 parts of itself as it is, for a slip falls into one part. Parts are looked up by
    their first characters; of a phrase without a part in the text, or without what must stand as it is, `place` would find nothing.
    """

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._by_start: dict[str, list[tuple[str, Possible]]] = {}
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                if text:
                    self._add(Possible(row, column, phrase(text)))
        self._sizes = sorted({len(start) for start in self._by_start})

    def _add(self, one: Possible) -> None:
        text, count = one.phrase.text, one.phrase.slips + 1
        cuts = [len(text) * n // count for n in range(count + 1)]
        for start, end in itertools.pairwise(cuts):
            part = text[start:end]
            self._by_start.setdefault(part[:_START], []).append((part, one))

    def possible(self, text: str) -> set[Possible]:
        """Every phrase that may stand in `text`."""
        found: set[Possible] = set()
        for size in self._sizes:
            for start in {text[at : at + size] for at in range(len(text) - size + 1)} & self._by_start.keys():
                found.update(one for part, one in self._by_start[start] if part in text and one.phrase.fixed in text)
        return found
