"""The talk itself: dialogue, reply box, meters, and what each reply was worth.

Owns the order of drawing: what a command returned has been stored; widgets that are there are updated first, bubbles mounted after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, TextArea

from roleplay.engine.events import CUSTOMER, Fact
from roleplay.tui.problems import EXPECTED
from roleplay.tui.screens.ask import Ask
from roleplay.tui.screens.talk import TalkRoom
from roleplay.tui.widgets.cards import cards, laid_out, open_here, task, tip
from roleplay.tui.widgets.dialogue import Dialogue
from roleplay.tui.widgets.feedback import Feedback
from roleplay.tui.widgets.meters import Meters
from roleplay.tui.widgets.prose import Prose, plain
from roleplay.tui.widgets.reply_box import REPLY_LIMIT, ReplyBox
from roleplay.tui.widgets.tabs import Tabs
from roleplay.words.feedback import outcome_text
from roleplay.words.safe import visible

if TYPE_CHECKING:
    from roleplay.practice import Practice

_SIDES = ("feedback", "cards", "tips")
_DRAFT_EVERY = 2.0


class PracticeScreen(TalkRoom):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "addressee", "addressee", priority=True),
        Binding("f4", "hint", "hint", priority=True),
        Binding("f5", "side", "side", priority=True),
        Binding("f6", "details", "details", priority=True),
        Binding("f7", "retry", "retry", priority=True),
        Binding("f8", "wait", "wait", priority=True),
        Binding("escape", "leave", "leave"),
        Binding("pageup", "scroll(-1)", show=False, priority=True),
        Binding("pagedown", "scroll(1)", show=False, priority=True),
        Binding("enter", "debrief", "debrief"),
        Binding("f10", "paperwork", "paperwork", priority=True),
    ]

    def __init__(self, live: Practice, *, resumed: bool = False) -> None:
        super().__init__()
        self._live = live
        self._resumed = resumed
        self._to = CUSTOMER
        self._draft = visible(live.draft)
        self._saved_draft = self._draft

    # ------------------------------------------------------------ drawing

    def heading(self) -> str:
        return self._live.scenario.title.in_(self.language)

    def corner(self) -> str:
        started = self._live.state.started
        return f"{self.words.terms.modes[started.mode]} · {self.words.common.language}"

    def body(self) -> Iterable[Widget]:
        p = self.words.practice
        composer = Vertical(ReplyBox(p.placeholder, id="reply"), id="composer")
        over = Vertical(
            Prose(id="over"),
            Horizontal(
                Button(Content(), id="paperwork", variant="primary", compact=True),
                Button(Content(p.to_debrief), id="debrief", variant="primary", compact=True),
            ),
            id="ended",
        )
        yield Horizontal(
            Vertical(
                Meters(id="strip"),
                Dialogue(p.earlier, id="dialogue"),
                Prose(id="glance"),
                composer,
                over,
                id="talk",
            ),
            Vertical(
                Meters(id="meters"),
                Tabs((p.feedback, p.cards, p.tips), id="tabs"),
                Feedback(p.no_feedback, id="feedback"),
                VerticalScroll(Prose(id="cards-text"), id="cards"),
                VerticalScroll(Prose(id="tips-text"), id="tips"),
                id="side",
            ),
            id="body",
        )

    def fill(self) -> None:
        box = self.query_one(ReplyBox)
        box.load_text(self._draft)
        box.move_cursor(box.document.end)
        self._side(self.query_one(Tabs).chosen)
        self._hint_always()
        self._draw()
        if self._resumed:
            self._resumed = False
            self.house.say(self.words.practice.resumed)

    def on_mount(self) -> None:
        self.set_interval(_DRAFT_EVERY, self._save_draft)
        if self._live.state.ended is None:
            self.run_worker(self._live.make_ready, thread=True, group="ready")

    def panel(self) -> str:
        return f"#{_SIDES[self.query_one(Tabs).chosen]}"

    def at_rest(self) -> str:
        if self._live.state.ended is None:
            return "#reply"
        return "#paperwork" if self._live.forms_left else "#debrief"

    def _draw(self) -> None:
        """Everything from the state, widgets that are there first."""
        live, state, p = self._live, self._live.state, self.words.practice
        self.draw_state(state, live.scenario, state.standing[-1] if state.standing else None, all_told=False)
        sections = (
            *cards(live.scenario, self.language, self.words, state.granted),
            *task(live.scenario, self.language, self.words),
        )
        self.query_one("#cards-text", Prose).update(laid_out(sections))
        self._draw_tips()
        over = state.ended is not None
        self.query_one("#composer").display = not over
        self.query_one("#ended").display = over
        if state.ended is not None:
            words = p.ended.format(outcome_text(state.ended.outcome, self.language))
            self.query_one("#over", Prose).update(plain(words, "bold"))
            left = len(live.forms_left)
            self.query_one("#paperwork").display = bool(left)
            self.query_one("#paperwork", Button).label = Content(self.words.paperwork.to_paperwork.format(left))
        self.query_one(self.panel() if self.side_covers else self.at_rest()).focus()
        self._address()
        self.refresh_bindings()

    def _draw_tips(self) -> None:
        live, p = self._live, self.words.practice
        hints = live.state.started.hints
        if hints == "off":
            text = plain(p.hints_off, "$quiet")
        else:
            text = tip(live.scenario, live.state, self.language, self.words, shown_only=True) or plain(
                p.no_tip, "$quiet"
            )
        self.query_one("#tips-text", Prose).update(text)

    def _address(self) -> None:
        """Title and count of the reply box."""
        composer, box, p = self.query_one("#composer"), self.query_one(ReplyBox), self.words.practice
        composer.border_title = plain(p.reply_to.format(self._called(self._to)))
        composer.set_class(self._to != CUSTOMER, "-party")
        length = len(box.text)
        count = plain(f"{length:,} / {REPLY_LIMIT:,}", "bold $text-error" if length > REPLY_LIMIT else "$quiet")
        keys = self.words.keys
        composer.border_subtitle = Content.assemble(count, (f" · Enter {keys.send} · Ctrl+J {keys.newline}", "$quiet"))

    def _called(self, to: str) -> str:
        live = self._live
        return live.state.started.customer if to == CUSTOMER else live.scenario.party(to).name.in_(self.language)

    def _side(self, chosen: int) -> None:
        self.query_one(Tabs).choose(chosen)
        for number, name in enumerate(_SIDES):
            self.query_one(f"#{name}").display = number == chosen

    # ------------------------------------------------------------ doing

    def _do(self, act: Callable[[], tuple[Fact, ...]]) -> bool:
        """Carry out a command and draw what came of it; say why where it could not be."""
        try:
            act()
        except EXPECTED as problem:
            self.house.tell(problem)
            return False
        self._hint_always()
        self._draw()
        return True

    def _hint_always(self) -> None:
        """Where hints are always shown, ask for the one that is due, so that the record says it was shown."""
        live = self._live
        state = live.state
        if state.started.hints != "always" or state.ended is not None:
            return
        due = next((o for o in open_here(live.scenario, state) if o.tip.in_(live.language)), None)
        if due is not None and due.id not in state.hinted:
            try:
                live.hint()
            except EXPECTED as problem:
                self.house.tell(problem)

    @on(ReplyBox.Sent)
    def _send(self, event: ReplyBox.Sent) -> None:
        if len(event.text) > REPLY_LIMIT:
            self.house.say(self.words.practice.over.format(f"{REPLY_LIMIT:,}"), warning=True)
            return
        if self._do(lambda: self._live.submit(event.text, self._to)):
            self.query_one(ReplyBox).clear()
            self._draft = self._saved_draft = ""
            self._to = self._to if self._asked_back() else CUSTOMER
            self._address()
            self._side(0)
            self.show_side(False)

    def _asked_back(self) -> bool:
        """Whether the colleague who was spoken to has asked something: then the next words are for them."""
        last = next((e.said for e in reversed(self._live.state.dialogue) if e.said.speaker != "narration"), None)
        return last is not None and last.speaker == "party" and ("?" in last.text or "？" in last.text)

    def on_key(self, event: events.Key) -> None:
        """What is typed while the panel covers the talk is meant for the reply."""
        if self.side_covers and event.is_printable and event.character and self._live.state.ended is None:
            event.stop()
            self.show_side(False)
            self.query_one(ReplyBox).insert(event.character)

    @on(ReplyBox.Cut)
    def _cut(self) -> None:
        self.house.say(self.words.common.cut.format(f"{REPLY_LIMIT:,}"), warning=True)

    @on(TextArea.Changed, "#reply")
    def _typed(self, event: TextArea.Changed) -> None:
        self._draft = event.text_area.text
        self._address()

    def _save_draft(self) -> None:
        if self._draft == self._saved_draft or self._live.state.ended is not None:
            return
        try:
            self._live.save_draft(self._draft[:REPLY_LIMIT])
        except EXPECTED as problem:
            self.house.tell(problem)
        self._saved_draft = self._draft

    @on(Tabs.Chosen)
    def _tab(self, event: Tabs.Chosen) -> None:
        self._side(event.number)

    @on(Button.Pressed, "#paperwork")
    def _paperwork_pressed(self) -> None:
        self.action_paperwork()

    @on(Button.Pressed, "#debrief")
    def _debrief_pressed(self) -> None:
        self.action_debrief()

    def on_click(self, event: events.Click) -> None:
        if event.widget is self.query_one("#composer"):
            self.action_addressee()

    # ------------------------------------------------------------ keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not super().check_action(action, parameters):
            return False
        live = self._live
        over = live.state.ended is not None
        return {
            "addressee": bool(live.parties) and not over,
            "hint": live.state.started.hints != "off" and not over,
            "retry": live.can_retry,
            "wait": live.can_wait,
            "debrief": over,
            "paperwork": over and bool(live.forms_left),
        }.get(action, True)

    def action_addressee(self) -> None:
        people = (CUSTOMER, *(party.id for party in self._live.parties))
        self._to = people[(people.index(self._to) + 1) % len(people)]
        self._address()

    def action_hint(self) -> None:
        try:
            self._live.hint()
        except EXPECTED as problem:
            self.house.tell(problem)
            return
        self._draw_tips()
        self._side(2)
        self.show_side(True)

    def action_side(self) -> None:
        """On a wide screen the next panel; on a narrow one the talk comes round too."""
        chosen = self.query_one(Tabs).chosen
        if self.has_class("-wide"):
            self._side((chosen + 1) % len(_SIDES))
        elif self.side_covers and chosen == 0:
            self.show_side(False)
        else:
            self._side((chosen + 1) % len(_SIDES) if self.side_covers else 1)
            self.show_side(True)

    def action_details(self) -> None:
        self._side(0)
        super().action_details()

    def action_retry(self) -> None:
        state = self._live.state
        last = state.standing[-1].text if state.standing else ""
        if self._do(self._live.retry):
            box = self.query_one(ReplyBox)
            box.load_text(visible(last))
            box.move_cursor(box.document.end)
            self.house.say(self.words.practice.retry_done)

    def action_wait(self) -> None:
        if self._do(self._live.let_time_pass):
            self.house.say(self.words.practice.time_passed)

    def action_debrief(self) -> None:
        self.house.debrief(self._live)

    def action_paperwork(self) -> None:
        self.house.paperwork(self._live)

    def action_leave(self) -> None:
        if self.side_covers:
            self.show_side(False)
            return
        if self._live.state.ended is not None:
            self.house.to_lobby()
            return
        p = self.words.practice
        answers = (("stay", p.leave_stay), ("keep", p.leave_keep), ("end", p.leave_end))
        self.app.push_screen(Ask(p.leave_title, p.leave_body, answers), self._left)

    def _left(self, answer: str | None) -> None:
        if answer == "keep":
            self._save_draft()
            self.house.to_lobby()
        elif answer == "end" and self._do(self._live.leave):
            self.action_debrief()
