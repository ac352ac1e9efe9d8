"""Facts <-> JSON, format version 1.

Owns the written form of every fact. Written out in full, defaults included: a stranger reads it in two years. Reading is strict: an
unknown kind, a missing or unknown key or a wrong type is BadRecord with the path to it. The same limits hold for writing, so that
nothing is kept that could not be read again. Personal text is kept apart from the rest (`split`), so that it can be erased and the
rest still be verified.
"""

from __future__ import annotations

import functools
import json
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin

from roleplay.engine import events
from roleplay.engine.events import Fact, FieldFilled, SessionStarted, TurnTaken

FORMAT = 1
KINDS: Mapping[str, type] = {
    "session_started": events.SessionStarted,
    "turn_taken": events.TurnTaken,
    "turn_retried": events.TurnRetried,
    "time_passed": events.TimePassed,
    "hint_shown": events.HintShown,
    "field_filled": events.FieldFilled,
    "session_ended": events.SessionEnded,
}
_KIND_OF = {made: kind for kind, made in KINDS.items()}
_PRIVATE: Mapping[type, str] = {SessionStarted: "trainee", TurnTaken: "text", FieldFilled: "text"}
"""The field of a fact that holds what a person typed."""
_TEXT_AT_MOST = 100_000
_ITEMS_AT_MOST = 10_000
_NUMBER_AT_MOST = (1 << 53) - 1
"""Beyond it other languages read a JSON number inexactly, and the hash would differ there."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Json = dict[str, Any]


class BadRecord(ValueError):
    """A record that is not what it should be. The message names the path and what was wanted."""


@dataclass(frozen=True, slots=True)
class Written:
    """A fact in two parts. `public`: everything but what a person typed. `field`, `text`: that, "" and "" if there is none."""

    public: Json
    field: str = ""
    text: str = ""


def canonical(value: Json) -> bytes:
    """The one way to write `value`: sorted keys, no spaces, UTF-8. No floats occur."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode(
        "utf-8", errors="surrogatepass"
    )


def split(fact: Fact) -> Written:
    """`fact` as its public part and what a person typed. BadRecord if it could not be read again, or if typed text would stand in the
    public part."""
    kind = _KIND_OF[type(fact)]
    whole = _encode(fact)
    _decoder(KINDS[kind])(whole, kind)
    if any(said.speaker == "trainee" for said in getattr(fact, "lines", ())):
        raise BadRecord(f"{kind}.lines: what the trainee typed stands in the text of a turn, never in its lines")
    private = _PRIVATE.get(type(fact), "")
    text = whole.pop(private) if private else ""
    return Written({"kind": kind, **whole}, private, text)


def join(public: Json, text: str | None) -> Fact:
    """The fact of `public` and the private text. None: it was erased, and stands as "" in the fact."""
    kind = public.get("kind")
    made = KINDS.get(kind) if isinstance(kind, str) else None
    if made is None or not isinstance(kind, str):
        shown = kind[:40] if isinstance(kind, str) else type(kind).__name__
        raise BadRecord(f"kind: {shown!r} is not known to format {FORMAT}")
    rest = {key: value for key, value in public.items() if key != "kind"}
    private = _PRIVATE.get(made)
    if private in rest:
        raise BadRecord(f"{kind}.{private}: what a person typed stands in the public part")
    if private:
        rest[private] = text if text is not None else ""
    return typing.cast(Fact, _decoder(made)(rest, kind))


def has_private(fact: Fact) -> bool:
    """Whether facts of this kind hold something a person typed."""
    return type(fact) in _PRIVATE


def _encode(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _encode(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    return value


Decode = Callable[[Any, str], Any]


@functools.cache
def _decoder(wanted: Any) -> Decode:
    if is_dataclass(wanted):
        return _record(typing.cast(type, wanted))
    origin = get_origin(wanted)
    if origin is Literal:
        return _choice(get_args(wanted))
    if origin in (Union, types.UnionType):
        return _optional(get_args(wanted))
    if origin is tuple:
        return _tuple(get_args(wanted))
    return _plain(wanted)


def _plain(wanted: type) -> Decode:
    check = _CHECKS[wanted]

    def decode(value: Any, path: str) -> Any:
        if type(value) is not wanted:
            raise BadRecord(f"{path}: {wanted.__name__} wanted, {type(value).__name__} found")
        wrong = check(value)
        if wrong:
            raise BadRecord(f"{path}: {wrong}")
        return value

    return decode


def _wrong_text(value: str) -> str:
    if len(value) > _TEXT_AT_MOST:
        return f"longer than {_TEXT_AT_MOST} characters"
    return "half of a surrogate pair is no character" if _LONE_SURROGATE.search(value) else ""


def _wrong_number(value: int) -> str:
    return "" if -_NUMBER_AT_MOST <= value <= _NUMBER_AT_MOST else f"a number beyond {_NUMBER_AT_MOST}"


_CHECKS: Mapping[type, Callable[[Any], str]] = {str: _wrong_text, int: _wrong_number, bool: lambda _: ""}
"""What is wrong with a plain value of the right type, "" if nothing."""


def _choice(allowed: tuple[Any, ...]) -> Decode:
    def decode(value: Any, path: str) -> Any:
        if not isinstance(value, str) or value not in allowed:
            found = value[:60] if isinstance(value, str) else type(value).__name__
            raise BadRecord(f"{path}: {found!r} is none of {allowed}")
        return value

    return decode


def _optional(members: tuple[Any, ...]) -> Decode:
    inner = _decoder(next(m for m in members if m is not type(None)))

    def decode(value: Any, path: str) -> Any:
        return None if value is None else inner(value, path)

    return decode


def _tuple(members: tuple[Any, ...]) -> Decode:
    many = len(members) == 2 and members[1] is Ellipsis
    inner = [_decoder(m) for m in members if m is not Ellipsis]

    def decode(value: Any, path: str) -> Any:
        if not isinstance(value, list):
            raise BadRecord(f"{path}: a list wanted, {type(value).__name__} found")
        if len(value) > _ITEMS_AT_MOST:
            raise BadRecord(f"{path}: more than {_ITEMS_AT_MOST} items")
        if many:
            return tuple(inner[0](item, f"{path}.{n}") for n, item in enumerate(value))
        if len(value) != len(inner):
            raise BadRecord(f"{path}: {len(inner)} items wanted, {len(value)} found")
        return tuple(decode(item, f"{path}.{n}") for n, (decode, item) in enumerate(zip(inner, value, strict=True)))

    return decode


def _record(made: type) -> Decode:
    hints = typing.get_type_hints(made)
    table = {f.name: _decoder(hints[f.name]) for f in fields(made)}

    def decode(value: Any, path: str) -> Any:
        if not isinstance(value, dict):
            raise BadRecord(f"{path}: a record wanted, {type(value).__name__} found")
        if value.keys() != table.keys():
            unknown = [str(key)[:40] for key in sorted(value.keys() - table.keys())[:4]]
            missing = sorted(table.keys() - value.keys())
            raise BadRecord(f"{path}: unknown keys {unknown}, missing keys {missing}")
        return made(**{name: table[name](item, f"{path}.{name}") for name, item in value.items()})

    return decode
