"""The work after the talk: forms to write, with the talk and the cards beside them.

Owns what stands in the fields before it is handed in, and keeps it as a draft.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button

from roleplay.library import good_examples, techniques
from roleplay.scenarios.model import Form
from roleplay.tui.problems import EXPECTED
from roleplay.tui.room import Room
from roleplay.tui.screens.ask import Ask
from roleplay.tui.widgets.cards import cards, laid_out, task
from roleplay.tui.widgets.dialogue import Dialogue
from roleplay.tui.widgets.feedback import Telling
from roleplay.tui.widgets.paper import Paper
from roleplay.tui.widgets.prose import Prose
from roleplay.tui.widgets.reply_box import REPLY_LIMIT, ReplyBox
from roleplay.tui.widgets.script import rows
from roleplay.tui.widgets.tabs import Tabs
from roleplay.words.feedback import form_title
from roleplay.words.safe import visible

if TYPE_CHECKING:
    from roleplay.practice import Practice

_SIDES = ("dialogue", "cards")
_DRAFT_EVERY = 2.0


class PaperworkScreen(Room):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "form", "form", priority=True),
        Binding("f5", "side", "papers", priority=True),
        Binding("f7", "hand_in", "hand_in", priority=True),
        Binding("escape", "leave", "debrief", priority=True),
        Binding("pageup", "scroll(-1)", show=False, priority=True),
        Binding("pagedown", "scroll(1)", show=False, priority=True),
    ]

    def __init__(self, live: Practice) -> None:
        super().__init__()
        self._live = live
        self._forms = live.forms
        self._at = next((n for n, form in enumerate(self._forms) if form in live.forms_left), 0)
        self._written = self._begin_with()
        self._saved = dict(live.form_drafts)

    def _begin_with(self) -> dict[str, dict[str, str]]:
        """What each form shows first: what was being written, or what was handed in last."""
        written: dict[str, dict[str, str]] = {form.id: {} for form in self._forms}
        for one in self._live.state.handed_in:
            written.setdefault(one.form, {})[one.field] = visible(one.text)
        for form, texts in self._live.form_drafts.items():
            written.setdefault(form, {}).update({field: visible(text) for field, text in texts.items()})
        return written

    # ------------------------------------------------------------ drawing

    def heading(self) -> str:
        return f"{self._live.scenario.title.in_(self.language)}  ›  {self.words.paperwork.title}"

    def corner(self) -> str:
        return self.words.terms.modes[self._live.state.started.mode]

    def body(self) -> Iterable[Widget]:
        w = self.words.paperwork
        papers = [Paper(form, self._written.get(form.id, {}), self.language, self.words) for form in self._forms]
        yield Horizontal(
            Vertical(
                Tabs(tuple(form_title(form, self.language) for form in self._forms), id="forms"),
                *(VerticalScroll(paper, id=f"scroll-{paper.form.id}", classes="desk") for paper in papers),
                Horizontal(
                    Button(Content(w.hand_in), id="hand-in", variant="primary", compact=True),
                    Button(Content(w.later), id="later", compact=True),
                    classes="answers",
                ),
                id="talk",
            ),
            Vertical(
                Tabs((w.talk, w.cards), id="tabs"),
                Dialogue(self.words.practice.earlier, id="dialogue"),
                VerticalScroll(Prose(id="cards-text"), id="cards"),
                id="side",
            ),
            id="body",
        )

    def fill(self) -> None:
        live = self._live
        sections = (
            *cards(live.scenario, self.language, self.words, live.state.granted),
            *task(live.scenario, self.language, self.words),
        )
        self.query_one("#cards-text", Prose).update(laid_out(sections))
        self.call_after_refresh(self.query_one(Dialogue).show, rows(live.state, live.scenario, self.words))
        self._side(self.query_one("#tabs", Tabs).chosen)
        self._show(self._at)

    def on_mount(self) -> None:
        self.set_interval(_DRAFT_EVERY, self._save)

    def _show(self, at: int) -> None:
        """Show form number `at` with what it was worth, if it was handed in."""
        self._at = at
        live, w = self._live, self.words.paperwork
        left = live.forms_left
        chosen = self._forms[at]
        tabs = self.query_one("#forms", Tabs)
        tabs.rename(tuple(f"{'○' if f in left else '✓'} {form_title(f, self.language)}" for f in self._forms))
        tabs.choose(at)
        for form in self._forms:
            self.query_one(f"#scroll-{form.id}").display = form is chosen
        closed = chosen not in left and live.state.started.mode == "assessment"
        filled = (f for f in live.state.handed_in if f.form == chosen.id)
        self._paper.judge(filled, live.state.standing, self._telling(), closed=closed)
        button = self.query_one("#hand-in", Button)
        button.label = Content(w.hand_in if chosen in left else w.again)
        button.refresh(layout=True)
        button.display = not closed
        self.query_one("#later", Button).label = Content(w.later if left else self.words.keys.debrief)
        self._paper.begin()
        self.refresh_bindings()

    @property
    def _paper(self) -> Paper:
        return self.query_one(f"#form-{self._forms[self._at].id}", Paper)

    def _telling(self) -> Telling:
        labels = techniques()
        return Telling(
            self._live.scenario,
            lambda technique: labels.label(technique, self.language),
            self.language,
            self.words,
            lambda names, like: good_examples().closest(names, like, self.language),
            frozenset(self._live.state.known),
        )

    def _side(self, chosen: int) -> None:
        self.query_one("#tabs", Tabs).choose(chosen)
        for number, name in enumerate(_SIDES):
            self.query_one(f"#{name}").display = number == chosen

    # ------------------------------------------------------------ doing

    def _collect(self) -> None:
        for paper in self.query(Paper):
            self._written[paper.form.id] = paper.texts

    def _drafts(self) -> dict[str, dict[str, str]]:
        """What was written and not handed in as it stands."""
        handed_in: dict[tuple[str, str], str] = {(f.form, f.field): visible(f.text) for f in self._live.state.handed_in}
        kept = {
            form: {
                field: text[:REPLY_LIMIT] for field, text in texts.items() if text != handed_in.get((form, field), "")
            }
            for form, texts in self._written.items()
        }
        return {form: texts for form, texts in kept.items() if texts}

    def _save(self) -> None:
        if not self._settled:
            return
        self._collect()
        drafts = self._drafts()
        if drafts != self._saved:
            try:
                self._live.save_form_drafts(drafts)
            except EXPECTED as problem:
                self.house.tell(problem)
            self._saved = drafts

    async def redraw(self) -> None:
        self._collect()
        await super().redraw()

    def _hand_in(self, form: Form) -> None:
        w = self.words.paperwork
        try:
            self._live.fill(form.id, self._paper.texts)
        except EXPECTED as problem:
            self.house.tell(problem)
            return
        self._saved = {}
        self._save()
        self._show(self._at)
        left = len(self._live.forms_left)
        self.house.say(w.left.format(left) if left else w.none_left)

    @on(ReplyBox.Sent)
    def _next_field(self) -> None:
        self.focus_next(ReplyBox)

    @on(ReplyBox.Cut)
    def _cut(self) -> None:
        self.house.say(self.words.common.cut.format(f"{REPLY_LIMIT:,}"), warning=True)

    @on(Tabs.Chosen, "#forms")
    def _form_chosen(self, event: Tabs.Chosen) -> None:
        self._show(event.number)

    @on(Tabs.Chosen, "#tabs")
    def _side_chosen(self, event: Tabs.Chosen) -> None:
        self._side(event.number)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        {"hand-in": self.action_hand_in, "later": self.action_leave}[event.button.id or ""]()

    # ------------------------------------------------------------ keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not super().check_action(action, parameters):
            return False
        if action == "form":
            return len(self._forms) > 1
        if action == "hand_in":
            return self._live.state.started.mode == "practice" or self._forms[self._at] in self._live.forms_left
        return True

    def action_form(self) -> None:
        self._show((self._at + 1) % len(self._forms))

    def action_side(self) -> None:
        """On a wide screen the other panel; on a narrow one the form comes round too."""
        chosen = self.query_one("#tabs", Tabs).chosen
        if self.has_class("-wide"):
            self._side(1 - chosen)
        elif not self.has_class("-side"):
            self._side(0)
            self.add_class("-side")
            self.query_one(Dialogue).focus()
        elif chosen == 0:
            self._side(1)
            self.query_one("#cards").focus()
        else:
            self.remove_class("-side")
            self._paper.begin()

    def action_hand_in(self) -> None:
        form = self._forms[self._at]
        if self._live.state.started.mode == "practice":
            # The key comes to the screen at once, what was typed before it by way of the field: only the field knows when it has it all.
            (self.focused or self).call_later(self._hand_in, form)
            return
        w = self.words.paperwork
        answers = (("no", self.words.common.cancel), ("yes", w.once_answer))
        self.app.push_screen(Ask(w.once_title, w.once_body, answers), self._answered)

    def _answered(self, answer: str | None) -> None:
        if answer == "yes":
            self._hand_in(self._forms[self._at])

    def action_leave(self) -> None:
        if self.has_class("-side") and not self.has_class("-wide"):
            self.remove_class("-side")
            self._paper.begin()
            return
        self._save()
        self.house.debrief(self._live)

    def action_scroll(self, pages: int) -> None:
        side = self.has_class("-side") and not self.has_class("-wide")
        name = f"#{_SIDES[self.query_one('#tabs', Tabs).chosen]}" if side else f"#scroll-{self._forms[self._at].id}"
        scrolled = self.query_one(name, VerticalScroll)
        scrolled.scroll_relative(y=pages * max(1, scrolled.size.height - 2), animate=False)
