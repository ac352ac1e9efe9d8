"""The bubbles of a dialogue, the last fifty first and more on scroll.

Owns which rows are mounted. Updates rows that are there before it mounts any: an update shows in 3 ms, a mount takes two frames.
"""

from __future__ import annotations

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from roleplay.tui.widgets.prose import Prose
from roleplay.tui.widgets.script import Row

AT_ONCE = 50


class Bubble(Widget):
    """One row: a bubble at its speaker's side, or an aside in the middle."""

    def __init__(self, row: Row) -> None:
        super().__init__(classes=_classes(row))
        self.row = row
        self._prose = Prose(row.content)

    def compose(self) -> list[Widget]:
        return [self._prose]

    def show(self, row: Row) -> None:
        if not row.same(self.row):
            self.row = row
            self.set_classes(_classes(row))
            self._prose.update(row.content)


def _classes(row: Row) -> str:
    return f"-{row.side}" if row.standing else f"-{row.side} -fallen"


class Dialogue(VerticalScroll):
    """A scrolling dialogue. `show` it the rows; it finds out what changed."""

    can_focus = True

    def __init__(self, earlier: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._earlier_words = earlier
        self._rows: tuple[Row, ...] = ()
        self._first = 0
        self._earlier = Prose(classes="earlier")

    def compose(self) -> list[Widget]:
        self._earlier.display = False
        return [self._earlier]

    @property
    def bubbles(self) -> list[Bubble]:
        return [child for child in self.children if isinstance(child, Bubble)]

    async def show(self, rows: tuple[Row, ...]) -> None:
        """Draw `rows` and go to the end."""
        if self._first >= len(rows):
            self._first = max(0, len(rows) - AT_ONCE)
            await self.remove_children(Bubble)
        elif not self._rows:
            self._first = max(0, len(rows) - AT_ONCE)
        self._rows = rows
        there = self.bubbles
        wanted = rows[self._first :]
        for bubble, row in zip(there, wanted, strict=False):
            bubble.show(row)
        for bubble in there[len(wanted) :]:
            await bubble.remove()
        new = [Bubble(row) for row in wanted[len(there) :]]
        if new:
            await self.mount_all(new)
        self._say_earlier()
        self.scroll_end(animate=False)

    async def show_earlier(self) -> None:
        """Mount up to fifty rows before the first one that is there."""
        if not self._first:
            return
        start = max(0, self._first - AT_ONCE)
        new = [Bubble(row) for row in self._rows[start : self._first]]
        self._first = start
        anchor = self.bubbles[0]
        await self.mount_all(new, before=anchor)
        self._say_earlier()
        self.call_after_refresh(anchor.scroll_visible, animate=False, top=True)

    def _say_earlier(self) -> None:
        self._earlier.display = self._first > 0
        self._earlier.update(Content(self._earlier_words.format(self._first)))

    async def on_click(self, event: events.Click) -> None:
        if event.widget is self._earlier:
            await self.show_earlier()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if new_value <= 0 < old_value and self._first:
            self.run_worker(self.show_earlier(), exclusive=True)
