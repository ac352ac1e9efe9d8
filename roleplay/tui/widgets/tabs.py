"""A row of names, one of them chosen. One line; a click chooses."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


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

    def render(self) -> Content:
        styles = ("bold $primary underline" if n == self.chosen else "$quiet" for n in range(len(self._names)))
        return Content("   ").join(
            [Content.styled(name, style) for name, style in zip(self._names, styles, strict=True)]
        )

    def on_click(self, event: events.Click) -> None:
        at, place = 0, event.get_content_offset(self)
        for number, name in enumerate(self._names):
            end = at + Content(name).cell_length
            if place is not None and at <= place.x < end:
                self.post_message(self.Chosen(self, number))
            at = end + 3
