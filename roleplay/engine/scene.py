"""The values that move while one turn is worked out.

Owns what an effect does to mood, trust, clock and what is known. Refuses to know what causes an effect and what is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from roleplay.engine.events import Said
from roleplay.engine.figures import minutes_to_a_time_named, minutes_until
from roleplay.scenarios.model import Effect

_NEAR = 180
"""Minutes that a promised time may lie from the one that the scenario has."""


@dataclass(slots=True)
class Scene:
    """Made from a state, closed into a move. `start`: the time of day at which the talk began; `reply`: what was typed."""

    start: str
    reply: str
    state: str
    mood: int
    trust: int
    clock: int = 0
    known: list[str] = field(default_factory=list)
    granted: list[str] = field(default_factory=list)
    happened: list[str] = field(default_factory=list)
    uses: dict[str, int] = field(default_factory=dict)
    revealed: list[str] = field(default_factory=list)
    newly_granted: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    lines: list[Said] = field(default_factory=list)

    def apply(self, effect: Effect) -> None:
        self.mood = min(100, max(0, self.mood + effect.mood))
        self.trust = min(100, max(0, self.trust + effect.trust))
        self.clock += effect.minutes
        if effect.until:
            self.clock += self._minutes_until(effect.until)
        self.reveal(effect.reveals)
        for card in effect.grants:
            if card not in self.granted:
                self.granted.append(card)
                self.newly_granted.append(card)

    def _minutes_until(self, time: str) -> int:
        """Minutes to the time of day `time`, or to one near it that the reply names: who is promised a call at four is called at four."""
        planned = minutes_until(self.start, self.clock, time)
        named = minutes_to_a_time_named(self.reply, self.start, self.clock)
        near = [minutes for minutes in named if abs(minutes - planned) <= _NEAR]
        return near[-1] if near else planned

    def reveal(self, facts: Iterable[str]) -> None:
        for fact in facts:
            if fact not in self.known:
                self.known.append(fact)
                self.revealed.append(fact)
