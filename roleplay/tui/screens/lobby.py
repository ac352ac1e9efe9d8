"""The lobby: every scenario, what was done of it, and how to play it.

Owns choosing. Packs are read in a thread after the first paint, so that the first paint waits for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from roleplay.engine.events import Hints, Mode
from roleplay.library import LibraryProblem
from roleplay.practice import Listing
from roleplay.scenarios.model import Language
from roleplay.tui.problems import EXPECTED
from roleplay.tui.room import Room
from roleplay.tui.widgets.listing import Wanted, choices, details, matches, row
from roleplay.tui.widgets.picker import Picker
from roleplay.tui.widgets.prose import Prose, block, plain

_FILTERS = ("role", "complaint", "need", "standard", "level")


class Lobby(Room):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "search", "search"),
        Binding("f4", "resume", "resume"),
        Binding("f5", "open", "open"),
        Binding("f7", "records", "records"),
        Binding("f8", "clear", "clear"),
        Binding("escape", "list", show=False),
    ]
    AUTO_FOCUS = "#scenarios"

    def __init__(self, first: str | None = None) -> None:
        super().__init__()
        self._first = first
        self._listings: tuple[Listing, ...] | None = None
        self._shown: tuple[Listing, ...] = ()
        self._wanted = Wanted()
        self._problem = ""

    # ------------------------------------------------------------ drawing

    def heading(self) -> str:
        return self.words.lobby.title

    def body(self) -> Iterable[Widget]:
        b = self.words.lobby
        offered = choices(self._listings or (), self.language, self.words)
        wanted = self._wanted
        yield Horizontal(
            Input(wanted.words, placeholder=b.search, id="search", compact=True),
            *(
                Picker(getattr(b, name), ((self.words.common.all, ""), *offered[name]), getattr(wanted, name), id=name)
                for name in _FILTERS
            ),
            id="filters",
        )
        listed = OptionList(id="scenarios", markup=False)
        listed.border_title = Content(b.title)
        yield Horizontal(
            listed,
            Vertical(
                VerticalScroll(Prose(id="details"), id="detail-scroll"),
                Container(
                    Horizontal(*self._how_to_play(), id="how"),
                    Horizontal(
                        Button(Content(b.resume), id="resume", compact=True),
                        Button(Content(b.brief), id="open", variant="primary", compact=True),
                        id="go",
                    ),
                    id="start",
                ),
                id="detail",
            ),
            id="shelf",
        )

    def _how_to_play(self) -> Iterable[Widget]:
        t, b, house = self.words.terms, self.words.lobby, self.house
        yield Picker(b.talk_in, (("中文", "zh"), ("English", "en")), house.talk or self.language, id="talk")
        modes = tuple((f"{b.mode}: {t.modes[m]}", str(m)) for m in t.modes)
        yield Picker(b.mode, modes, house.mode, id="mode")
        hints = tuple((f"{b.hints}: {t.hints[h]}", str(h)) for h in t.hints)
        yield Picker(b.hints, hints, house.hints, id="hints")

    def fill(self) -> None:
        self._list()

    def on_mount(self) -> None:
        self.load()

    def on_screen_resume(self) -> None:
        if self._listings is not None:
            self.load()

    # ------------------------------------------------------------ reading the packs

    def load(self) -> None:
        """Read packs and records anew, beside the app's own thread."""
        self.run_worker(self._read, thread=True, exclusive=True, group="packs")

    def _read(self) -> None:
        worker = get_current_worker()
        try:
            listings = self.house.desk.scenarios(self._progress)
            broken = len({folder for folder, p in self.house.desk.library.problems if p.severity == "error"})
            problem = None
        except EXPECTED as found:
            listings, broken, problem = (), 0, found
        if not worker.is_cancelled:
            self.app.call_from_thread(self.call_later, self._loaded, listings, broken, problem)

    def _progress(self, done: int, of: int) -> None:
        """Called in the reading thread."""
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._reading, done, of)

    def _reading(self, done: int, of: int) -> None:
        if self._listings is None:
            self.query_one("#details", Prose).update(plain(self.words.lobby.reading.format(done, of), "$quiet"))

    async def _loaded(self, listings: tuple[Listing, ...], broken: int, problem: Exception | None) -> None:
        first_time = self._listings is None
        changed = listings != self._listings
        self._listings = listings
        if first_time:
            await self.redraw()
            self.action_list()
        elif changed:
            self._list()
        if problem is not None:
            self.house.tell(problem)
        elif first_time and broken:
            self.house.say(self.words.lobby.problems.format(broken), warning=True)
        if first_time:
            self._open_first()

    def _open_first(self) -> None:
        if self._first is None:
            return
        ref, self._first = self._first, None
        try:
            _, scenario = self.house.desk.library.find(ref)
        except LibraryProblem as problem:
            self.house.tell(problem)
            return
        self.query_one("#scenarios", OptionList).highlighted = [item.scenario for item in self._shown].index(scenario)
        self.house.brief(scenario)

    # ------------------------------------------------------------ the list

    def _list(self) -> None:
        listed = self.query_one("#scenarios", OptionList)
        kept = self._chosen()
        self._shown = tuple(item for item in self._listings or () if matches(item, self._wanted))
        listed.clear_options()
        listed.add_options([Option(row(item, self.language, self.words)) for item in self._shown])
        listed.border_subtitle = Content(self.words.lobby.count.format(len(self._shown)))
        if self._shown:
            ids = [item.scenario.id for item in self._shown]
            listed.highlighted = ids.index(kept.scenario.id) if kept and kept.scenario.id in ids else 0
        self._detail()

    def _chosen(self) -> Listing | None:
        at = self.query_one("#scenarios", OptionList).highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    def _detail(self) -> None:
        chosen = self._chosen()
        prose = self.query_one("#details", Prose)
        prose.update(
            self._empty() if chosen is None else details(chosen, self._listings or (), self.language, self.words)
        )
        self.query_one("#detail-scroll", VerticalScroll).scroll_home(animate=False)
        self.query_one("#start").display = chosen is not None
        self.query_one("#resume").display = chosen is not None and chosen.open_session is not None
        self.refresh_bindings()

    def _empty(self) -> Content:
        b = self.words.lobby
        if self._listings is None:
            return plain(self.words.common.loading, "$quiet")
        title, hint = (b.none_match, b.none_match_hint) if self._listings else (b.no_packs, b.no_packs_hint)
        return block(plain(title, "bold"), plain(hint, "$quiet"), between="\n\n")

    @on(OptionList.OptionHighlighted, "#scenarios")
    def _moved(self) -> None:
        self._detail()

    @on(OptionList.OptionSelected, "#scenarios")
    def _selected(self) -> None:
        self.action_open()

    # ------------------------------------------------------------ choosing

    @on(Input.Changed, "#search")
    def _searched(self, event: Input.Changed) -> None:
        self._want(words=event.value[:200])

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.query_one("#scenarios").focus()

    @on(Picker.Picked)
    def _picked(self, event: Picker.Picked) -> None:
        name, value = event.picker.id or "", event.picker.value
        if name in _FILTERS:
            self._want(**{name: value})
        elif name == "talk":
            self.house.talk = cast(Language, value)
        elif name == "mode":
            self.house.mode = cast(Mode, value)
        elif name == "hints":
            self.house.hints = cast(Hints, value)

    def _want(self, **changes: str) -> None:
        wanted = Wanted(**{**{n: getattr(self._wanted, n) for n in ("words", *_FILTERS)}, **changes})
        if wanted != self._wanted:
            self._wanted = wanted
            self._list()

    @on(Button.Pressed, "#open")
    def _open_pressed(self) -> None:
        self.action_open()

    @on(Button.Pressed, "#resume")
    def _resume_pressed(self) -> None:
        self.action_resume()

    # ------------------------------------------------------------ keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not super().check_action(action, parameters) or action not in ("resume", "open", "clear"):
            return self._settled
        chosen = self._chosen()
        if action == "clear":
            return self._wanted != Wanted()
        return chosen is not None and (action == "open" or chosen.open_session is not None)

    def action_open(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.house.brief(chosen.scenario)

    def action_resume(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen.open_session is not None:
            self.house.resume(chosen.open_session)

    def action_records(self) -> None:
        self.house.records()

    def action_search(self) -> None:
        self.query_one("#search").focus()

    def action_list(self) -> None:
        self.query_one("#scenarios").focus()

    def action_clear(self) -> None:
        self._wanted = Wanted()
        self.call_later(self._redraw_list)

    async def _redraw_list(self) -> None:
        await self.redraw()
        self.action_list()
