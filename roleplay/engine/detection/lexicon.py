"""Classes of words: that 火大, 不爽 and 氣到發抖 are one kind of thing.

Owns the finding of their words in folded text. Refuses to know what a class is good for. The words stand in lexicon/<language>.yaml, for
people to read and extend; `*` at the end of an English entry stands for any ending.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roleplay.engine.detection.normalise import fold_pattern

_HAN_AT_MOST, _WORDS_AT_MOST, _PREFIX_AT_LEAST = 6, 4, 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number (`#`), a Han character or a mark, at [start, end) of the folded text."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A word of class `name` at tokens [first, last]."""

    name: str
    first: int
    last: int


class Lexicon:
    """The classes of one or both languages."""

    def __init__(self, classes: Mapping[str, Sequence[str]], fold: dict[int, str]) -> None:
        self._whole: dict[str, tuple[str, ...]] = {}
        self._prefix: dict[str, tuple[str, ...]] = {}
        for name in sorted(classes):
            for entry in classes[name]:
                word = fold_pattern(entry, fold)
                table, key = (self._prefix, word[:-1]) if word.endswith("*") else (self._whole, word)
                if name not in table.get(key, ()):
                    table[key] = (*table.get(key, ()), name)

    def find(self, tokens: Sequence[Token]) -> list[Found]:
        """Every word of every class, longest first at each place; a shorter word inside a longer one of the same class is left out."""
        found: list[Found] = []
        covered: dict[str, int] = {}
        for first in range(len(tokens)):
            for last, key in reversed(_runs(tokens, first)):
                for name in self._names(key, tokens[last].word):
                    if covered.get(name, -1) < last:
                        covered[name] = last
                        found.append(Found(name, first, last))
        return found

    def _names(self, key: str, last: str) -> tuple[str, ...]:
        names = self._whole.get(key, ())
        if not self._prefix or not last[0].isascii() or not last[0].isalpha():
            return names
        before = len(key) - len(last)
        for size in range(_PREFIX_AT_LEAST, len(last) + 1):
            names += self._prefix.get(key[: before + size], ())
        return names


def _runs(tokens: Sequence[Token], first: int) -> list[tuple[int, str]]:
    """The runs of tokens from `first` on that could be an entry: the last token and the text."""
    runs, text, words, han = [], "", 0, 0
    for last in range(first, min(len(tokens), first + _HAN_AT_MOST)):
        word = tokens[last].word
        latin = word[0].isascii() and word[0].isalpha()
        words, han = words + latin, han + (not latin)
        if words > _WORDS_AT_MOST or han > _HAN_AT_MOST:
            break
        text += (" " if latin and text and text[-1].isascii() else "") + word
        runs.append((last, text))
    return runs
