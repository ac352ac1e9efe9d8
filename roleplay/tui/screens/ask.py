"""A question with a few answers. Escape gives the first, which is always the harmless one."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button

from roleplay.tui.widgets.prose import Prose, plain

Answer = tuple[str, str]
"""Id and words."""


class Ask(ModalScreen[str]):
    """Dismissed with the id of the answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "harmless", "back"),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, body: str, answers: tuple[Answer, ...]) -> None:
        super().__init__()
        self._title = title
        self._body = body
        self._answers = answers

    def compose(self) -> ComposeResult:
        with Vertical(id="ask"):
            yield Prose(plain(self._title, "bold"), classes="title")
            yield Prose(plain(self._body))
            for number, (id, words) in enumerate(self._answers):
                yield Button(
                    Content(words), id=f"answer-{id}", variant="primary" if not number else "default", compact=True
                )

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss((event.button.id or "").removeprefix("answer-"))

    def action_harmless(self) -> None:
        self.dismiss(self._answers[0][0])
