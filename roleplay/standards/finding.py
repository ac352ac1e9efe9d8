"""All five standards and their vocabularies: finding a standard, an indicator, a vocabulary, and searching.

Owns lookup and search. Refuses to know files and screens. Names are found whatever their case or width.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from roleplay.standards.model import SHOWN, Entry, Indicator, Standard, Vocabulary

NAME_AT_MOST = 200
"""Characters of an asked-for name that are compared: nearest spelling is quadratic in length, names come from packs."""


class UnknownName(KeyError):
    """A code, reference or vocabulary that is not there; `near` is the most alike one, or ""."""

    def __init__(self, name: str, near: str) -> None:
        super().__init__(name)
        self.name = name
        self.near = near


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The standards in the order they are shown, and the vocabularies drawn from their notes."""

    standards: tuple[Standard, ...]
    vocabularies: tuple[Vocabulary, ...]
    _standards: Mapping[str, Standard] = field(init=False, repr=False, compare=False)
    _indicators: Mapping[str, Indicator] = field(init=False, repr=False, compare=False)
    _vocabularies: Mapping[str, Vocabulary] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        indexes: dict[str, Mapping[str, object]] = {
            "_standards": {folded(s.code): s for s in self.standards},
            "_indicators": {folded(i.ref): i for s in self.standards for i in s.indicators},
            "_vocabularies": {folded(v.prefix): v for v in self.vocabularies},
        }
        for name, index in indexes.items():
            object.__setattr__(self, name, MappingProxyType(index))

    def standard(self, code: str) -> Standard:
        """The standard of `code`. UnknownName if there is none."""
        found = self._standards.get(folded(code))
        if found is None:
            raise _unknown(code, (s.code for s in self.standards))
        return found

    def indicator(self, ref: str) -> Indicator:
        """The indicator of the full reference `ref` (`TRM3R0182v2:1.1`). UnknownName if there is none."""
        found = self._indicators.get(folded(ref))
        if found is None:
            raise _unknown(ref, (i.ref for i in self.indicators()))
        return found

    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, standard by standard."""
        return tuple(self._indicators.values())

    def vocabulary(self, prefix: str) -> tuple[Entry, ...]:
        """The names a pack may use under `prefix`, each id once. UnknownName if there is no such vocabulary."""
        return self.vocabulary_of(prefix).entries

    def vocabulary_of(self, prefix: str) -> Vocabulary:
        """The vocabulary under `prefix` with its sources. UnknownName if there is none."""
        found = self._vocabularies.get(folded(prefix))
        if found is None:
            raise _unknown(prefix, (v.prefix for v in self.vocabularies))
        return found

    def search(self, query: str, shown: str | None = None, standard: str | None = None) -> tuple[Indicator, ...]:
        """The indicators in whose Chinese, gloss or reference every word of `query` occurs, in any width and case.

        Words part at spaces; an empty query matches all. `shown` and `standard` narrow the search; UnknownName if
        there is no such way of showing or no such standard.
        """
        if shown is not None and shown not in SHOWN:
            raise _unknown(shown, SHOWN)
        words = folded(query).split()
        within = self.indicators() if standard is None else self.standard(standard).indicators
        return tuple(i for i in within if shown in (None, i.shown) and _has(i, words))


def _has(indicator: Indicator, words: list[str]) -> bool:
    text = folded(f"{indicator.ref}\n{indicator.ordinal}\n{indicator.text}\n{indicator.gloss}")
    return all(word in text for word in words)


def folded(text: str) -> str:
    """`text` without differences of width and case."""
    return unicodedata.normalize("NFKC", text).casefold()


def _unknown(name: str, have: Iterable[str]) -> UnknownName:
    spellings = {folded(h): h for h in have}
    near = get_close_matches(folded(name[:NAME_AT_MOST]), list(spellings), n=1, cutoff=0.5)
    return UnknownName(name, spellings[near[0]] if near else "")
