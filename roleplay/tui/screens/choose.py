"""A choice of one from a list, on a screen of its own.

A drop-down over other widgets would lose every wide character that an edge below it runs through; a modal screen is composed alone.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from roleplay.tui.widgets.prose import plain

Offer = tuple[str, str]
"""What is shown, and the value it stands for."""


class Choose(ModalScreen[str | None]):
    """Dismissed with the value; None if nothing was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back")]

    def __init__(self, title: str, offers: tuple[Offer, ...], value: str) -> None:
        super().__init__()
        self._heading = title
        self._offers = offers
        self._value = value

    def compose(self) -> ComposeResult:
        chosen = [value for _, value in self._offers]
        options = [Option(plain(f"{'●' if value == self._value else '○'} {words}")) for words, value in self._offers]
        listed = OptionList(*options, markup=False)
        listed.border_title = plain(self._heading)
        listed.highlighted = chosen.index(self._value) if self._value in chosen else 0
        yield Vertical(listed, id="choose")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._offers[event.option_index][1])
