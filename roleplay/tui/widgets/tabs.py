"""A row of names, one of them chosen. One line; a click chooses."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

_BETWEEN = "   "
_NAME_AT_LEAST = 5
"""Cells of a cut name."""


class Tabs(Widget):
    """Names in a row. It says what was clicked; its owner chooses."""

    class Chosen(Message):
        def __init__(self, tabs: Tabs, number: int) -> None:
            super().__init__()
            self.tabs = tabs
            self.number = number

        @property
        def control(self) -> Tabs:
            return self.tabs

    def __init__(self, names: tuple[str, ...], *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._names = names
        self.chosen = 0

    def rename(self, names: tuple[str, ...]) -> None:
        self._names = names
        self.refresh()

    def choose(self, number: int) -> None:
        self.chosen = number
        self.refresh()

    def _shown(self) -> list[Content]:
        """The names as there is room for: the chosen one whole, the others cut alike where they would not fit."""
        names = [Content(name) for name in self._names]
        rest = [n for n in range(len(names)) if n != self.chosen]
        room = self.size.width - len(_BETWEEN) * len(rest) - names[self.chosen].cell_length
        if rest and sum(names[n].cell_length for n in rest) > room:
            for n in rest:
                names[n] = names[n].truncate(max(_NAME_AT_LEAST, room // len(rest)), ellipsis=True)
        return names

    def render(self) -> Content:
        styles = ("bold $primary underline" if n == self.chosen else "$quiet" for n in range(len(self._names)))
        return Content(_BETWEEN).join([name.stylize(style) for name, style in zip(self._shown(), styles, strict=True)])

    def on_click(self, event: events.Click) -> None:
        at, place = 0, event.get_content_offset(self)
        for number, name in enumerate(self._shown()):
            end = at + name.cell_length
            if place is not None and at <= place.x < end:
                self.post_message(self.Chosen(self, number))
            at = end + len(_BETWEEN)
