"""One line that shows what is chosen; Enter or a click asks for another choice."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from roleplay.tui.screens.choose import Choose, Offer
from roleplay.tui.widgets.prose import plain


class Picker(Widget, can_focus=True):
    """`label` alone stands where nothing (the value "") is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", show=False),
        Binding("down", "choose", show=False),
        Binding("space", "choose", show=False),
    ]

    class Picked(Message):
        """Another value than before was chosen."""

        def __init__(self, picker: Picker) -> None:
            super().__init__()
            self.picker = picker

        @property
        def control(self) -> Picker:
            return self.picker

    def __init__(self, label: str, offers: tuple[Offer, ...], value: str, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._label = label
        self._offers = offers
        self.value = value if value in [v for _, v in offers] else ""

    def render(self) -> Content:
        words = next((words for words, value in self._offers if value == self.value), "") if self.value else ""
        text = plain(words) if words else plain(self._label, "$quiet")
        room = max(0, self.content_size.width - 2)
        shown = text.truncate(room, ellipsis=True)
        return Content.assemble(shown, " " * max(0, room - shown.cell_length), (" ▾", "$quiet"))

    def on_click(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        self.app.push_screen(Choose(self._label, self._offers, self.value), self._chosen)

    def _chosen(self, value: str | None) -> None:
        if value is not None and value != self.value:
            self.value = value
            self.refresh()
            self.post_message(self.Picked(self))
