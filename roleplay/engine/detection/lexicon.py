"""Classes of words: that 火大, 不爽 and 氣到發抖 are one kind of thing.

Owns the finding of their words in folded text. Refuses to know what a class is good for. The words stand in lexicon/<language>.yaml, for
people to read and extend; `*` at the end of an English entry stands for any ending.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from roleplay.engine.detection.normalise import fold_pattern

_PREFIX_AT_LEAST = 3
_BETWEEN = re.compile(r" |(?<=[\u3400-\u9fff])(?=.)|(?<=.)(?=[\u3400-\u9fff])")
"""Where an entry goes on with another token."""


class Token(NamedTuple):
    """A word, a number (`#`), a Han character or a mark, at [start, end) of the folded text."""

    word: str
    start: int
    end: int


class Found(NamedTuple):
    """A word of class `name` at tokens [first, last]."""

    name: str
    first: int
    last: int


class Lexicon:
    """The classes of one or both languages."""

    def __init__(self, classes: Mapping[str, Sequence[str]], fold: dict[int, str]) -> None:
        self._whole: dict[str, tuple[str, ...]] = {}
        self._prefix: dict[str, tuple[str, ...]] = {}
        self._longer: set[str] = set()
        for name in sorted(classes):
            for entry in classes[name]:
                word = fold_pattern(entry, fold)
                table, key = (self._prefix, word[:-1]) if word.endswith("*") else (self._whole, word)
                if name not in table.get(key, ()):
                    table[key] = (*table.get(key, ()), name)
                self._longer.update(key[: m.start()] for m in _BETWEEN.finditer(key))

    def find(self, tokens: Sequence[Token]) -> list[Found]:
        """Every word of every class, by place, longest first; a shorter word inside a longer one of the same class is left out."""
        found: list[Found] = []
        covered: dict[str, int] = {}
        whole, longer = self._whole, self._longer
        for first, token in enumerate(tokens):
            word = token.word
            if word not in longer:
                names = self._names(word, word) if word.isascii() else whole.get(word, ())
                for name in names:
                    if covered.get(name, -1) < first:
                        covered[name] = first
                        found.append(Found(name, first, first))
                continue
            for last, key in reversed(self._runs(tokens, first)):
                names = self._names(key, tokens[last].word) if key[-1].isascii() else whole.get(key, ())
                for name in names:
                    if covered.get(name, -1) < last:
                        covered[name] = last
                        found.append(Found(name, first, last))
        return found

    def _runs(self, tokens: Sequence[Token], first: int) -> list[tuple[int, str]]:
        """The runs of tokens from `first` on that could be an entry: the last token and the text."""
        text, longer = tokens[first].word, self._longer
        runs = [(first, text)]
        for last in range(first + 1, len(tokens)):
            word = tokens[last].word
            text = f"{text} {word}" if text[-1].isascii() and _latin(word) else text + word
            runs.append((last, text))
            if text not in longer:
                break
        return runs

    def _names(self, key: str, last: str) -> tuple[str, ...]:
        names = self._whole.get(key, ())
        if not _latin(last):
            return names
        before = len(key) - len(last)
        for size in range(_PREFIX_AT_LEAST, len(last) + 1):
            names += self._prefix.get(key[: before + size], ())
        return names


def _latin(word: str) -> bool:
    return word[0].isascii() and word[0].isalpha()
