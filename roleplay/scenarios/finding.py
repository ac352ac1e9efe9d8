"""Something in a scenario that does not make sense, before its place is known.

Owns the form. Refuses to know files and lines: a path says where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`path`: where it is shown. `filled`: arguments of the message. `earlier`: the path whose line the message
    names. `within`: the path that must be sound for the finding to be right, where that is more than `path`."""

    code: str
    path: str
    filled: tuple[tuple[str, object], ...] = ()
    earlier: str = ""
    within: str = ""

    @property
    def about(self) -> str:
        return self.within or self.path

    def arguments(self, where: Mapping[str, tuple[int, int]]) -> Iterator[tuple[str, object]]:
        """The arguments of the message, once it is known where everything stands."""
        yield from self.filled
        if self.earlier:
            yield "line", where.get(self.earlier, (0, 0))[0]


Findings = Iterator[Finding]
