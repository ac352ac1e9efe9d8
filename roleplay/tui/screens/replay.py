"""A recorded session step by step, drawn with the widgets of the talk from `fold(facts[:n])`: what is replayed is what was seen.

Owns the step. It changes nothing; scoring again runs beside the app's own thread.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.worker import get_current_worker

from roleplay.engine.events import (
    Fact,
    FieldFilled,
    HintShown,
    SessionEnded,
    SessionStarted,
    TimePassed,
    TurnRetried,
    TurnTaken,
)
from roleplay.engine.session import SessionState, fold
from roleplay.review import Rescore, Transcript
from roleplay.tui.screens.talk import TalkRoom
from roleplay.tui.widgets.dialogue import Dialogue
from roleplay.tui.widgets.feedback import Feedback
from roleplay.tui.widgets.meters import Meters
from roleplay.tui.widgets.prose import Prose, block, plain
from roleplay.words.feedback import form_title, outcome_text


class ReplayScreen(TalkRoom):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "previous", priority=True),
        Binding("right", "step(1)", "next", priority=True),
        Binding("home", "step(-99999)", "first", priority=True),
        Binding("end", "step(99999)", "last", priority=True),
        Binding("f5", "side", "side"),
        Binding("f6", "details", "details"),
        Binding("escape", "back", "back"),
    ]

    def __init__(self, transcript: Transcript) -> None:
        super().__init__()
        self._transcript = transcript
        self._at = 1
        self._again: Rescore | None = None

    @property
    def at(self) -> int:
        """How many facts are shown."""
        return self._at

    # ------------------------------------------------------------ drawing

    def heading(self) -> str:
        return f"{self._transcript.started.title}  ›  {self.words.keys.replay}"

    def corner(self) -> str:
        return self.words.terms.modes[self._transcript.started.mode]

    def body(self) -> Iterable[Widget]:
        p = self.words.practice
        yield Horizontal(
            Vertical(
                Meters(id="strip"), Dialogue(p.earlier, id="dialogue"), Prose(id="glance"), Prose(id="step"), id="talk"
            ),
            Vertical(
                Meters(id="meters"),
                VerticalScroll(Prose(id="worth"), id="record"),
                Feedback(p.no_feedback, id="feedback"),
                id="side",
            ),
            id="body",
        )

    def fill(self) -> None:
        self._draw()

    def on_mount(self) -> None:
        self.query_one(Dialogue).focus()
        self.run_worker(self._score_again, thread=True, exclusive=True, group="rescore")

    def _score_again(self) -> None:
        worker = get_current_worker()
        again = self.house.review.rescore(self._transcript)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._scored, again)

    def _scored(self, again: Rescore) -> None:
        self._again = again
        if self.query("#worth"):
            self._draw_worth()

    def _draw(self) -> None:
        facts = self._transcript.facts[: self._at]
        state = fold(facts)
        self.draw_state(state, self._transcript.scenario, _last_turn(facts), all_told=True)
        self.query_one("#step", Prose).update(self._step_words(state))
        self._draw_worth()

    def _step_words(self, state: SessionState) -> Content:
        r, fact = self.words.replay, self._transcript.facts[self._at - 1]
        total = len(self._transcript.facts)
        width = 24
        done = round(self._at * width / total)
        return Content.assemble(
            plain(r.step.format(self._at, total), "bold"),
            "  ",
            ("━" * done, "$primary"),
            ("━" * (width - done), "$faint"),
            "  ",
            plain(self._what(fact)),
        )

    def _what(self, fact: Fact) -> str:
        r = self.words.replay
        match fact:
            case SessionStarted():
                return r.started
            case TurnTaken():
                retried = any(isinstance(f, TurnRetried) and f.turn_id == fact.turn_id for f in self._transcript.facts)
                again = f" · {r.attempt.format(fact.attempt)}" if fact.attempt > 1 else ""
                return r.reply.format(fact.number) + again + (f" · ↺ {self.words.practice.retried}" if retried else "")
            case TurnRetried():
                return f"↺ {r.retry}"
            case TimePassed():
                return r.waited
            case HintShown():
                return r.hint
            case FieldFilled():
                return r.filled.format(self._form_name(fact))
            case SessionEnded():
                return f"{r.ended} · {outcome_text(fact.outcome, self.language)}"

    def _form_name(self, fact: FieldFilled) -> str:
        scenario = self._transcript.scenario
        form = next((f for f in scenario.forms if f.id == fact.form), None) if scenario else None
        if form is None:
            return f"{fact.form} · {fact.field}"
        label = next((f.label.in_(self.language) for f in form.fields if f.id == fact.field), fact.field)
        return f"{form_title(form, self.language)} · {label}"

    def _draw_worth(self) -> None:
        """Whether the record is whole, and whether it scores the same today."""
        r, whole, again = self.words.replay, self._transcript.integrity, self._again
        lines = [
            plain(r.intact.format(whole.count), "$text-success")
            if whole.ok
            else plain(r.broken.format(whole.sentence(self.language)), "bold $text-error"),
            plain(whole.head[:16], "$quiet"),
        ]
        if whole.erased:
            lines.append(plain(r.erased.format(whole.erased), "$quiet"))
        if again is None:
            lines.append(plain(r.checking, "$quiet"))
        elif not again.possible:
            lines.append(plain(r.impossible, "$quiet"))
        elif again.same:
            lines.append(plain(r.same, "$text-success"))
        else:
            lines.append(plain(r.differs.format(len(again.differences)), "$text-warning"))
        if again is not None and not again.same_techniques:
            lines.append(plain(r.other_techniques, "$text-warning"))
        if self._transcript.scenario is None:
            lines.append(plain(r.no_scenario, "$text-warning"))
        self.query_one("#worth", Prose).update(block(*lines))

    # ------------------------------------------------------------ keys

    def action_step(self, steps: int) -> None:
        at = min(len(self._transcript.facts), max(1, self._at + steps))
        if at != self._at:
            self._at = at
            self._draw()

    def action_side(self) -> None:
        self.show_side(not self.has_class("-side"))

    def action_back(self) -> None:
        if self.side_covers:
            self.show_side(False)
        else:
            self.app.pop_screen()


def _last_turn(facts: tuple[Fact, ...]) -> TurnTaken | None:
    """The reply said last, even if it is retried later: at that moment it was seen."""
    return next((fact for fact in reversed(facts) if isinstance(fact, TurnTaken)), None)
