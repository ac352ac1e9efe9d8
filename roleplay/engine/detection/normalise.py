"""Typed text -> matching text, with the way back to every character.

Owns what is folded before matching: width and compatibility forms (NFKC by character), case, quotation marks, zero-width and control
characters, spaces between Han characters (those that part words become line ends), Traditional to Simplified (for matching only, one character for one). Refuses to know
what is matched.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_UNCHANGED = re.compile(r"[\n -@\[-_a-z{-~。、\u4e00-\u9fff]+")
"""Nearly everything that is typed: what is left as it is, but for the script."""
_BLANKS = re.compile(r"[^\S\n]+")
_MARKS_AT_MOST = 2
_BLANKS_FOR_A_MARK = 3
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "…": "…", "～": "~", "﹖": "?", "﹗": "!"}
)


@dataclass(frozen=True, slots=True)
class Normal:
    """`text`: what is matched. `origin[i]`: the index in the typed text that text[i] comes from, non-decreasing."""

    text: str
    origin: tuple[int, ...]
    typed: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The typed span of the matching span [start, end)."""
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else self.typed
            return at, at
        last = self.origin[end - 1]
        after = bisect_right(self.origin, last)
        return self.origin[start], self.origin[after] if after < len(self.origin) and end >= after else last + 1


def is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def normalise(text: str, fold: dict[int, str]) -> Normal:
    """Fold `text`. `fold`: Traditional to Simplified, as str.translate takes it."""
    characters: list[str] = []
    origin: list[int] = []
    marks = at = 0
    while at < len(text):
        plain = _UNCHANGED.match(text, at)
        if plain:
            characters += plain.group()
            origin += range(at, plain.end())
            marks, at = 0, plain.end()
            continue
        is_mark, folded = _folded(text[at])
        marks = marks + 1 if is_mark else 0 if folded else marks
        if marks <= _MARKS_AT_MOST:
            characters += folded
            origin += [at] * len(folded)
        at += 1
    if _BLANKS.search("".join(characters)):
        kept = _without_gaps(characters)
        characters, origin = [characters[i] for i in kept], [origin[i] for i in kept]
    return Normal("".join(characters).translate(fold), tuple(origin), len(text))


@functools.lru_cache(maxsize=4096)
def _folded(typed: str) -> tuple[bool, str]:
    """Whether a character is a combining mark, and what it is folded to, "" if it falls."""
    category = unicodedata.category(typed)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return False, ""
    return category.startswith("M"), unicodedata.normalize("NFKC", typed.translate(_SAME)).casefold()


def _without_gaps(characters: list[str]) -> list[int]:
    """Indices to keep: a run of blanks is one, and none stands at the ends. Between Han characters one is kept, as the end of a line, only where
    it parts words: those who type blanks for punctuation write more than one character between them, those who s p r e a d do not.
    Between other words three and more end a line: two are a slip of the thumb."""
    kept: list[int] = []
    text, done = "".join(characters), 0
    for run in _BLANKS.finditer(text):
        kept += range(done, run.start())
        before, after = run.start() - 1, run.end()
        done = after
        if before < 0 or after == len(text) or text[before] == "\n":
            continue
        if not (is_han(text[before]) and is_han(text[after])):
            if after - before > _BLANKS_FOR_A_MARK and text[before].isalnum() and text[after].isalnum():
                characters[after - 1] = "\n"
            kept.append(after - 1)
        elif _is_word(characters, after, 1) and _is_word(characters, before, -1):
            characters[after - 1] = "\n"
            kept.append(after - 1)
    return [*kept, *range(done, len(text))]


def _is_word(characters: list[str], at: int, step: int) -> bool:
    """Whether the character beside `at` is Han too."""
    return 0 <= at + step < len(characters) and is_han(characters[at + step])


def fold_pattern(text: str, fold: dict[int, str]) -> str:
    """A pattern or word folded as the text it is matched against."""
    return unicodedata.normalize("NFKC", text).casefold().translate(fold)
