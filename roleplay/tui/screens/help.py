"""The keys, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from roleplay.tui.room import Room
from roleplay.tui.widgets.prose import Prose, block, plain


class HelpScreen(Room):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "back"),
        Binding("f1", "app.pop_screen", "help", show=False),
    ]

    def heading(self) -> str:
        return self.words.help.title

    def body(self) -> Iterable[Widget]:
        yield VerticalScroll(Prose(self._text()), id="page")

    def _text(self) -> Content:
        found = self.words.help
        parts = [plain(found.about, "$quiet")]
        for heading, keys in found.sections:
            rows = [
                Content.assemble((key + " " * max(2, 18 - cell_len(key)), "bold"), plain(what)) for key, what in keys
            ]
            parts.append(block(Content.styled(heading, "bold $primary"), *rows))
        return block(*parts, between="\n\n")
