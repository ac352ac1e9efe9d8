"""Folded text -> the same with chat shorthand and common slips written out: u -> you, dont -> don't, ㄌ -> 了.

Owns the replacing and the way back to every character. Refuses to know which forms there are (lexicon/typed.yaml) and what is matched
afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from roleplay.engine.detection.normalise import Normal, fold_pattern


@dataclass(frozen=True)
class Spelling:
    """`full`: a form as typed, folded, and what it stands for."""

    full: Mapping[str, str]
    _form: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        forms: dict[str, list[str]] = {}
        for form in sorted(self.full, key=len, reverse=True):
            forms.setdefault(form[0], []).append(form[1:])
        object.__setattr__(self, "_form", re.compile(_any_of(forms)) if forms else None)

    def written_out(self, normal: Normal) -> Normal:
        """`normal` with every known form replaced. A character put in comes from the form it stands in."""
        if self._form is None or (first := self._form.search(normal.text)) is None:
            return normal
        text, origin, at = [], list[int](), 0
        for form in self._form.finditer(normal.text, first.start()):
            full = self.full[form.group()]
            text += [normal.text[at : form.start()], full]
            origin += normal.origin[at : form.start()]
            typed = normal.origin[form.start() : form.end()]
            origin += [typed[min(k, len(typed) - 1)] for k in range(len(full) - 1)] + [typed[-1]]
            at = form.end()
        text.append(normal.text[at:])
        origin += normal.origin[at:]
        return Normal("".join(text), tuple(origin), normal.typed)


def spelling(forms: Mapping[str, Mapping[str, str]], fold: dict[int, str]) -> Spelling:
    """The forms of all languages together, folded: a reply may mix them."""
    return Spelling({fold_pattern(f, fold): fold_pattern(w, fold) for of in forms.values() for f, w in of.items()})


def _any_of(forms: Mapping[str, list[str]]) -> str:
    """A pattern for the forms, given by what they begin with, which is looked for first: few characters of a reply begin any. Latin forms are
    whole words."""
    latin = {first: ends for first, ends in forms.items() if first.isascii()}
    others = {first: ends for first, ends in forms.items() if not first.isascii()}
    words = rf"{_after(latin)}(?<![a-z0-9'’@./-].){_ends(latin)}(?![a-z0-9'@/-]|\.[a-z])" if latin else ""
    rest = [words, _after(others) + _ends(others) if others else ""]
    return f"[{_escaped(forms, '')}](?:{'|'.join(filter(None, rest))})"


def _after(forms: Mapping[str, list[str]]) -> str:
    return f"(?<=[{_escaped(forms, '')}])"


def _ends(forms: Mapping[str, list[str]]) -> str:
    """What may follow the character just read."""
    return "(?:" + "|".join(f"(?<={re.escape(c)})(?:{_escaped(ends, '|')})" for c, ends in forms.items()) + ")"


def _escaped(texts: Iterable[str], between: str) -> str:
    return between.join(map(re.escape, texts))
