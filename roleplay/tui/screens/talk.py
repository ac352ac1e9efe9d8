"""What a live talk and its replay have in common, so that what is replayed is what was seen.

Owns drawing a state with the dialogue, the meters and the feedback, and the panel that stands beside the talk or, on a narrow screen, in
place of it.
"""

from __future__ import annotations

from textual.containers import VerticalScroll

from roleplay.engine.events import TurnTaken
from roleplay.engine.session import SessionState
from roleplay.library import good_examples, techniques
from roleplay.scenarios.model import Scenario
from roleplay.tui.room import Room
from roleplay.tui.widgets.dialogue import Dialogue
from roleplay.tui.widgets.feedback import Feedback, Telling
from roleplay.tui.widgets.meters import Meters
from roleplay.tui.widgets.paper import filled_rows
from roleplay.tui.widgets.prose import Prose
from roleplay.tui.widgets.script import rows


class TalkRoom(Room):
    """A screen with `#dialogue`, `#glance`, `#strip` in `#talk`, and `#meters`, `#feedback` in `#side`."""

    def panel(self) -> str:
        """Selector of the panel in `#side` that is shown."""
        return "#feedback"

    def at_rest(self) -> str:
        """Selector of what has the focus while the talk is shown."""
        return "#dialogue"

    def draw_state(
        self, state: SessionState, scenario: Scenario | None, turn: TurnTaken | None, *, all_told: bool
    ) -> None:
        """Draw `state` and what `turn` was worth: widgets that are there first, bubbles after. `all_told`: whoever looks may know what the
        trainee has not learned."""
        labels = techniques()
        telling = Telling(
            scenario,
            lambda technique: labels.label(technique, self.language),
            self.language,
            self.words,
            lambda names, like: good_examples().closest(names, like, self.language),
            None if all_told else frozenset(state.known),
        )
        clock = scenario.clock if scenario else None
        self.query_one("#meters", Meters).show(state, clock, self.words, self.language, one_line=False)
        self.query_one("#strip", Meters).show(state, clock, self.words, self.language, one_line=True)
        feedback = self.query_one(Feedback)
        feedback.show(turn, telling)
        glance = self.query_one("#glance", Prose)
        glance.update(feedback.glance)
        glance.set_class(not feedback.glance.plain, "-empty")
        self.call_after_refresh(
            self.query_one(Dialogue).show,
            (*rows(state, scenario, self.words), *filled_rows(state.filled, state.standing, telling)),
        )

    @property
    def side_covers(self) -> bool:
        """Whether the panel stands in place of the talk."""
        return self.has_class("-side") and not self.has_class("-wide")

    def show_side(self, shown: bool) -> None:
        """On a narrow screen the panel stands in place of the talk; the focus goes with what can be seen."""
        self.set_class(shown, "-side")
        if self.side_covers:
            self.house.say(self.words.practice.side_back)
        self.query_one(self.panel() if self.side_covers else self.at_rest()).focus()

    def action_details(self) -> None:
        feedback = self.query_one(Feedback)
        feedback.unfold(not feedback.unfolded)
        self.show_side(feedback.unfolded)

    def action_scroll(self, pages: int) -> None:
        panel = self.side_covers or self.query_one(Feedback).unfolded
        scrolled = self.query_one(self.panel() if panel else "#dialogue", VerticalScroll)
        scrolled.scroll_relative(y=pages * max(1, scrolled.size.height - 2), animate=False)
