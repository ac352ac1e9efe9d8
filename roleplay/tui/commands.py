"""The command palette: what can be done here, findable in both languages whatever the interface speaks.

Owns entries. No screenshot is among them: it would carry a session out of its record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from roleplay.tui.widgets.bars import key_name
from roleplay.words.interface import words


@dataclass(frozen=True, slots=True)
class _Entry:
    here: str
    other: str
    key: str
    act: Any


class Commands(Provider):
    """Every key that works on the screen below, and the themes."""

    async def discover(self) -> Hits:
        for entry in self._entries():
            yield DiscoveryHit(Content(entry.here), entry.act, text=entry.here, help=self._help(entry))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for entry in self._entries():
            score = max(matcher.match(entry.here), matcher.match(entry.other))
            if query.strip().casefold() in f"{entry.here} {entry.other}".casefold():
                score = max(score, 1.0)
            if score > 0:
                yield Hit(score, Content(entry.here), entry.act, text=entry.here, help=self._help(entry))

    def _help(self, entry: _Entry) -> str:
        return "  ".join(part for part in (entry.other, entry.key) if part)

    def _entries(self) -> Iterator[_Entry]:
        app = cast(Any, self.app)
        zh, en = words("zh"), words("en")
        here, other = (zh, en) if app.language == "zh" else (en, zh)
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            name = active.binding.description
            if active.enabled and hasattr(here.keys, name) and name not in (*seen, "commands"):
                seen.add(name)
                key = active.binding.key
                yield _Entry(
                    getattr(here.keys, name), getattr(other.keys, name), key_name(key), partial(app.simulate_key, key)
                )
        for name in sorted(app.available_themes):
            yield _Entry(
                f"{here.common.theme}: {name}",
                f"{other.common.theme}: {name}",
                "",
                partial(setattr, app, "theme", name),
            )
