"""Folded text -> the same with chat shorthand and common slips written out: u -> you, dont -> don't, ㄌ -> 了.

Owns the replacing and the way back to every character. Refuses to know which forms there are (lexicon/typed.yaml) and what is matched
afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from roleplay.engine.detection.normalise import Normal, fold_pattern


@dataclass(frozen=True)
class Spelling:
    """`full`: a form as typed, folded, and what it stands for."""

    full: Mapping[str, str]
    _form: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        latin = [re.escape(f) for f in self.full if f[0].isascii()]
        han = [re.escape(f) for f in self.full if not f[0].isascii()]
        words = (
            [rf"(?<![a-z0-9'’@./-])(?:{'|'.join(sorted(latin, key=len, reverse=True))})(?![a-z0-9'@/-]|\.[a-z])"]
            if latin
            else []
        )
        form = "|".join([*words, *sorted(han, key=len, reverse=True)])
        object.__setattr__(self, "_form", re.compile(form) if form else None)

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
