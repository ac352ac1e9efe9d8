"""The app: language, theme, which screen is first, and what happens when something fails.

Owns the frame around the screens and the one place they are opened from. Refuses to decide anything about a session: desks do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.command import CommandPalette, Provider
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from roleplay.engine.events import Hints, Mode
from roleplay.scenarios.model import Language, Scenario
from roleplay.tui.commands import Commands
from roleplay.tui.crash import log_crash
from roleplay.tui.driver import steady_driver
from roleplay.tui.problems import EXPECTED, sentence
from roleplay.tui.room import Room
from roleplay.tui.themes import DUSK, OWN, PAPER
from roleplay.words.interface import Words, words
from roleplay.words.safe import visible

if TYPE_CHECKING:
    from roleplay.practice import Practice, PracticeDesk
    from roleplay.review import ReviewDesk


_BY_WIDTH = [(0, "-narrow"), (100, "-wide")]
_BY_HEIGHT = [(0, "-short"), (30, "-tall")]


class RoleplayApp(App[None]):
    """Joins the desks to the screens."""

    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}
    TITLE = "roleplay"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = _BY_WIDTH
    VERTICAL_BREAKPOINTS = _BY_HEIGHT
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "help", priority=True),
        Binding("f2", "command_palette", "commands", priority=True),
        Binding("f9", "language", "language", priority=True),
        Binding("ctrl+t", "theme", "theme", priority=True),
        Binding("ctrl+q", "quit", "quit", priority=True),
    ]

    language: reactive[Language] = reactive("zh", init=False)

    def __init__(
        self,
        desk: PracticeDesk,
        review: ReviewDesk,
        language: Language,
        *,
        scenario: str | None = None,
        session: str | None = None,
        replay: str | None = None,
        talk: Language | None = None,
        mode: Mode = "practice",
        hints: Hints = "on_request",
        trainee: str = "",
    ) -> None:
        super().__init__(driver_class=steady_driver())
        for theme in OWN:
            self.register_theme(theme)
        self.theme = DUSK.name
        self.set_reactive(RoleplayApp.language, language)
        self.desk = desk
        self.review = review
        self.talk = talk
        self.mode = mode
        self.hints = hints
        self.trainee = trainee
        self._first = (scenario, session, replay)

    @property
    def words(self) -> Words:
        return words(self.language)

    def compose(self) -> ComposeResult:
        yield Static(Content(f" {self.words.common.app}"), id="curtain")

    def on_mount(self) -> None:
        """The curtain is painted first; what stands behind it is loaded and laid out after that."""
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        from roleplay.tui.screens.lobby import Lobby

        scenario, session, replay = self._first
        self.push_screen(Lobby(scenario))
        if session is not None:
            self.resume(session)
        elif replay is not None:
            self.replay(replay)

    # ------------------------------------------------------------ going somewhere

    def brief(self, scenario: Scenario) -> None:
        """What the trainee may know before the talk."""
        from roleplay.tui.screens.brief import BriefScreen

        self.push_screen(BriefScreen(scenario))

    def begin(self, scenario: Scenario) -> None:
        """Start a session of `scenario` as chosen and go there, in place of the screen that asked."""
        language = self.talk or self.language
        if language not in scenario.languages:
            language = scenario.languages[0]
        try:
            live = self.desk.start(f"{scenario.pack}/{scenario.id}", language, self.mode, self.hints, self.trainee)
        except EXPECTED as problem:
            self.tell(problem)
            return
        self._enter(live)

    def resume(self, session: str) -> None:
        """Take up a session where it stands."""
        try:
            live = self.desk.resume(session)
        except EXPECTED as problem:
            self.tell(problem)
            return
        self._enter(live, resumed=True)

    def _enter(self, live: Practice, *, resumed: bool = False) -> None:
        from roleplay.tui.screens.debrief import DebriefScreen
        from roleplay.tui.screens.practice import PracticeScreen

        self.to_lobby()
        self.push_screen(DebriefScreen(live) if live.state.ended else PracticeScreen(live, resumed=resumed))

    def debrief(self, live: Practice) -> None:
        from roleplay.tui.screens.debrief import DebriefScreen

        self.to_lobby()
        self.push_screen(DebriefScreen(live))

    def paperwork(self, live: Practice) -> None:
        """The forms to write after the talk."""
        from roleplay.tui.screens.paperwork import PaperworkScreen

        self.to_lobby()
        self.push_screen(PaperworkScreen(live))

    def records(self) -> None:
        from roleplay.tui.screens.records import Records

        self.push_screen(Records())

    def replay(self, source: str) -> None:
        """Show a record step by step."""
        from roleplay.tui.screens.replay import ReplayScreen

        try:
            transcript = self.review.open(source)
        except EXPECTED as problem:
            self.tell(problem)
            return
        self.push_screen(ReplayScreen(transcript))

    def to_lobby(self) -> None:
        """Close everything above the lobby."""
        while len(self.screen_stack) > 2:
            self.pop_screen()

    def tell(self, problem: Exception) -> None:
        """Say what went wrong; a fault of ours is raised again."""
        self.say(sentence(problem, self.language), warning=True)

    def say(self, text: str, *, warning: bool = False) -> None:
        """A short remark on the topmost screen that has a place for it."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Room):
                screen.say(text, warning=warning)
                return

    def get_css_variables(self) -> dict[str, str]:
        """The theme's, and two quieter voices of its text that every theme then has: `quiet` and `faint`."""
        found = super().get_css_variables()
        text, ground = Color.parse(found["foreground"]), Color.parse(found["background"])
        if text.ansi is None and ground.ansi is None:
            quiet = {"quiet": text.blend(ground, 0.38).hex6, "faint": text.blend(ground, 0.72).hex6}
        else:
            quiet = {"quiet": found["foreground"], "faint": found["foreground"]}
        self.theme_variables = {**found, **quiet}
        return self.theme_variables

    # ------------------------------------------------------------ keys

    def action_help(self) -> None:
        from roleplay.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(id="--command-palette", placeholder=self.words.common.palette))

    def action_help_quit(self) -> None:
        self.say(self.words.common.ctrl_c)

    def action_language(self) -> None:
        self.language = "en" if self.language == "zh" else "zh"

    def action_theme(self) -> None:
        self.theme = PAPER.name if self.current_theme.dark else DUSK.name

    def watch_language(self) -> None:
        if isinstance(self.screen, Room):
            self.screen.speak()

    # ------------------------------------------------------------ when something fails

    def _fatal_error(self) -> None:
        """Textual's own page prints local variables, and with them what people typed. Ours says that nothing is lost."""
        error = sys.exc_info()[1]
        self._fail(error or self._exception)

    def panic(self, *renderables: object) -> None:
        """Called for failures outside the app's own loop, with a page of its own that is not shown."""
        self._return_code = 1
        self._fail(sys.exc_info()[1] or self._exception)

    def _fail(self, error: BaseException | None) -> None:
        where = log_crash(error) if error is not None else None
        page = self.words.common.crashed
        if where is not None:
            page += "\n" + self.words.common.log_at.format(where)
        self._exit_renderables.append(Text(visible(page)))
        self._close_messages_no_wait()


def run(
    desk: PracticeDesk,
    review: ReviewDesk,
    *,
    language: Language,
    scenario: str | None = None,
    session: str | None = None,
    replay: str | None = None,
    talk: Language | None = None,
    mode: Mode = "practice",
    hints: Hints = "on_request",
    trainee: str = "",
) -> int:
    """Run the app; the exit status, not 0 if it failed. `scenario`, `session`, `replay`: what to open first. `talk`, `mode`, `hints`,
    `trainee`: what is chosen in the lobby to begin with."""
    app = RoleplayApp(
        desk,
        review,
        language,
        scenario=scenario,
        session=session,
        replay=replay,
        talk=talk,
        mode=mode,
        hints=hints,
        trainee=trainee,
    )
    app.run()
    return app.return_code or 0
