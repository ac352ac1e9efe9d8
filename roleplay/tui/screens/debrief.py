"""After the talk: how it ended, what it was worth, what a better reply looks like, who the customer was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from roleplay.tui.room import Room
from roleplay.tui.widgets.cards import laid_out
from roleplay.tui.widgets.prose import Prose, block, plain
from roleplay.tui.widgets.story import all_sections, compared, ending

if TYPE_CHECKING:
    from roleplay.practice import Practice

_COMPARED_AT_MOST = 4


class DebriefScreen(Room):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "again", "again"),
        Binding("f7", "replay", "replay"),
        Binding("f10", "paperwork", "paperwork"),
        Binding("escape", "lobby", "lobby"),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("home", "scroll(-99999)", show=False),
        Binding("end", "scroll(99999)", show=False),
    ]
    AUTO_FOCUS = "#to-lobby"

    def __init__(self, live: Practice) -> None:
        super().__init__()
        self._live = live

    def heading(self) -> str:
        return f"{self._live.scenario.title.in_(self.language)}  ›  {self.words.debrief.title}"

    def corner(self) -> str:
        return self.words.terms.modes[self._live.state.started.mode]

    def body(self) -> Iterable[Widget]:
        found, language, w = self._live.debrief(), self.language, self.words
        left, right = all_sections(found, self._live.state.standing, self._live.followed_by(language), language, w)
        compare = [
            Horizontal(
                *(
                    Vertical(Prose(block(Content.styled(heading, f"bold {style}"), body)), classes=f"pane {name}")
                    for (heading, body), style, name in zip(
                        compared(one, language, w)[:3],
                        ("$primary", "$text-warning", "$text-success"),
                        ("own", "weak", "good"),
                        strict=True,
                    )
                ),
                classes="compare",
            )
            for one in found.comparisons[:_COMPARED_AT_MOST]
        ]
        rules = [
            Prose(Content.assemble((f"{w.debrief.rule}  ", "$quiet"), plain(one.rule)), classes="rule")
            for one in found.comparisons[:_COMPARED_AT_MOST]
        ]
        paired = [widget for pair in zip(compare, rules, strict=True) for widget in pair]
        heading = [Prose(Content.styled(w.debrief.compare, "bold $primary"), classes="heading")] if paired else []
        unwritten = len(self._live.forms_left)
        to_paper = Button(Content(w.paperwork.to_paperwork.format(unwritten)), id="paperwork", compact=True)
        papers = [to_paper] if unwritten else []
        yield VerticalScroll(
            Prose(ending(found, language, w), classes="ending"),
            *(
                [Prose(plain(w.paperwork.waiting.format(unwritten), "$text-warning"), classes="rule")]
                if unwritten
                else ()
            ),
            Horizontal(
                Vertical(Prose(laid_out(left)), classes="column"),
                Vertical(Prose(laid_out(right)), classes="column second"),
                classes="columns",
            ),
            *heading,
            *paired,
            Prose(plain(w.debrief.roll_up.format(found.roll_up), "$quiet"), classes="rule"),
            id="page",
        )
        yield Horizontal(
            *papers,
            Button(Content(w.debrief.again), id="again", compact=True),
            Button(Content(w.debrief.replay), id="replay", compact=True),
            Button(Content(w.debrief.lobby), id="to-lobby", variant="primary", compact=True),
            classes="answers",
        )

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        {
            "paperwork": self.action_paperwork,
            "again": self.action_again,
            "replay": self.action_replay,
            "to-lobby": self.action_lobby,
        }[event.button.id or ""]()

    def action_again(self) -> None:
        self.house.to_lobby()
        self.house.brief(self._live.scenario)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        settled = super().check_action(action, parameters)
        return bool(self._live.forms) if settled and action == "paperwork" else settled

    def action_paperwork(self) -> None:
        self.house.paperwork(self._live)

    def action_replay(self) -> None:
        self.house.replay(self._live.session)

    def action_lobby(self) -> None:
        self.house.to_lobby()

    def action_scroll(self, lines: int) -> None:
        self.query_one("#page", VerticalScroll).scroll_relative(y=lines, animate=False)
