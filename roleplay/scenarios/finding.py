"""Something in a scenario that does not make sense, before its place is known.

Owns the form. Refuses to know files and lines: a path says where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`path`: where it is shown. `filled`: arguments of the message. `earlier`: the path whose line the message
    names. `needs`: paths beside `path` that must be sound for the finding to be right."""

    code: str
    path: str
    filled: tuple[tuple[str, object], ...] = ()
    earlier: str = ""
    needs: tuple[str, ...] = ()

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Every path that must be sound for the finding to be right."""
        return (self.path, *self.needs)

    def arguments(self, where: Mapping[str, tuple[int, int]]) -> Iterator[tuple[str, object]]:
        """The arguments of the message, once it is known where everything stands."""
        yield from self.filled
        if self.earlier:
            yield "line", where.get(self.earlier, (0, 0))[0]


Findings = Iterator[Finding]

COURSE = ("states", "anywhere", "unrecognised", "clock")
"""The parts that say where a talk can go."""
HAPPENINGS = (*COURSE, "parties")
"""The parts in which facts are revealed, cards granted and time passes."""
