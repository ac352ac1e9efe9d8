"""Classes of words: that 火大, 不爽 and 氣到發抖 are one kind of thing.

Owns what a word is and the finding of the classes' words in folded text. Refuses to know what a class is good for. The words stand in
lexicon/<language>.yaml, for people to read and extend; `*` at the end of an English entry stands for any ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from roleplay.engine.detection.normalise import fold_pattern

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|[0-9]+|[\u3400-\u9fff]|[^\s\w]")
_DIGITS = frozenset("0123456789")
_PREFIX_AT_LEAST = 3


class Tokens(NamedTuple):
    """Words, numbers (`#`), Han characters and marks in a row, and where each begins in the folded text. Lists side by side, for this is
    where the time of a long reply goes."""

    words: list[str]
    starts: list[int]


Found = tuple[str, int, int]
"""The name of a class, and the first and the last token of a word of it."""


def tokens(text: str, start: int, end: int) -> Tokens:
    """The words of folded text in [start, end)."""
    found = list(_TOKEN.finditer(text, start, end))
    words = ["#" if (word := m[0])[0] in _DIGITS else word for m in found]
    return Tokens(words, list(map(re.Match[str].start, found)))


def starts_of_words(text: str, start: int, end: int) -> Iterator[int]:
    """Where the words and numbers of folded text in [start, end) begin, one by one, for those who do not want them all."""
    return (m.start() for m in _TOKEN.finditer(text, start, end) if text[m.start()].isalnum())


@dataclass(slots=True)
class _Node:
    """What may follow the tokens that lead here. `names`: the classes of the entry that ends here; `endings`: of the entries that end with any
    word that begins so."""

    then: dict[str, _Node] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    endings: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Lexicon:
    """The classes of one or both languages, by name."""

    def __init__(self, classes: Mapping[str, Sequence[str]], fold: dict[int, str]) -> None:
        self._root = _Node()
        for name in sorted(classes):
            for entry in classes[name]:
                self._add(name, fold_pattern(entry, fold))

    def _add(self, name: str, entry: str) -> None:
        open_end = entry.endswith("*")
        words = tokens(entry.removesuffix("*"), 0, len(entry)).words
        node = self._root
        for word in words[:-1] if open_end else words:
            node = node.then.setdefault(word, _Node())
        names = node.endings.get(words[-1], ()) if open_end else node.names
        if name in names:
            return
        if open_end:
            node.endings[words[-1]] = (*names, name)
        else:
            node.names = (*names, name)

    def find(self, words: Sequence[str]) -> list[Found]:
        """Every word of every class, by place, longest first; a shorter word inside a longer one of the same class is left out."""
        found: list[Found] = []
        covered: dict[str, int] = {}
        roots, following = self._root.then, [*words[1:], ""]
        for first, word in enumerate(words):
            if len(word) < _PREFIX_AT_LEAST:  # most Han characters begin nothing: no need to ask `_from`
                node = roots.get(word)
                if node is None or not (node.names or node.endings or following[first] in node.then):
                    continue
            for last, names in self._from(words, first):
                for name in names:
                    if covered.get(name, -1) < last:
                        covered[name] = last
                        found.append((name, first, last))
        return found

    def _from(self, words: Sequence[str], first: int) -> Sequence[tuple[int, tuple[str, ...]]]:
        """The entries that begin at word `first`: their last word and their classes, the longest first."""
        runs: Sequence[tuple[int, tuple[str, ...]]] = ()
        node = self._root
        for last in range(first, len(words)):
            word = words[last]
            then = node.then.get(word)
            names = () if then is None else then.names
            if node.endings and len(word) >= _PREFIX_AT_LEAST:
                for size in range(_PREFIX_AT_LEAST, len(word) + 1):
                    names += node.endings.get(word[:size], ())
            if names:
                runs = ((last, names), *runs)
            if then is None:
                break
            node = then
        return runs
