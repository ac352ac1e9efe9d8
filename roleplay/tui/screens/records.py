"""The list of recorded sessions."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from roleplay.store.database import SessionRow
from roleplay.tui.problems import EXPECTED
from roleplay.tui.room import Room
from roleplay.tui.widgets.prose import Prose, block, line, plain
from roleplay.words.feedback import outcome_text


class Records(Room):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "open", "replay"),
        Binding("f4", "resume", "resume"),
        Binding("escape", "app.pop_screen", "back"),
    ]
    AUTO_FOCUS = "#records"

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[SessionRow, ...] = ()

    def heading(self) -> str:
        return self.words.replay.title

    def body(self) -> Iterable[Widget]:
        r = self.words.replay
        yield Vertical(
            OptionList(id="records", markup=False),
            Prose(block(plain(r.empty, "bold"), plain(r.empty_hint, "$quiet"), between="\n\n"), id="empty"),
            id="page",
        )

    def fill(self) -> None:
        try:
            self._rows = self.house.review.transcripts()
        except EXPECTED as problem:
            self.house.tell(problem)
        listed = self.query_one("#records", OptionList)
        listed.clear_options()
        listed.add_options([Option(self._row(row)) for row in self._rows])
        listed.display = bool(self._rows)
        self.query_one("#empty").display = not self._rows
        if self._rows:
            listed.highlighted = 0
            listed.focus()

    def _row(self, row: SessionRow) -> Content:
        w = self.words
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(row.started_at / 1000))
        end = outcome_text(row.outcome, self.language) if row.ended else w.replay.unfinished
        mark = Content.styled("●", "$success") if row.ended else Content.styled("◐", "$accent")
        facts = " · ".join((when, w.terms.modes[row.mode], w.replay.turns.format(row.turns), end, row.session[:8]))
        return Content("\n").join([Content.assemble(mark, " ", line(row.title, "bold")), plain(f"  {facts}", "$quiet")])

    def _chosen(self) -> SessionRow | None:
        at = self.query_one("#records", OptionList).highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_open()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action != "resume" or not self._settled:
            return self._settled
        chosen = self._chosen()
        return chosen is not None and not chosen.ended

    def action_open(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.house.replay(chosen.session)

    def action_resume(self) -> None:
        chosen = self._chosen()
        if chosen is not None and not chosen.ended:
            self.house.resume(chosen.session)
