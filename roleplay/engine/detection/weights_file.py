"""The weights of a language on disk: as people read them, and as the program does.

Owns both forms. Training writes JSON, a feature a line (weights.<language>.json), so that a change can be reviewed; from it comes the
compiled file (weights.<language>.bin), which says the same and is read twenty times as fast. Refuses to know what weights are good for.

Compiled: a line of JSON (everything but the two tables, and how many bytes each part has), the features' names a line each, then for each
table where the rows begin (32 bits), the techniques (8) and the weights (16, signed), all little-endian.
"""

from __future__ import annotations

import hashlib
import json
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from types import MappingProxyType
from typing import Any

from roleplay.engine.detection.linear import Band, Dependence, Table, Weights

_TABLES = ("rows", "whole")
_HEAD = ("techniques", "bias", "bands", "dependence")
_PLACE, _TECHNIQUE, _WEIGHT = "I", "B", "h"


def compiled(text: str) -> bytes:
    """The compiled form of a weights file. ValueError or KeyError if `text` is not one."""
    raw = json.loads(text)
    features = sorted({*raw["rows"], *raw["whole"]})
    parts = ["\n".join(features).encode(), *chain.from_iterable(_parts(raw[name], features) for name in _TABLES)]
    head = {**{name: raw[name] for name in _HEAD}, "bytes": [len(part) for part in parts]}
    return b"".join([json.dumps(head, sort_keys=True).encode(), b"\n", *parts])


def _parts(table: Mapping[str, Sequence[int]], features: Sequence[str]) -> Iterator[bytes]:
    rows = [table.get(feature, ()) for feature in features]
    yield _little(_PLACE, [0, *accumulate(len(row) // 2 for row in rows)])
    yield _little(_TECHNIQUE, [technique for row in rows for technique in row[::2]])
    yield _little(_WEIGHT, [weight for row in rows for weight in row[1::2]])


def read(data: bytes) -> Weights:
    """The weights of a compiled file. ValueError or KeyError if it is not one."""
    line, _, body = data.partition(b"\n")
    head: dict[str, Any] = json.loads(line)
    ends = list(accumulate(head["bytes"]))
    names, *parts = (body[end - size : end] for end, size in zip(ends, head["bytes"], strict=True))
    features = names.decode().split("\n") if names else []
    techniques = tuple(head["techniques"])
    return Weights(
        techniques,
        tuple(head["bias"]),
        tuple(Band(*band) for band in head["bands"]),
        dict(zip(features, range(1, len(features) + 1), strict=True)),
        _table(*parts[:3]),
        _table(*parts[3:]),
        Dependence.from_json(head["dependence"], techniques),
    )


def _table(starts: bytes, techniques: bytes, weights: bytes) -> Table:
    return Table(_array(_PLACE, starts), _array(_TECHNIQUE, techniques), _array(_WEIGHT, weights))


def _little(kind: str, numbers: Sequence[int]) -> bytes:
    return _turned(array(kind, numbers)).tobytes()


def _array(kind: str, data: bytes) -> array[int]:
    made: array[int] = array(kind)
    made.frombytes(data)
    return _turned(made)


def _turned(numbers: array[int]) -> array[int]:
    """Between this machine's order of bytes and the file's."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class WeightSet:
    """The weights of every language, each read when it is first asked for. `files`: as `weights_file.compiled` makes them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._read: dict[str, Weights] = {}

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the files, by language."""
        made = hashlib.sha256()
        for language in sorted(self._files):
            made.update(self._files[language])
        return made.hexdigest()

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    def get(self, language: str) -> Weights | None:
        """The weights of `language`, None if there are none."""
        if language not in self._read and language in self._files:
            self._read[language] = read(self._files[language])
        return self._read.get(language)


NO_WEIGHTS = WeightSet(MappingProxyType({}))
"""The rules alone."""
