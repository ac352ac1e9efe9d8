"""The brief: everything the trainee may know before the talk, and the way in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from roleplay.scenarios.model import Scenario
from roleplay.tui.room import Room
from roleplay.tui.screens.ask import Ask
from roleplay.tui.widgets.cards import cards, laid_out, task
from roleplay.tui.widgets.prose import Prose, block, plain


class BriefScreen(Room):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "start", "start"),
        Binding("escape", "app.pop_screen", "back"),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]
    AUTO_FOCUS = "#begin"

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self._scenario = scenario

    def heading(self) -> str:
        return self._scenario.title.in_(self.language)

    def corner(self) -> str:
        house, w = self.house, self.words
        talk = "中文" if (house.talk or house.language) == "zh" else "English"
        parts = [w.terms.modes[house.mode], talk]
        if house.mode == "practice":
            parts.append(f"{w.lobby.hints} {w.terms.hints[house.hints]}")
        return " · ".join(parts)

    def body(self) -> Iterable[Widget]:
        scenario, language, w = self._scenario, self.language, self.words
        title = block(
            plain(scenario.title.in_(language), "bold"), plain(scenario.summary.in_(language), "$quiet italic")
        )
        yield VerticalScroll(
            Horizontal(
                Vertical(Prose(title), Prose(laid_out(task(scenario, language, w))), classes="column"),
                Vertical(Prose(laid_out(cards(scenario, language, w))), classes="column second"),
                classes="columns",
            ),
            id="page",
        )
        label = w.brief.start if self.house.mode == "practice" else w.brief.assess_start
        yield Horizontal(Button(Content(label), id="begin", variant="primary", compact=True), classes="answers")

    @on(Button.Pressed, "#begin")
    def _begin(self) -> None:
        self.action_start()

    def action_start(self) -> None:
        if self.house.mode == "practice":
            self.house.begin(self._scenario)
            return
        b = self.words.brief
        answers = (("no", self.words.common.cancel), ("yes", b.assess_start))
        self.app.push_screen(Ask(b.assess_title, b.assess_body, answers), self._answered)

    def _answered(self, answer: str | None) -> None:
        if answer == "yes":
            self.house.begin(self._scenario)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#page", VerticalScroll).scroll_relative(y=lines, animate=False)
