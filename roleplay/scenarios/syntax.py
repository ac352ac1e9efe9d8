"""What the YAML parser complains about -> which numbered problem a trainer has, and where.

Owns the reading of the parser's messages. Refuses to import it: messages and marks come in as values, and a message
it does not know becomes the general problem, so a change of wording in the library costs a remedy, never a crash."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Mark = tuple[int, int]
"""Line and column, 0-based, as the parser gives them."""

_WIDE_COLON = re.compile("[A-Za-z_0-9]+ *(：)")
_WIDE_COMMA = re.compile("[，、][ ]*(?:zh|en|[a-z_]+): ")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Known:
    """`at`: which of the two marks is where the trainer must look."""

    says: str
    code: str
    at: Literal["problem", "context"] = "problem"


_KNOWN: tuple[_Known, ...] = (
    _Known("mapping values are not allowed", "RP113"),
    _Known("cannot start any token", "RP114"),
    _Known("while scanning a quoted scalar", "RP115", "context"),
    _Known("unknown escape character", "RP119"),
    _Known("escape sequence of", "RP119"),
    _Known("while parsing a flow", "RP116", "context"),
    _Known("could not find expected ':'", "RP118", "context"),
    _Known("while scanning a block scalar", "RP117"),
    _Known("while parsing a block", "RP117"),
    _Known("expected <block end>", "RP117"),
    _Known("expected the node content", "RP117"),
    _Known("sequence entries are not allowed", "RP117"),
    _Known("mapping keys are not allowed", "RP117"),
    _Known("expected '<document start>'", "RP117"),
    _Known("while scanning an anchor", "RP108"),
    _Known("while scanning an alias", "RP108"),
    _Known("duplicate anchor", "RP108"),
    _Known("while scanning a directive", "RP114", "context"),
    _Known("tag", "RP109"),
)


def explained(
    says: str, context: str, problem: Mark | None, around: Mark | None, lines: list[str]
) -> tuple[int, int, str, Mapping[str, str]]:
    """(line, column, code, arguments) of the numbered problem behind the parser's message `says` in `context`.
    `problem`, `around`: the places it names. Line and column are 1-based and lie within `lines`."""
    whole = f"{context} {says}"
    known = next((known for known in _KNOWN if known.says in whole), None)
    if known is not None and known.says == "while scanning a quoted scalar" and "escape" in says:
        known = next(k for k in _KNOWN if k.code == "RP119")
    first, second = (around, problem) if known is not None and known.at == "context" else (problem, around)
    line, column = first or second or (0, 0)
    for mark in (problem, around):
        wide = _full_width(mark, lines)
        if wide is not None:
            return (*wide[:2], "RP120", MappingProxyType({"character": wide[2]}))
    line = min(line, len(lines) - 1)
    shown = lines[line].strip()[:_SHOWN]
    if known is None:
        return line + 1, column + 1, "RP121", MappingProxyType({"why": says[:120] or "?"})
    character = lines[line][column : column + 1] or "?"
    return line + 1, column + 1, known.code, MappingProxyType({"line": shown, "character": character})


def _full_width(mark: Mark | None, lines: list[str]) -> tuple[int, int, str] | None:
    """Where, on the line of `mark` or the one before, a full-width character stands for the half-width one YAML
    reads."""
    if mark is None:
        return None
    for number in (mark[0], mark[0] - 1):
        if not 0 <= number < len(lines):
            continue
        text = lines[number][:400]
        colon = _WIDE_COLON.search(text)
        if colon is not None and ": " not in text[: colon.start(1)]:
            return number + 1, colon.start(1) + 1, "："
        comma = _WIDE_COMMA.search(text)
        if comma is not None:
            return number + 1, comma.start() + 1, text[comma.start()]
    return None
