"""What all screens share: the words in the language of the moment, the bar above, the keys below, the size classes.

Owns the frame. Refuses to know what any one screen is for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from roleplay.scenarios.model import Language
from roleplay.tui.widgets.bars import KeyBar, Remark, TopBar
from roleplay.words.interface import Words

if TYPE_CHECKING:
    from roleplay.tui.app import RoleplayApp


class Room(Screen[None]):
    """A screen with a top bar, a body and a key bar. Bindings' descriptions are names of `Keys`, never shown as they are."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn_in: Language | None = None
        self._settled = False
        self._remark: tuple[str, bool] | None = None

    @property
    def house(self) -> RoleplayApp:
        return cast("RoleplayApp", self.app)

    @property
    def words(self) -> Words:
        return self.house.words

    @property
    def language(self) -> Language:
        """The language of the interface, not of the talk."""
        return self.house.language

    def compose(self) -> ComposeResult:
        self._drawn_in = self.language
        yield TopBar(self.words.common.app, self.heading(), self.corner())
        yield from self.body()
        yield Remark()
        yield KeyBar()

    def heading(self) -> str:
        """What the top bar says this screen is."""
        return ""

    def corner(self) -> str:
        """What the top bar says at its right end."""
        return self.words.common.language

    def body(self) -> Iterable[Widget]:
        """The widgets between the bars."""
        return ()

    def say(self, text: str, *, warning: bool) -> None:
        """A short remark above the keys; as soon as there are keys, if there are none yet."""
        self._remark = (text, warning)
        if self._settled:
            self.query_one(Remark).say(text, warning=warning)

    def on_remark_gone(self) -> None:
        self._remark = None

    def fill(self) -> None:
        """Put the values into the widgets; called after they are there, and again after the language changed."""

    def on_mount(self) -> None:
        self._settle()

    def _settle(self) -> None:
        if self.app.return_code is not None:  # the app is closing: the widgets may be gone already
            return
        self._settled = True
        self.fill()
        if self._remark is not None:
            text, warning = self._remark
            self.query_one(Remark).say(text, warning=warning)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No action while the widgets are being put in place: keys are handled beside this screen's own loop."""
        return self._settled

    def on_screen_resume(self) -> None:
        self.speak()

    def speak(self) -> None:
        """Draw again if the language is no longer the one this screen was drawn in."""
        if self._drawn_in not in (None, self.language):
            self.call_later(self.redraw)

    async def redraw(self) -> None:
        """Put every widget in place anew. To be awaited in this screen's own loop only: `call_later` it from elsewhere."""
        self._settled = False
        await self.recompose()
        self._settle()
