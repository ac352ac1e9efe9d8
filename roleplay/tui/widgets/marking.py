"""A reply with the words that counted marked in it: line, colour and a sign after each, never colour alone.

Owns the look of a detection. Pure: text and analysis in, content out.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from textual.content import Content

from roleplay.engine.detection.candidates import UNSURE
from roleplay.engine.detection.model import Analysis, Detection
from roleplay.engine.events import RatingWord
from roleplay.standards.codebook import NEGATIVE
from roleplay.tui.widgets.prose import plain

Kind = Literal["credited", "partial", "rejected", "harm"]
SIGNS: Mapping[Kind, str] = MappingProxyType({"credited": "✓", "partial": "△", "rejected": "✗", "harm": "!"})
_STYLES: Mapping[Kind, str] = MappingProxyType(
    {
        "credited": "$text-success underline",
        "partial": "$text-warning underline",
        "rejected": "$quiet underline",
        "harm": "bold $text-error underline",
    }
)
_SIGN_STYLES: Mapping[Kind, str] = MappingProxyType(
    {
        "credited": "bold $text-success",
        "partial": "bold $text-warning",
        "rejected": "bold $text-error",
        "harm": "bold $text-error",
    }
)
_STRONGEST_FIRST: tuple[Kind, ...] = ("harm", "credited", "partial", "rejected")
RATING_STYLES: Mapping[RatingWord, str] = MappingProxyType(
    {"met": "$text-success", "partly": "$text-warning", "not_met": "$text-error", "not_observed": "$quiet"}
)


def kind_of(found: Detection) -> Kind:
    """How a detection is shown: a harmful technique that counts hurts."""
    if found.technique in NEGATIVE and found.outcome != "rejected":
        return "harm"
    return found.outcome


def sign(kind: Kind) -> Content:
    return Content.styled(SIGNS[kind], _SIGN_STYLES[kind])


def shown(analysis: Analysis) -> tuple[Detection, ...]:
    """The detections worth a mark: a harmful one that was rejected did not happen, one that is only likely accuses
    nobody, and what no rule saw and the weights think likely would only puzzle."""
    return tuple(d for d in analysis.detections if d.outcome == "credited" or not _puzzling(d))


def _puzzling(found: Detection) -> bool:
    return found.technique in NEGATIVE or (found.reason == UNSURE and found.rule.endswith(".weights"))


def marked(text: str, analysis: Analysis) -> Content:
    """`text` with its detections marked. Where they overlap the shorter one is shown; words of one kind that touch, or have only a mark of
    punctuation between them, are one piece with one sign, which ends with its clause where that ends soon."""
    return Content("").join(_drawn(text, shown(analysis)))


def _drawn(text: str, found: tuple[Detection, ...]) -> Iterator[Content]:
    for start, end, kind in _pieces(text, found):
        yield plain(text[start:end], _STYLES[kind] if kind else "")
        ended = {kind_of(d) for d in found if start < d.end <= end}
        going_on = {kind_of(d) for d in found if d.start < end < d.end}
        for one in _STRONGEST_FIRST:
            if one in ended - going_on:
                yield sign(one)


def _pieces(text: str, found: tuple[Detection, ...]) -> list[tuple[int, int, Kind | None]]:
    """`text` in pieces of one kind each."""
    cuts = sorted({0, len(text), *(d.start for d in found), *(d.end for d in found)})
    pieces: list[tuple[int, int, Kind | None]] = []
    for start, end in itertools.pairwise(cuts):
        kind = _kind_at(start, end, found)
        if kind is None and pieces and pieces[-1][2] is not None:
            rest = _rest_of_clause(text, start, end)
            if rest:
                pieces[-1] = (pieces[-1][0], start + rest, pieces[-1][2])
                start += rest
        if pieces and pieces[-1][2] == kind and start < end:
            pieces[-1] = (pieces[-1][0], end, kind)
        elif len(pieces) > 1 and kind and pieces[-2][2] == kind and not _says(text[pieces[-1][0] : pieces[-1][1]]):
            pieces[-2:] = [(pieces[-2][0], end, kind)]
        elif start < end:
            pieces.append((start, end, kind))
    return pieces


_SOON = 4
"""Characters to the end of a clause that are not worth a sign before them."""


def _rest_of_clause(text: str, start: int, end: int) -> int:
    """How many letters from `start` on finish the clause, 0 if there are more than a few or the piece ends first."""
    for count, letter in enumerate(text[start : min(end, start + _SOON + 1)]):
        if not letter.isalnum():
            return count
    return end - start if end == len(text) and end - start <= _SOON else 0


def _says(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _kind_at(start: int, end: int, found: tuple[Detection, ...]) -> Kind | None:
    over = [d for d in found if d.start <= start and end <= d.end]
    if not over:
        return None
    return kind_of(min(over, key=lambda d: (d.end - d.start, _STRONGEST_FIRST.index(kind_of(d)))))
