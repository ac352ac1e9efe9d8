"""Where the trainee types: several lines, safe for input methods, never more than can be sent.

Owns the keys of typing and the limit. Enter sends, Ctrl+J makes a new line. What is pasted is made visible first, so that what is
sent is what was seen.
"""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from roleplay.words.safe import visible

REPLY_LIMIT = 2000
_TYPED_AT_MOST = REPLY_LIMIT + 200
"""Typing may run over the limit, so that a sentence can be finished and then shortened; it cannot run away."""


class ReplyBox(TextArea):
    """The reply being written."""

    class Sent(Message):
        """Enter was pressed on `text`."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Cut(Message):
        """A paste was longer than what could be taken."""

    def __init__(
        self, placeholder: str, *, enter_sends: bool = True, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(
            id=id,
            classes=classes,
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            compact=True,
            placeholder=placeholder,
        )
        self.cursor_blink = False
        self._enter_sends = enter_sends

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and self._enter_sends:
            event.stop()
            event.prevent_default()
            self.post_message(self.Sent(self.text))
            return
        if event.key == "ctrl+j":
            event.stop()
            event.prevent_default()
            self.insert("\n")
            return
        if event.is_printable and len(self.text) >= _TYPED_AT_MOST and not self.selected_text:
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.take(event.text)

    def action_paste(self) -> None:
        self.take(self.app.clipboard)

    def take(self, text: str) -> None:
        """Insert `text` in place of what is selected, as much as there is room for; Cut is posted if some was left out."""
        safe = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
        room = max(0, REPLY_LIMIT - len(self.text) + len(self.selected_text))
        if safe[:room]:
            self.replace(safe[:room], *self.selection, maintain_selection_offset=False)
        if len(safe) > room:
            self.post_message(self.Cut())
