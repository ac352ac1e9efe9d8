"""The bar above (where one is) and the bar below (what the keys do). Each is one widget of one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from roleplay.tui.widgets.prose import Prose, line, plain
from roleplay.words.interface import Keys

if TYPE_CHECKING:
    from textual.screen import Screen

    from roleplay.tui.app import RoleplayApp

KEY_NAMES = {"escape": "Esc", "enter": "Enter", "left": "←", "right": "→", "home": "Home", "end": "End"}
_SAID_FOR = 6.0
"""Seconds."""
_FIRST = ("enter", "left", "right", "home", "end")
_DISPENSABLE = ("theme", "quit", "first", "last", "newline", "language", "commands", "clear")
"""What goes first where the line is too short for all keys; help and the palette still have it."""


class TopBar(Widget):
    """Program, screen, and one remark at the right end."""

    def __init__(self, app_name: str, heading: str, corner: str) -> None:
        super().__init__(markup=False)
        self._parts = (app_name, heading, corner)

    def show(self, heading: str, corner: str) -> None:
        self._parts = (self._parts[0], heading, corner)
        self.refresh()

    def render(self) -> Content:
        name, heading, corner = (line(part) for part in self._parts)
        left = Content.assemble(("▍", "$primary"), name.stylize("bold"))
        if heading.plain:
            left = Content.assemble(left, ("  ›  ", "$quiet"), heading)
        room = self.content_size.width - corner.cell_length - 1
        left = left.truncate(max(0, room), ellipsis=True)
        gap = self.content_size.width - left.cell_length - corner.cell_length
        return Content.assemble(left, " " * max(0, gap), corner.stylize("$quiet"))


class Remark(Prose):
    """What the app has to say just now, above the keys; gone after a while. Part of the layout: a toast over other widgets would lose
    every wide character that an edge below it runs through."""

    class Gone(Message):
        """It has been there long enough."""

    _fading: Timer | None = None

    def say(self, text: str, *, warning: bool) -> None:
        self.update(plain(f"{'!' if warning else '·'} {text}"))
        self.set_class(warning, "-warning")
        self.add_class("-said")
        if self._fading is not None:
            self._fading.stop()
        self._fading = self.set_timer(_SAID_FOR, self._fade)

    def _fade(self) -> None:
        self.remove_class("-said")
        self.post_message(self.Gone())


class KeyBar(Widget):
    """The keys that do something here, most needed first. A click on one presses it."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._places: tuple[tuple[int, int, str], ...] = ()

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        keys = cast("RoleplayApp", self.app).words.keys
        chips = list(shown_keys(self.screen, keys))
        for name in _DISPENSABLE:
            if sum(cell_len(key) + cell_len(label) + 3 for key, label, _ in chips) <= self.content_size.width:
                break
            chips = [chip for chip in chips if chip[2].description != name]
        parts: list[Content | str | tuple[str, str]] = []
        places, at = [], 0
        for key, label, binding in chips:
            width = cell_len(key) + cell_len(label) + 3
            places.append((at, at + width, binding.key))
            parts += [(key, "bold $primary"), (f" {label}  ", "$quiet")]
            at += width
        self._places = tuple(places)
        return Content.assemble(*parts)

    async def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        for start, end, key in self._places:
            if place is not None and start <= place.x < end:
                self.app.simulate_key(key)


def shown_keys(screen: Screen[object], keys: Keys) -> Iterator[tuple[str, str, Binding]]:
    """(key as written, what it does, binding) of every binding that is ours and works now."""
    ours = [b.binding for b in screen.active_bindings.values() if b.enabled and hasattr(keys, b.binding.description)]
    for binding in sorted((b for b in ours if b.show), key=_order):
        yield key_name(binding.key), getattr(keys, binding.description), binding


def key_name(key: str) -> str:
    """A key as it is written on the keyboard."""
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return KEY_NAMES.get(key, key.upper())


def _order(binding: Binding) -> tuple[int, int]:
    """What this screen is for first, then the function keys, then the ways out."""
    key = binding.key
    if key.startswith("f") and key[1:].isdigit():
        return 1, int(key[1:])
    return (0, _FIRST.index(key)) if key in _FIRST else (2 if key == "escape" else 3, 0)
